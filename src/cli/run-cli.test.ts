import { describe, expect, it } from 'vitest'
import { LeapError } from '../contracts/error.ts'
import type { CliCommand } from './command.ts'
import { commands as allCommands, type CommandEntry } from './commands.ts'
import { exitCodes } from './exit-codes.ts'
import { runCli } from './run-cli.ts'
import { testContext } from './testing/test-context.ts'

function commandThat(run: () => Promise<number | undefined>): Record<string, CommandEntry> {
  return {
    work: {
      summary: 'do some work',
      load: async () => ({
        configure: (command) => command.argument('[thing]').option('--count <n>'),
        run,
      }),
    },
  }
}

describe('help and version', () => {
  it('prints the help of leap with every command and examples, without loading any', async () => {
    const { context, stdout } = testContext()
    expect(await runCli([], context)).toBe(0)
    for (const name of [...Object.keys(allCommands), 'Examples:']) expect(stdout()).toContain(name)
  })

  it('prints the version', async () => {
    const { context, stdout } = testContext()
    expect(await runCli(['--version'], context)).toBe(0)
    expect(stdout()).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it('prints the help of one command both ways', async () => {
    for (const argv of [
      ['work', '--help'],
      ['help', 'work'],
    ]) {
      const { context, stdout } = testContext()
      expect(
        await runCli(
          argv,
          context,
          commandThat(async () => 0),
        ),
      ).toBe(0)
      expect(stdout()).toContain('--count <n>')
    }
  })
})

describe('usage errors exit 2', () => {
  it.each([
    [['wrok'], 'Did you mean work?'],
    [['work', '--cuont', '3'], 'Did you mean --count?'],
    [['work', 'a', 'b'], 'too many arguments'],
    [['--bogus'], 'unknown option'],
    [['constructor'], "unknown command 'constructor'"],
  ])('%j', async (argv, message) => {
    const { context, stdout, stderr } = testContext()
    expect(
      await runCli(
        argv,
        context,
        commandThat(async () => 0),
      ),
    ).toBe(2)
    expect(stderr()).toContain(message)
    expect(stdout()).toBe('')
  })
})

describe('what a command ends with', () => {
  it('passes its exit code on', async () => {
    expect(
      await runCli(
        ['work'],
        testContext().context,
        commandThat(async () => 1),
      ),
    ).toBe(1)
    expect(
      await runCli(
        ['work'],
        testContext().context,
        commandThat(async () => undefined),
      ),
    ).toBe(0)
  })

  it('hands the arguments and options over', async () => {
    let received: unknown[] = []
    const commands = commandThat(async () => 0)
    const command = await commands.work!.load()
    const run: CliCommand<never>['run'] = async (_context, options, ...values) => {
      received = [options, ...values]
      return undefined
    }
    commands.work!.load = async () => ({ ...command, run })
    await runCli(['--no-color', 'work', 'mug', '--count', '3'], testContext().context, commands)
    expect(received).toEqual([{ count: '3' }, 'mug'])
  })

  it('runs a command of a group, and describes the group where none or a wrong one is named', async () => {
    const { context, stderr } = testContext()
    const inner = (await commandThat(async () => 3).work!.load()) as CliCommand
    const group = { subcommands: { mug: { summary: 'wash it', command: inner } } }
    const commands = { clean: { summary: 'clean things', load: async () => group } }
    expect(await runCli(['clean', 'mug'], context, commands)).toBe(3)
    expect(await runCli(['clean'], context, commands)).not.toBe(0)
    expect(stderr()).toContain('wash it')
    expect(await runCli(['clean', 'cup'], context, commands)).toBe(exitCodes.usage)
  })

  it('says a LeapError with its code, remedy and cause, without escape codes, and exits 1', async () => {
    const error = new LeapError({
      code: 'GAME_FILE_UNREADABLE',
      message: 'cut off: \u001b[2J{"a',
      remedy: 'Copy it again.',
      cause: new Error('end of input'),
    })
    const { context, stderr } = testContext()
    expect(
      await runCli(
        ['work'],
        context,
        commandThat(async () => Promise.reject(error)),
      ),
    ).toBe(1)
    expect(stderr()).toBe('error [GAME_FILE_UNREADABLE] cut off: {"a\n  Copy it again.\n  cause: end of input\n')
  })

  it('shows the stack of a LeapError only when asked', async () => {
    const fail = commandThat(async () => {
      throw new LeapError({ code: 'X_Y', message: 'no' })
    })
    const quiet = testContext()
    await runCli(['work'], quiet.context, fail)
    expect(quiet.stderr()).not.toContain('    at ')
    const debug = testContext({ env: { LEAP_DEBUG: '1' } })
    await runCli(['work'], debug.context, fail)
    expect(debug.stderr()).toContain('    at ')
  })

  it('prints the stack of our own mistakes and asks to report them', async () => {
    const { context, stderr } = testContext()
    const fail = commandThat(async () => {
      throw new TypeError('x is not a function')
    })
    expect(await runCli(['work'], context, fail)).toBe(1)
    expect(stderr()).toContain('internal error')
    expect(stderr()).toMatch(/TypeError: x is not a function\n\s+at /)
    expect(stderr()).toContain('Please report it')
  })

  it('says an error of the operating system without a stack', async () => {
    const { context, stderr } = testContext()
    const { readFile } = await import('node:fs/promises')
    const fail = commandThat(async () => (await readFile('/no/such/file')).length)
    expect(await runCli(['work'], context, fail)).toBe(1)
    expect(stderr()).toContain('error [SYSTEM_ENOENT] ENOENT')
    expect(stderr()).not.toContain('    at ')
  })

  it('exits 130 without an error message after an interruption, however the command ends', async () => {
    for (const end of ['reason', 'AbortError', 'wrapped', 'quietly'] as const) {
      const { context, stderr, interrupt } = testContext()
      const commands = commandThat(async () => {
        interrupt()
        if (end === 'reason') throw context.signal.reason
        if (end === 'AbortError') throw new DOMException('stop', 'AbortError')
        if (end === 'wrapped') throw new LeapError({ code: 'A_B', message: 'no', cause: context.signal.reason })
        return 0
      })
      expect(await runCli(['work'], context, commands)).toBe(130)
      expect(stderr()).toBe('')
    }
  })

  it('does not hide another error behind an interruption', async () => {
    const { context, stderr, interrupt } = testContext()
    const commands = commandThat(async () => {
      interrupt()
      throw new LeapError({ code: 'DISK_FULL', message: 'no space left' })
    })
    expect(await runCli(['work'], context, commands)).toBe(1)
    expect(stderr()).toContain('DISK_FULL')
  })
})
