import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Correction } from '../contracts/correction.ts'
import type { GenerateRequest } from '../contracts/model.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import type { ConfigInput } from './config.ts'
import { runToyExperiment, type ToyExperiment, toyConfig } from './testing/toy-experiment.ts'

let folder: string
let number = 0
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'leap-models-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
const start = (options: Omit<ToyExperiment, 'directory'>, directory = join(folder, String(number++))) =>
  runToyExperiment({ directory, ...options }).then((toy) => ({ ...toy, directory }))

const said = ({ messages }: GenerateRequest) => messages.map(({ content }) => content).join('\n')
const read = <Record>(path: string): Record[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record)

/** One model that can do all that a run asks for. */
function able(request: GenerateRequest): string {
  const text = said(request)
  if (text.includes('You judge whether')) return '{"justified": "yes", "because": "It follows."}'
  if (text.includes('You supply the thought')) return 'I look into boxes.'
  if (text.includes('from it, write down') || text.includes('the log of a household text game')) {
    const actions = [...text.matchAll(/"action": "([^"]+)"/g)].map(([, action]) => action)
    const place = /box \d+/.exec(actions.join())![0]
    return JSON.stringify({
      task: 't',
      essential_objects: [{ object: 'ball 1', place }],
      critical_locations: [place],
      optimal_actions: actions,
    })
  }
  const turns = /The turns to correct:\n(\[.*\])\n/s.exec(text)?.[1]
  if (turns) {
    const steps = JSON.parse(turns) as { timestep: number; candidate_actions: string[]; privileged_state?: string }[]
    let box = '0'
    const trajectory = steps.map(({ timestep, candidate_actions: candidates, privileged_state: state = '' }) => {
      box = /box (\d+)/.exec(state)?.[1] ?? box
      const action = candidates.find((candidate) => candidate.startsWith('take ')) ?? `go to box ${box}`
      return { timestep, corrected_reason: 'I have not found it yet.', corrected_action: action }
    })
    return JSON.stringify({ summary: 's', trajectory })
  }
  if (text.includes('Observation 1')) return 'REASON:\nLet me see.\nACTION:\ngo to box 1'
  return 'ready'
}

const llm = { name: 'llm', model: 'openai:teacher' } as const

describe('models in a run', () => {
  it('label, teach, judge and play, each under its own phase of the accounts', async () => {
    const config: Partial<ConfigInput> = {
      demonstrations: { ...toyConfig.demonstrations, labeller: 'openai:labeller' },
      teacher: llm,
      corrections: { checks: { surprise: 'keep', judge: 'keep', judgeModel: 'openai:judge' } },
      baselines: [{ react: 'openai:player', samples: 2 }],
      models: { prices: { 'openai:*': { prompt: 1, completion: 10 } } },
    }
    // A student's explain must not be used: the labeller's reasons are.
    const toy = await start({ config, answer: able })
    const result = await toy.run()

    const demonstrations = read<{ completion: string }>(join(toy.directory, 'datasets/demonstrations.jsonl'))
    expect(demonstrations.every(({ completion }) => completion.includes('I look into boxes.'))).toBe(true)
    const corrections = read<Correction>(join(toy.directory, 'corrections/corrections-1.jsonl'))
    expect(corrections.length).toBeGreaterThan(4)
    for (const { checks, kind, isCorrected } of corrections.filter(({ dropped }) => dropped === undefined)) {
      if (isCorrected) expect(checks).toMatchObject({ justified: true, surprise: expect.any(Number) })
      expect(kind).toMatch(/^(go|take)$/)
    }
    expect(result.checks[0]).toMatchObject({ iteration: 1, summary: { received: corrections.length } })

    const rows = result.evaluations.map(({ policy }) => policy)
    expect(rows).toContain('react openai:player (mean of 2)')
    expect(rows).toContain('react openai:player (best of 2)')
    const kept = read<Trajectory>(
      join(toy.directory, 'datasets/best-of-react%20openai%3Aplayer%20%28best%20of%202%29%40seen.jsonl'),
    )
    expect(kept).toHaveLength(3)

    const spending = new Map(result.spending.map((row) => [`${row.phase} ${row.model}`, row]))
    expect([...spending.keys()].sort()).toEqual([
      'corrections-1 openai:teacher',
      'judge-1 openai:judge',
      'labels openai:labeller',
      'preflight openai:judge',
      'preflight openai:labeller',
      'preflight openai:player',
      'preflight openai:teacher',
      'react openai:player (mean of 2) openai:player',
    ])
    expect(spending.get('preflight openai:teacher')).toMatchObject({ calls: 1, cost: 0.002 })
    expect(JSON.parse(readFileSync(join(toy.directory, 'spending.json'), 'utf8'))).toEqual(result.spending)
    expect(toy.printed.join('\n')).toMatch(/calls, teacher: openai:teacher: at most about 5, .*\$0\.\d/)
  })

  it('are asked nothing again when the finished run is opened once more', async () => {
    const directory = join(folder, 'again')
    const first = await start({ config: { teacher: llm }, answer: able }, directory)
    await first.run()
    const second = await start({ config: { teacher: llm }, answer: able }, directory)
    const result = await second.run()
    expect(second.requests).toEqual([])
    expect(result.checks).toHaveLength(1)
  })

  it('stop cleanly at the budget, and go on when it is raised without asking twice', async () => {
    const directory = join(folder, 'budget')
    const config = (budget: number) => ({
      teacher: { ...llm, concurrency: 1 },
      models: { budget, prices: { 'openai:*': { prompt: 1000, completion: 0 } } },
    })
    // Each call costs a dollar and could cost a few: two or three fit.
    const poor = await start({ config: config(9), answer: able }, directory)
    await expect(poor.run()).rejects.toMatchObject({ code: 'BUDGET_EXHAUSTED' })
    expect(poor.requests.length).toBeGreaterThan(0)
    const spent = JSON.parse(readFileSync(join(directory, 'spending.json'), 'utf8')) as { cost: number }[]
    expect(spent.reduce((sum, { cost }) => sum + cost, 0)).toBe(poor.requests.length)
    const rich = await start({ config: config(100), answer: able }, directory)
    const result = await rich.run()
    const asked = [...poor.requests, ...rich.requests].map(({ request }) => `${request.seed} ${said(request)}`)
    expect(new Set(asked).size).toBe(asked.length)
    expect(result.spending.reduce((sum, { cost }) => sum + cost, 0)).toBe(asked.length)
  })
})

