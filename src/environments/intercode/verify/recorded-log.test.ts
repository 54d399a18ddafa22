import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeTally, share } from './describe-tally.ts'
import { findTask } from './find-task.ts'
import { readRecordedLog } from './recorded-log.ts'
import { addTallies, emptyTally } from './tally.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-log-'))
})
afterAll(() => rm(folder, { recursive: true }))

const read = async (value: unknown) => {
  const path = join(folder, 'log.json')
  await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value))
  return readRecordedLog(path)
}
const episode = (actions: string[], observations: unknown[], rewards: number[]) => ({
  environment: 'ic_sql',
  dataset: './data/spider/dev.json',
  task_id: 3,
  query: 'q',
  turn_history: { actions, observations, rewards, valid_action: [] },
})

describe('readRecordedLog', () => {
  it('reads runs that submit after every action', async () => {
    const said = 'No SQL code was found in your last response. Format it.'
    const log = await read({ 3: episode(['USE a', 'hm', 'SELECT 1'], [null, said, '[(1,)]'], [0, 0, 1]) })
    expect(log).toMatchObject({ kind: 'sql', dataset: 'dev.json', episodes: [{ row: 3, query: 'q' }] })
    expect(log.episodes[0]!.turns).toEqual([
      { action: 'USE a', observation: 'None', reward: 0, isPlayed: true, isScored: true, isCut: false },
      { action: 'hm', observation: said, reward: 0, isPlayed: false, isScored: true, isCut: false },
      { action: 'SELECT 1', observation: '[(1,)]', reward: 1, isPlayed: true, isScored: true, isCut: false },
    ])
  })

  it('reads ReAct runs, which are scored at their own submit', async () => {
    const log = await read({
      0: episode(['execute[SELECT [1]]', 'think', 'submit'], ['[(1,)]', '', '[(1,)]'], [0, 0, 0.5]),
    })
    expect(log.episodes[0]!.turns).toMatchObject([
      { action: 'SELECT [1]', isPlayed: true, isScored: false },
      { action: 'think', isPlayed: false },
      { action: 'submit', isPlayed: true, isScored: true, reward: 0.5 },
    ])
  })

  it('passes over episodes of a ReAct run in which nothing was done, whatever the runner says to it', async () => {
    const said = 'Error executing query: Your last `execute` action did not contain SQL code'
    const log = await read({
      0: episode(['SELECT 1'], [said], [0]),
      1: episode(['SELECT 1'], [null], [0]),
      2: episode(['execute[SELECT 1]', 'submit'], ['[(1,)]', '[(1,)]'], [0, 1]),
    })
    expect(log.episodes.map(({ turns }) => turns.filter(({ isPlayed }) => isPlayed).length)).toEqual([0, 0, 2])
    expect(log.episodes[0]!.turns[0]).toMatchObject({ isScored: false })
  })

  it('passes over what a model’s service refused to answer in a shell', async () => {
    const refused = { ...episode(['ls', 'blocked'], ['a\n', null], [0.5, 0]), environment: 'ic_bash' }
    const log = await read({ 0: refused })
    expect(log.episodes[0]!.turns.map(({ isPlayed }) => isPlayed)).toEqual([true, false])
  })

  it('takes no turn without an observation for one that was played', async () => {
    // The runner ends an episode so when the model's service refuses to answer.
    const log = await read({ 0: episode(['SELECT 1', 'blocked'], ['[(1,)]'], [0.5, 0]) })
    expect(log.episodes[0]!.turns.map(({ isPlayed }) => isPlayed)).toEqual([true, false])
  })

  it('submits where an agent of a run that submits after every action says so itself', async () => {
    const log = await read({ 0: { ...episode(['ls', 'submit'], ['a', 'a'], [0.5, 0.5]), environment: 'ic_bash' } })
    expect(log.episodes[0]!.turns).toMatchObject([
      { isPlayed: true, isScored: true },
      { action: 'submit', isPlayed: true, isScored: true },
    ])
  })

  it('reads Plan & Solve runs, whose episodes stand below a head, and fills in what they lack from it', async () => {
    const { environment: _, dataset: __, task_id: ___, ...bare } = episode(['ls'], ['a\n'], [0.67])
    const log = await read({
      meta: { env: 'bash', data_path: './data/nl2bash/nl2bash_fs_1.json', refine: true },
      logs: { 7: bare },
    })
    expect(log).toMatchObject({ kind: 'bash', dataset: 'nl2bash_fs_1.json', episodes: [{ row: 7, query: 'q' }] })
  })

  it('reads a list of episodes, and one by itself', async () => {
    const one = episode(['SELECT 1'], ['[(1,)]'], [1])
    expect((await read([one, one])).episodes).toHaveLength(2)
    expect((await read(one)).episodes[0]).toMatchObject({ row: 3, turns: [{ action: 'SELECT 1', reward: 1 }] })
  })

  it('reads what an environment saved of an episode, whose reward is that of its end', async () => {
    const log = await read({
      ...{ environment: 'ic_bash', query_idx: 2, query: 'q', gold: 'g', reward: 0.34 },
      trajectory: [
        { action: 'ls', observation: 'a' },
        { action: 'pwd', observation: '/' },
      ],
    })
    expect(log.episodes[0]!.row).toBe(2)
    expect(log.episodes[0]!.turns).toMatchObject([
      { action: 'ls', isScored: false },
      { action: 'pwd', isScored: false },
      { action: 'submit', observation: '/', reward: 0.34, isScored: true, isPlayed: true },
    ])
  })

  it('passes over rewards that are none, as Python writes them, and over episodes without turns', async () => {
    const text = JSON.stringify({ 0: episode(['a', 'b'], ['x', 'y'], [-7, 0.5]), 1: episode([], [], []) })
    const log = await read(text.replace('-7', 'NaN'))
    expect(log.episodes.map(({ turns }) => turns.map(({ isScored }) => isScored))).toEqual([[false, true], []])
  })

  it('leaves out an entry that is no episode, and says why', async () => {
    const log = await read({ 0: episode(['a'], ['b'], [0]), 1: { query: 3 }, 2: 'x' })
    expect(log.episodes).toHaveLength(1)
    expect(log.unreadable).toEqual([expect.stringMatching(/^field "1\./), expect.stringMatching(/^field "2"/)])
  })

  it('tells the language by the name of the file where nothing else does', async () => {
    const { environment: _, ...rest } = episode(['ls'], ['a'], [0])
    const path = join(folder, 'ic_bash_multiturn_x.json')
    await writeFile(path, JSON.stringify({ 0: rest }))
    expect((await readRecordedLog(path)).kind).toBe('bash')
    await expect(read({ 0: rest })).rejects.toThrow(/found none, nor a name of a file that tells/)
  })

  it('knows which outputs ReAct’s runner may have cut', async () => {
    const long = 'x'.repeat(350)
    const log = await read({
      0: episode(['execute[a; b]', 'execute[a]', 'execute[a]', 'submit'], [long, 'short', '[(1,)]', 'x'], [0, 0, 0, 1]),
    })
    expect(log.episodes[0]!.turns.map(({ isCut }) => isCut)).toEqual([true, false, true, false])
    // A database is given no more than one statement.
    expect(log.episodes[0]!.turns[0]!.action).toBe('a')
    expect((await read({ 0: episode(['a'], [long], [0]) })).episodes[0]!.turns[0]!.isCut).toBe(false)
  })

  it.each([
    ['[]', 'LOG_INVALID', /at least one episode/],
    ['7', 'LOG_INVALID', /episodes by task/],
    ['{', 'LOG_INVALID', /expected JSON/],
    [{}, 'LOG_INVALID', /at least one episode/],
    [{ 0: { ...episode([], [], []), environment: 'ic_ctf' } }, 'LOG_INVALID', /"ic_ctf"/],
    [{ 0: { query: 3 } }, 'LOG_INVALID', /field "0\./],
  ])('refuses %j', async (value, code, message) => {
    await expect(read(value)).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  })
})

it('finds a task by its row, or by its request where the table was edited', async () => {
  const log = await read({ 3: episode(['a'], ['b'], [0]) })
  const tasks = [
    { row: 0, query: 'q' },
    { row: 1, query: 'other' },
  ]
  expect(findTask(tasks, { row: 1, query: 'q', turns: [] }, log).row).toBe(0)
  expect(findTask(tasks, { row: 1, query: 'new', turns: [] }, log).row).toBe(1)
  expect(() => findTask(tasks, { row: 7, query: 'new', turns: [] }, log)).toThrow(
    expect.objectContaining({ code: 'LOG_TASK_UNKNOWN' }),
  )
})

it('adds up and describes what was compared', () => {
  const difference = { where: 'a', action: 'x\ny', cause: 'c', expected: 1, found: 0.5 }
  const one = {
    ...emptyTally(),
    episodes: 1,
    turns: 2,
    scored: 2,
    rewardsEqual: 1,
    causes: new Map([['c', 1]]),
    differences: [difference],
  }
  const sum = addTallies([one, one])
  expect(sum).toMatchObject({ episodes: 2, turns: 4, rewardsEqual: 2 })
  expect(sum.causes.get('c')).toBe(2)
  const text = describeTally('log', sum, 1).join('\n')
  expect(text).not.toContain('network')
  const withNetwork = {
    ...one,
    scored: 3,
    rewardsEqual: 2,
    successesEqual: 3,
    offline: 1,
    offlineRewardsEqual: 0,
    offlineSuccessesEqual: 1,
  }
  expect(describeTally('log', withNetwork, 0).join('\n')).toContain(
    'without the 1 turns of tasks that need a network: rewards 100.0 %, success flags 100.0 %',
  )
  expect(text).toMatch(/rewards equal {8}2 of 4 \(50\.0 %\)/)
  expect(text).toMatch(/recorded 1\.00, here 0\.50 \(c\): x y\n {4}and 1 more/)
  expect(share(999, 1000)).toBe('99.9 %')
  expect(share(9_999, 10_000)).toBe('99.9 %')
})
