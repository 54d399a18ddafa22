import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeFileAtomic } from '../../../support/atomic-file.ts'
import { parseGame } from '../game.ts'
import { smallGameText, smallGrammar } from '../testing/small-game.ts'
import { verifyAlfworld } from './verify.ts'

const walkthrough = [
  'walk to table 1',
  'grab cup 2 out of table 1',
  'walk to oven 1',
  'unlatch oven 1',
  'stow cup 2 at oven 1',
]
const text = smallGameText({ walkthrough })
const path = (trial: string) => `json/train/pick_and_place_simple-Cup-None-Oven-1/${trial}/game.tw-pddl`

/** What an implementation without faults would have recorded, in either format. */
function record(commands: readonly string[]) {
  const session = parseGame(text, 'small').start()
  const { text: obs, candidates } = session.reset()
  const steps = commands.map((a) => {
    const result = session.step(a)
    return { a, obs: result.text, score: result.score, done: result.done, admissible: [...result.candidates] }
  })
  return { game: path('good'), policy: 'test', reset: { obs, admissible: [...candidates] }, steps }
}

let folder = ''
let games = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-verify-'))
  games = join(folder, 'games')
  await writeFileAtomic(join(games, path('good')), text)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function verify(lines: readonly unknown[] | string, where = games) {
  const replays = join(folder, 'replays.jsonl')
  await writeFile(replays, typeof lines === 'string' ? lines : lines.map((line) => JSON.stringify(line)).join('\n'))
  const printed: string[] = []
  const report = await verifyAlfworld({ games: where, replays: lines.length === 0 ? [] : [replays] }, (line) =>
    printed.push(line),
  )
  return { report, printed: printed.join('\n') }
}

describe('verifyAlfworld', () => {
  it('counts what it checked and finds no difference in a faithful record', async () => {
    const { report, printed } = await verify([record([...walkthrough, 'nonsense'])])
    expect(report).toMatchObject({
      games: 1,
      walkthroughs: 1,
      won: 1,
      episodes: 1,
      steps: 6,
      missing: 0,
      differences: 0,
    })
    expect(printed).toContain('1 of 1 win exactly at their last command')
    expect(printed).toContain('1 episodes, 6 steps, 0 differences')
  })

  it.each([
    ['opening', (r: ReturnType<typeof record>) => (r.reset.obs += '!'), 'the text after the reset'],
    ['opening list', (r: ReturnType<typeof record>) => r.reset.admissible.reverse(), 'in another order'],
    ['observation', (r: ReturnType<typeof record>) => (r.steps[1]!.obs = 'You take it.'), 'observation after step 2'],
    ['score', (r: ReturnType<typeof record>) => (r.steps[4]!.score = 0), 'score after step 5'],
    ['done', (r: ReturnType<typeof record>) => (r.steps[3]!.done = true), 'done after step 4'],
    ['list', (r: ReturnType<typeof record>) => r.steps[2]!.admissible.push('fly'), 'among them fly'],
  ])('notices a difference in the %s', async (_, change, message) => {
    const recorded = record(walkthrough)
    change(recorded)
    const { report, printed } = await verify([recorded])
    expect(report.differences).toBe(1)
    expect(printed).toContain(message)
    expect(printed).toContain('replays.jsonl:1')
  })

  it('compares the other format by observation without the places, up to where the record stops', async () => {
    const grammar = smallGrammar
      .replace('You stand at {lend.name} now.', 'You arrive at {lend.name}.')
      .replace('stow {o} at {r}', 'put {o} in/on {r}')
    const old = smallGameText({ grammar })
    await writeFileAtomic(join(folder, 'old', path('good')), old)
    const session = parseGame(old, 'old').start()
    const [, intro, task] = session.reset().text.split('\n\n')
    const steps = walkthrough
      .slice(0, 4)
      .map((action) => [action, session.step(action).text.replace(/^You arrive at loc \d\. /, '')])
    expect(steps[0]![1]).toBe('Upon the table 1: a cup 2, a lamp 1, and a pie 1.')
    const episode = {
      game: path('good'),
      intro,
      task,
      success: true,
      steps: [...steps, ['put cup 2 in/on oven 1', null]],
    }
    const { report } = await verify([episode], join(folder, 'old'))
    expect(report).toMatchObject({ episodes: 1, steps: 4, differences: 0 })
    const altered = {
      ...episode,
      task: 'Your task is to: rest.',
      steps: [[steps[0]![0], 'Upon the table 1: nothing.']],
    }
    expect((await verify([altered], join(folder, 'old'))).report.differences).toBe(2)
  })

  it('says so when a game can not be given the wording of the record', async () => {
    const { reset, steps, game } = record(walkthrough)
    const [, intro, task] = reset.obs.split('\n\n')
    const { report, printed } = await verify([{ game, intro, task, steps: steps.map(({ a, obs }) => [a, obs]) }])
    expect(report).toMatchObject({ broken: 1, differences: 1 })
    expect(printed).toContain('GAME_TEXT_VERSION')
  })

  it('counts episodes of games that are not at hand, and fails when there are no others', async () => {
    const foreign = { ...record(walkthrough), game: 'json/train/other/trial/game.tw-pddl' }
    const { report, printed } = await verify([record(walkthrough), foreign])
    expect(report).toMatchObject({ episodes: 1, missing: 1, differences: 0 })
    expect(printed).toContain('1 episodes not played')
    await expect(verify([foreign])).rejects.toMatchObject({ code: 'REPLAY_GAMES_MISSING' })
  })

  it.each([
    ['{"game": "x"', 'no JSON'],
    ['{"game": "x", "turns": []}', 'fields game, turns'],
    ['{"game": "x", "reset": {"obs": 1}}', 'field "reset.obs"'],
    ['{"game": "x", "intro": "", "task": "", "steps": [["a"]]}', 'field "steps.0'],
    ['7', 'found 7'],
  ])('rejects the line %s, naming file and line', async (line, message) => {
    const error: unknown = await verify(`${JSON.stringify(record(walkthrough))}\n\n${line}`).catch(
      (caught: unknown) => caught,
    )
    expect(error).toMatchObject({ code: 'REPLAY_INVALID' })
    expect((error as Error).message).toContain('replays.jsonl:3')
    expect((error as Error).message).toContain(message)
  })

  it('names games that do not win, win early, or can not be read', async () => {
    const bad = join(folder, 'bad')
    const write = (trial: string, content: string) => writeFileAtomic(join(bad, path(trial)), content)
    await write('good', text)
    await write('short', smallGameText({ walkthrough: walkthrough.slice(0, 4) }))
    await write('long', smallGameText({ walkthrough: [...walkthrough, 'check pockets'] }))
    await write('wrong', smallGameText({ walkthrough: ['fly'] }))
    await write('cut', text.slice(0, 700))
    await write('none', smallGameText())
    await write('unsolvable', smallGameText({ solvable: false }))
    const { report, printed } = await verify([], bad)
    expect(report).toMatchObject({
      games: 7,
      walkthroughs: 4,
      won: 1,
      broken: 1,
      withoutWalkthrough: 1,
      unsolvable: 1,
      differences: 4,
    })
    for (const part of ['command 4 of 4', 'command 5 of 6', 'command 1 of 1, "fly"', 'GAME_JSON_INVALID'])
      expect(printed).toContain(part)
  })
})
