import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { commands } from '../src/cli/commands.ts'
import { presets } from '../src/experiments/presets/presets.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const readme = readFileSync(join(root, 'README.md'), 'utf8')
/** The shell block in the line right behind a marker. */
const blockAfter = (marker: string) =>
  new RegExp(`^<!-- ${marker} -->\n\`\`\`sh\n([^\`]+)\`\`\`$`, 'm').exec(readme)?.[1]

const scratch = mkdtempSync(join(tmpdir(), 'leap-readme-'))
afterAll(() => rmSync(scratch, { recursive: true }))

describe('the README', () => {
  it('has one block to run and one to test, each right after its marker', () => {
    for (const marker of ['run', 'test']) expect(readme.split(`<!-- ${marker} -->`)).toHaveLength(2)
    expect(blockAfter('run')?.trim().split('\n')).toEqual(['npm ci', 'npx leap run quickstart'])
    expect(blockAfter('test')?.trim().split('\n').at(-1)).toBe('npm test')
  })

  it('names only files and folders that exist', () => {
    const tree = [...readme.matchAll(/^ {4}([\w./-]+) {2,}\S.*$/gm)].map((match) => match[1]!)
    expect(tree.length).toBeGreaterThan(15)
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1]!)
    const missing = [...tree, ...links].filter((path) => !existsSync(join(root, path)))
    expect(missing).toEqual([])
  })

  it('names every folder of the sources', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.filter(({ name }) => !readme.includes(`    src/${name}/ `)).map(({ name }) => name)).toEqual([])
  })

  it('mentions only commands, options and presets that exist, and every command', async () => {
    const lines = [...readme.matchAll(/(?:^|`|npx )leap ([a-z]+)([^`\n]*)/gm)]
    const mentioned = new Set(lines.map((match) => match[1]!))
    expect([...mentioned].filter((name) => !Object.hasOwn(commands, name))).toEqual([])
    expect(Object.keys(commands).filter((name) => !mentioned.has(name))).toEqual([])
    for (const [, name, rest] of lines) {
      const { Command } = await import('commander')
      const command = new Command(name)
      const loaded = await commands[name!]!.load()
      const own = 'run' in loaded ? loaded : loaded.subcommands[rest!.trim().split(' ')[0]!]?.command
      expect(own, `leap ${name}${rest}`).toBeDefined()
      own!.configure(command)
      const known = command.options.map(({ long }) => long)
      for (const [option] of rest!.matchAll(/--[a-z-]+/g)) expect(known, `leap ${name} ${option}`).toContain(option)
      if (name === 'run' && /^ [a-z]+( |$)/.test(rest!)) expect(presets).toHaveProperty(rest!.trim().split(' ')[0]!)
    }
  })
})

describe('.ci/run', () => {
  it('runs exactly the test block of the README beside it, and fails with it', () => {
    mkdirSync(join(scratch, '.ci'))
    writeFileSync(join(scratch, '.ci/run'), readFileSync(join(root, '.ci/run')))
    const run = (test: string) => {
      const blocks = `<!-- run -->\n\`\`\`sh\necho run\n\`\`\`\n\n<!-- test -->\n\`\`\`sh\n${test}\n\`\`\`\n\n\`\`\`sh\necho later\n\`\`\`\n`
      writeFileSync(join(scratch, 'README.md'), blocks)
      const { status, stdout } = spawnSync('bash', [join(scratch, '.ci/run')], { encoding: 'utf8' })
      return { status, stdout }
    }
    expect(run('echo one\necho two')).toEqual({ status: 0, stdout: 'one\ntwo\n' })
    expect(run('echo one\nfalse\necho two')).toEqual({ status: 1, stdout: 'one\n' })
    expect(run('')).toMatchObject({ status: 2 })
  })
})
