import { mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runLeap } from './support/run-leap.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-cli-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('help and errors', () => {
  it('lists the commands, and the options of each', async () => {
    const { code, stdout } = await runLeap(['--help'])
    expect(code).toBe(0)
    const names = [...stdout.matchAll(/^ {2}([a-z]+) /gm)]
      .map((match) => match[1]!)
      .filter((name) => name !== 'help' && name !== 'leap')
    expect(names).toEqual(expect.arrayContaining(['run', 'play', 'show', 'runs', 'eval', 'generate', 'verify']))
    for (const name of names) {
      const help = await runLeap([name, '--help'])
      expect(help.code).toBe(0)
      expect(help.stdout).toContain(`Usage: leap ${name}`)
      expect(help.stdout).toContain('Examples:')
    }
  })

  it('suggests the nearest command and exits 2', async () => {
    const { code, stdout, stderr } = await runLeap(['paly'])
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain('Did you mean play?')
  })

  it('says what is wrong with an input in a few lines, with a code, and exits 1', async () => {
    const { code, stderr } = await runLeap(['show', 'nothing-here'], { cwd: folder })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^error \[RUN_NOT_FOUND\] Expected /)
    expect(stderr).not.toContain('    at ')
  })

  it('does not fail when the reader of a pipe has seen enough', async () => {
    const { code, stderr } = await runLeap(['play', '--policy', 'systematic', '--max-steps', '30'], {
      onOutput: (child) => child.stdout?.destroy(),
    })
    expect(code).toBe(0)
    expect(stderr).not.toContain('EPIPE')
  })
})

describe('the shop', () => {
  const shop = ['--environment', 'webshop', '--set', 'environment.generated.products=60']
  it('is played by hand with words of one’s own, and by agents that are judged by score', async () => {
    const judged = await runLeap(['eval', 'hasty', 'careful', ...shop, '--count', '12'], { cwd: folder })
    expect(judged.stderr).toContain('careful  done  12/12 tasks')
    expect(judged.code).toBe(0)
    expect(judged.stdout).toMatch(/^test-12 \([0-9a-f]{12}\), 12 tasks, at most 15 actions\n/)
    expect(judged.stdout).toContain('ATT')
    expect(judged.stdout.replace(/\s+/g, ' ')).toMatch(/careful against hasty: \S+ points \[.*\] of score; success /)

    const task = 'test/000'
    const input = '1\nsearch[coat]\n:undo\n:hint\nclick[buy now]\n:quit\n'
    const played = await runLeap(['play', ...shop, '--task', task], { cwd: folder, input })
    expect(played.code).toBe(0)
    expect(played.stdout).toContain('The words are yours: type search[...]')
    expect(played.stdout).toMatch(/Page 1 \(Total results: \d+\)/)
    expect(played.stdout).toContain('Took back: search[coat]')
    expect(played.stdout).toContain('The planner would: search[')
    expect(played.stdout).toContain('Left after 1 action.')

    const watched = await runLeap(['play', ...shop, '--task', task, '--policy', 'shop-teacher-3'], { cwd: folder })
    expect(watched.stdout).toMatch(/shop-teacher-3: success after \d+ actions, score 1\n$/)
    // Words of one's own are among the possible actions.
    expect(watched.stdout).not.toContain('not among the possible')
  })
})

describe('games', () => {
  it('are generated, verified, played by hand and judged, from files as from the seed', async () => {
    const generated = await runLeap(['generate', 'games', '--count', '4', '--split', 'valid_seen', '--seed', '5'], {
      cwd: folder,
    })
    expect(generated.code).toBe(0)

    const verified = await runLeap(['verify', 'alfworld', '--games', 'games'], { cwd: folder })
    expect(verified.stdout + verified.stderr).toMatch(/\b4\b/)
    expect(verified.code).toBe(0)

    const fromFiles = await runLeap(['eval', 'planner', '--games', 'games', '--split', 'valid_seen', '--json'], {
      cwd: folder,
    })
    expect(fromFiles.code).toBe(0)
    const [evaluation] = JSON.parse(fromFiles.stdout)
    expect(evaluation).toMatchObject({ episodes: 4, success: { rate: 1 } })

    const task = evaluation.results[0].taskId
    const played = await runLeap(['play', '--seed', '5', '--split', 'valid_seen', '--task', task], {
      cwd: folder,
      input: '?\n:hint\n:quit\n',
    })
    expect(played.code).toBe(0)
    expect(played.stdout).toContain('Your task is to')
    expect(played.stdout).toContain('The planner would: ')
    expect(played.stdout).toContain('Left after 0 actions.')
  })

  it('that are damaged are found, with the file named, and exit 1', async () => {
    await runLeap(['generate', 'bad', '--count', '2', '--split', 'train'], { cwd: folder })
    const paths = await readdir(join(folder, 'bad'), { recursive: true })
    const path = join(folder, 'bad', paths.find((name) => name.endsWith('game.tw-pddl'))!)
    await truncate(path, Math.floor((await readFile(path)).length / 2))
    const { code, stdout, stderr } = await runLeap(['verify', 'alfworld', '--games', 'bad'], { cwd: folder })
    expect(code).toBe(1)
    expect(stdout + stderr).toContain('game.tw-pddl')
  })

  it('stop at Ctrl-C with exit code 130', async () => {
    let interrupted = false
    const { code, stderr } = await runLeap(['play', '--policy', 'systematic', '--delay', '60'], {
      onOutput: (child, stdout) => {
        if (interrupted || !stdout.includes('1> ')) return
        interrupted = true
        child.kill('SIGINT')
      },
    })
    expect(code).toBe(130)
    expect(stderr).toContain('Press Ctrl-C again')
  })
})
