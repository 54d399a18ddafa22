import { describe, expect, it } from 'vitest'
import type { PrivilegeLevel } from '../../contracts/domain.ts'
import type { Trajectory } from '../../contracts/trajectory.ts'
import { generateTask } from '../../environments/intercode/generator/generate-tasks.ts'
import { describeSqlPrivilege } from '../../environments/intercode/sql/privileged-state.ts'
import { createInterCodeTeacher } from './intercode-teacher.ts'
import { hidden, trajectory } from './testing/played.ts'

const correct = (level: PrivilegeLevel, played: Trajectory) =>
  createInterCodeTeacher('bash', { level, lambda: 1 }).correct(played, { seed: 1 })

const tasks = Array.from({ length: 400 }, (_, index) => generateTask(2, 'train', index))
const searching = tasks.find(({ hidden: paths, template }) => paths.length === 1 && template === 'count-lines')!
const path = searching.hidden[0]!

describe('the shell expert', () => {
  it('lets the student find a place before it uses it', async () => {
    const played = trajectory(searching, [
      [searching.query, 'ls', hidden(searching)],
      ['depot', searching.look!, hidden(searching)],
      [`${path}\n`, 'ls', hidden(searching)],
      ['12\n', 'ls', hidden(searching, { done: true })],
    ])
    const corrections = await correct(3, played)
    expect(corrections.map(({ action }) => action)).toEqual([searching.look, searching.look, searching.gold, 'submit'])
    expect(corrections.map(({ kind }) => kind)).toEqual(['look', 'look', 'command', 'submit'])
    expect(corrections[1]!.isCorrected).toBe(true)
    // A place is named when it has been seen, and not before.
    expect(corrections.map(({ reason }) => reason.includes(path))).toEqual([false, false, true, false])
    // Level 5 needs no search and says what it knows.
    const [told] = await correct(5, played)
    expect(told).toMatchObject({ action: searching.gold, reason: expect.stringContaining(searching.gold) })
  })

  it('does not name a place that a search could not show', async () => {
    const played = trajectory(searching, [
      [searching.query, searching.look!, hidden(searching)],
      ['', 'ls', hidden(searching)],
    ])
    const [, second] = await correct(3, played)
    expect(second!.action).toBe(searching.gold)
    expect(second!.reason).not.toContain(path)
  })

  it('takes no notice of the request as if it were an output', async () => {
    const task = { ...searching, hidden: [] }
    const [first] = await correct(3, trajectory(task, [[task.query, 'x', hidden(task, { done: true })]]))
    expect(first!.action).toBe(task.gold)
  })

  it('ends a change that is made with an empty output, and gives up what cannot be done twice', async () => {
    const task = tasks.find(({ template }) => template === 'create-file')!
    const made = { ...hidden(task, { changes: true, expected: '' }) }
    made.data = { ...made.data, filesRight: true }
    const broken = hidden(task, { changes: true, expected: '' })
    const played = trajectory(task, [
      [task.query, task.gold, broken],
      ['some listing', 'x', made],
    ])
    expect((await correct(3, played)).map(({ action }) => action)).toEqual([task.gold, 'true'])
    const failed = trajectory(task, [
      [task.query, task.gold, broken],
      ['no such file', 'x', broken],
    ])
    expect((await correct(3, failed))[1]!.action).toBe('submit')
  })

  it('needs a hidden state from level 2 on', async () => {
    const bare = trajectory(searching, [[searching.query, 'ls', hidden(searching)]])
    delete bare.steps[0]!.privileged
    expect((await correct(1, bare))[0]!.action).toBe(searching.look)
    await expect(correct(2, bare)).rejects.toMatchObject({
      code: 'PRIVILEGE_MISSING',
      message: expect.stringContaining('shell expert'),
    })
  })
})

describe('the query expert', () => {
  const task = {
    id: 'a',
    row: 0,
    split: 'train',
    database: 'd',
    hardness: 'easy',
    query: 'How many ships?',
    gold: 'SELECT COUNT(*) FROM ship JOIN captain',
  }
  const state = (right: boolean) => describeSqlPrivilege(task, { text: '[(26,)]', executed: true, flags: [] }, right)
  const play = async (level: PrivilegeLevel, steps: [string, string, boolean][]) => {
    const played = trajectory(searching, [])
    played.instruction = task.query
    played.steps = steps.map(([observation, action, right]) => ({
      observation,
      action,
      privileged: state(right),
      reason: 'r',
      score: 0,
      admissible: true,
    }))
    return createInterCodeTeacher('sql', { level, lambda: 1 }).correct(played, { seed: 1 })
  }
  const steps: [string, string, boolean][] = [
    [task.query, 'SHOW TABLES', false],
    ["[('ship',), ('captain',), ('port',)]", 'DESCRIBE ship', false],
    ["[('ship_id', 'int')]", 'DESCRIBE captain', false],
    ["[('captain_id', 'int')]", 'SELECT 1', false],
    ['[(26,)]', 'SELECT 2', true],
  ]

  it('lists, describes what matters, asks, and submits', async () => {
    expect((await play(3, steps)).map(({ action }) => action)).toEqual([
      'SHOW TABLES',
      'DESCRIBE ship',
      'DESCRIBE captain',
      task.gold,
      'submit',
    ])
    expect((await play(5, steps))[0]).toMatchObject({ action: task.gold, reason: expect.stringContaining(task.gold) })
  })
})