describe('a student as its own teacher', () => {
  it('sees its own steps with the hidden state beside them, and asks nobody else', async () => {
    const prompts: string[] = []
    const student = (request: GenerateRequest) => {
      const text = said(request)
      prompts.push(text)
      const box = /Confidential[\s\S]*?box (\d+)/.exec(text)?.[1]
      if (box === undefined) return ' I begin. ACTION: go to box 0'
      const take = /- (take .*)/.exec(text)?.[1]
      return `REASON:\nI have not found it.\nACTION:\n${take ?? `go to box ${box}`}`
    }
    const toy = await start({ config: { teacher: { name: 'llm', model: 'student' } }, student })
    await toy.run()
    expect(toy.requests).toEqual([])
    expect(prompts.some((text) => text.includes('Confidential'))).toBe(true)
    const corrections = read<Correction>(join(toy.directory, 'corrections/corrections-1.jsonl'))
    expect(corrections.length).toBeGreaterThan(0)
    expect(corrections.every(({ isCorrected }) => isCorrected)).toBe(true)
  })
})

describe('a teacher of whom nothing can be used', () => {
  it('is said aloud', async () => {
    const mute = (request: GenerateRequest) =>
      said(request).includes('The turns to correct') ? 'I would rather not.' : able(request)
    const toy = await start({ config: { teacher: llm }, answer: mute })
    const result = await toy.run()
    expect(result.checks[0]!.summary).toMatchObject({ kept: 0, dropped: { malformed: expect.any(Number) } })
    expect(toy.printed.join('\n')).toMatch(
      /corrections-1: nothing that the teacher said can be trained on \(\d+ malformed\)/,
    )
  })
})

describe('whose hidden state the teacher sees', () => {
  const teacherPrompts = async (teacher: object) => {
    const toy = await start({ config: { teacher: { ...llm, ...teacher } }, answer: able })
    await toy.run()
    return toy.requests.map(({ request }) => said(request)).filter((text) => text.includes('The turns to correct'))
  }
  const states = (texts: readonly string[]) => texts.map((text) => /"privileged_state": "([^"]*)"/.exec(text)?.[1])

  it("is its own, none, another task's, or one read from the log of a solution", async () => {
    const own = states(await teacherPrompts({}))
    expect(own.every((state) => state?.includes('box'))).toBe(true)
    const none = await teacherPrompts({ privilege: 'none' })
    expect(none.length).toBe(own.length)
    expect(none.join()).not.toContain('privileged')
    const other = states(await teacherPrompts({ privilege: 'other-task' }))
    expect([...other].sort()).not.toEqual([])
    expect(other.some((state, index) => state !== own[index])).toBe(true)
    expect(new Set(other).size).toBeLessThanOrEqual(new Set(own).size)
    const fromLog = states(await teacherPrompts({ state: 'log' }))
    expect(fromLog.every((state) => state?.includes('Shortest way from the beginning'))).toBe(true)
  })
})

describe('the check before any money is spent', () => {
  const withPrompt = (name: string, text: string) => {
    const own = mkdtempSync(join(folder, 'prompts-'))
    writeFileSync(join(own, `${name}.jinja`), text)
    // What is not in this folder comes from the shared prompts.
    for (const other of ['react', 'corrections', 'label-reason'])
      if (other !== name)
        writeFileSync(join(own, `${other}.jinja`), readFileSync(join(toyConfig.prompts!, `${other}.jinja`)))
    return own
  }

  it('finds a teacher prompt that leaves the hidden state out, and one that shows it where it must not', async () => {
    const deaf = withPrompt(
      'corrections',
      "{% if role == 'user' %}The turns to correct:\n{{ steps | length }}{% endif %}",
    )
    const toy = await start({ config: { teacher: llm, prompts: deaf }, answer: able })
    await expect(toy.run()).rejects.toMatchObject({ code: 'PREFLIGHT_PRIVILEGE_MISSING' })
    expect(toy.requests).toEqual([])
  })

  it('finds a model that says nothing, and a baseline whose answer cannot be read', async () => {
    const silent = await start({ config: { teacher: llm }, answer: () => '' })
    await expect(silent.run()).rejects.toMatchObject({ code: 'PREFLIGHT_MODEL_SILENT' })
    const chatty = await start({
      config: { teacher: llm, baselines: [{ react: 'openai:chatty' }] },
      answer: (request, model) => (model === 'openai:chatty' ? 'Hello!' : able(request)),
    })
    await expect(chatty.run()).rejects.toThrow(/PREFLIGHT|ACTION:/)
  })
})
