import { describe, expect, it } from 'vitest'
import { BashSession } from './bash-session.ts'
import { type Answers, scriptedProvider } from './testing/scripted-provider.ts'

const open = (answers: Answers, gold = 'gold') => {
  const provider = scriptedProvider(answers)
  const root = { name: 'test', files: [] }
  return { provider, session: new BashSession({ provider, root, query: 'Do it', gold }) }
}
/** Commands of the agent's own sandbox. */
const ran = (log: readonly string[]) => log.filter((line) => line.startsWith('0: ')).map((line) => line.slice(3))

describe('BashSession', () => {
  it('starts with the request, keeps the working directory, and nothing else', async () => {
    const { session, provider } = open({ 'cd /testbed': {}, ls: { output: 'a\n' } })
    expect(await session.reset()).toBe('Do it')
    expect(await session.step('cd testbed')).toMatchObject({ text: '', executed: true, done: false })
    expect(session.directory).toBe('/testbed')
    expect(await session.step('ls')).toMatchObject({ text: 'a\n', executed: true })
    expect(await session.step('skip')).toMatchObject({ text: 'skipped', executed: false })
    expect(ran(provider.log)).toEqual(['cd /testbed @ /', 'ls @ /testbed'])
    await session.reset()
    expect(session.directory).toBe('/')
    expect(provider.log.at(-1)).toBe('0: reset')
    await session.close()
    expect(provider.alive.size).toBe(0)
  })

  it('keeps the directory where cd fails, and takes its words as they stand where it does not', async () => {
    const { session } = open({ 'cd /none': { exitCode: 1, output: 'no' }, 'cd /a && ls': { output: 'x' } })
    expect(await session.step('cd none')).toMatchObject({ text: 'no', executed: false })
    expect(session.directory).toBe('/')
    await session.step('cd a && ls')
    expect(session.directory).toBe('/a && ls')
  })

  it.each<[string, Answers[string], string, string[]]>([
    ['not UTF-8', { output: Uint8Array.from([0xff, 0x41]) }, 'Malformed command', []],
    ['too slow', { cut: 'time', exitCode: 137, output: 'part' }, 'Command timed out', ['time']],
    ['too much', { cut: 'output', exitCode: 137, output: 'part' }, 'Command timed out', ['output']],
    [
      'replaced',
      { cut: 'time', restarted: true },
      'Command timed out (the file system was put back to its start)',
      ['time', 'restarted'],
    ],
    [
      'no directory',
      { cut: 'directory-missing', exitCode: 126 },
      'OCI runtime exec failed: exec failed: unable to start container process: chdir to cwd ("/") set in config.json failed: no such file or directory: unknown\r\n',
      [],
    ],
  ])('says what the original says: %s', async (_, answer, text, flags) => {
    const { session } = open({ act: answer })
    expect(await session.step('act')).toEqual({ text, executed: false, done: false, flags })
  })

  it('answers a bare cd, on which the original raises, and open quotes', async () => {
    const { session, provider } = open({})
    expect(await session.step('cd')).toMatchObject({ text: 'Malformed command', flags: ['bare-cd'] })
    expect(await session.step('echo "')).toMatchObject({ text: 'Malformed command', flags: [] })
    expect(ran(provider.log)).toEqual([])
  })

  it('runs the gold command elsewhere at every submit, at the root and without cd’s magic', async () => {
    const gold = 'cd /x'
    const { session, provider } = open({ [gold]: { output: 'same words' }, mine: { output: 'same words' } }, gold)
    await session.step('mine')
    const turn = await session.step('submit now')
    expect(turn).toMatchObject({ text: 'same words', done: true, reward: { reward: 1 } })
    await session.step('submit')
    expect(provider.log.filter((line) => line.includes('cd /x')).map((line) => line.slice(1))).toEqual([
      ': cd /x @ /',
      ': cd /x @ /',
    ])
    // Only the agent's own sandbox is left.
    expect([...provider.alive]).toEqual([0])
  })

  it('scores the request itself where the first action is submit', async () => {
    const { session } = open({ gold: { output: 'do it' } })
    expect((await session.step('submit')).reward).toMatchObject({ answerSimilarity: 0.33, reward: 1 })
  })

  it('compares files where there is no git', async () => {
    const added = (hash: string) => [{ path: '/w/new.txt', change: 'added' as const, type: 'file' as const, hash }]
    const { session } = open({ gold: { changes: added('1') }, act: { changes: added('1') } })
    await session.step('act')
    expect((await session.score()).fileDifference).toBe(0.33)
    await session.reset()
    expect((await session.score()).fileDifference).toBe(0.05)
  })
})
