import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Domain } from '../contracts/domain.ts'
import { createToyEnvironment } from '../execution/testing/toy-environment.ts'
import { estimateTokens } from '../models/wrappers/estimate-tokens.ts'
import { chooseTasks } from './choose-tasks.ts'
import { type ConfigInput, configSchema } from './config.ts'
import { estimateCalls } from './estimate-calls.ts'
import { promptsFor } from './renderer-for.ts'
import { runToyExperiment, toyConfig } from './testing/toy-experiment.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'leap-estimate-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const panels = { selection: 'valid', reported: [{ name: 'seen', split: 'valid' }] }
const toy = (boxes: number): Domain => ({
  environment: createToyEnvironment({ count: 8, boxes }),
  teacher: () => ({ name: 'none', correct: async () => [] }),
  panels,
})
async function estimate(domain: Domain, more: Partial<ConfigInput>) {
  const config = configSchema.parse({ ...toyConfig, ...more })
  const tasks = await chooseTasks(domain.environment, config, domain.panels)
  const found = await estimateCalls({ config, domain, tasks, prompts: promptsFor(config, domain) })
  return new Map(found.map((one) => [one.purpose, one]))
}
const asksAll: Partial<ConfigInput> = {
  demonstrations: { games: 2, labeller: 'openai:labeller' },
  teacher: { name: 'llm', model: 'openai:teacher', state: 'log' },
  corrections: { checks: { judge: 'keep', judgeModel: 'openai:judge' } },
  baselines: [{ react: 'openai:player' }],
  models: { prices: { 'openai:*': { prompt: 1, completion: 0 } } },
}

describe('the estimate of calls', () => {
  it('opens nothing where no model is asked over a network', async () => {
    const environment = createToyEnvironment({ count: 8 })
    expect((await estimate({ ...toy(3), environment }, {})).size).toBe(0)
    expect((await estimate({ ...toy(3), environment }, { teacher: { name: 'llm', model: 'student' } })).size).toBe(0)
    expect(environment.opened).toBe(0)
  })

  it('is close to what a run really asks, and no less', async () => {
    const run = await runToyExperiment({ directory: join(folder, 'run'), config: asksAll, answer })
    await run.run()
    const expected = await estimate(toy(3), asksAll)
    for (const [purpose, name, most] of [
      ['labels', 'labeller', 2],
      ['teacher', 'teacher', 2],
      // The toy's games look alike, so that many of the judge's greedy questions are one.
      ['judge', 'judge', 4],
      ['react', 'player', 2],
    ] as const) {
      const asked = run.requests
        .filter(({ model, request }) => model === `openai:${name}` && request.messages.length > 0)
        .map(({ request }) => request)
        .filter(({ messages }) => !messages.some(({ content }) => /test of the connection|log of a/.test(content)))
      const tokens = asked.reduce((sum, request) => sum + estimateTokens(request), 0)
      const { prompt, calls, cost } = expected.get(purpose)!
      expect(calls, purpose).toBeGreaterThanOrEqual(asked.length - 1)
      expect(prompt / tokens, purpose).toBeGreaterThan(0.9)
      expect(prompt / tokens, purpose).toBeLessThan(most)
      expect(cost).toBeCloseTo(prompt / 1e6, 9)
    }
    expect(expected.get('states')!.calls).toBe(5)
  })

  it("grows with what the run's own domain shows, with its length, and with the mode of the teacher", async () => {
    const teacher = { name: 'llm', model: 'openai:gpt-4o' } as const
    const few = (await estimate(toy(3), { teacher })).get('teacher')!
    const many = (await estimate(toy(60), { teacher })).get('teacher')!
    expect(many.prompt).toBeGreaterThan(2 * few.prompt)
    const long = (await estimate(toy(3), { teacher, maxSteps: 40 })).get('teacher')!
    expect(long.completion).toBeGreaterThan(5 * few.completion)
    const stepwise = (await estimate(toy(3), { teacher: { ...teacher, mode: 'step' } })).get('teacher')!
    expect(stepwise.calls).toBe(5 * 4)
    // What does not fit into one call is asked in several.
    const narrow = { teacher: { ...teacher, contextTokens: 4000 }, maxSteps: 40 }
    expect((await estimate(toy(3), narrow)).get('teacher')!.calls).toBeGreaterThan(5)
    const blind = (await estimate(toy(60), { teacher: { ...teacher, privilege: 'none' } })).get('teacher')!
    expect(blind.prompt).toBeLessThan(many.prompt)
  })
})

/** A model that can do all that a run asks for, at some length. */
function answer({ messages }: { messages: readonly { content: string }[] }): string {
  const text = messages.map(({ content }) => content).join('\n')
  const turns = /The turns to correct:\n(\[.*\])\n/s.exec(text)?.[1]
  if (turns) {
    const steps = JSON.parse(turns) as { timestep: number; candidate_actions: string[] }[]
    const trajectory = steps.map(({ timestep, candidate_actions: [, second = ''] }) => ({
      timestep,
      corrected_reason: 'I have not looked there yet.',
      corrected_action: second,
    }))
    return JSON.stringify({ summary: 's', trajectory })
  }
  if (text.includes('You judge whether')) return '{"justified": "yes", "because": "It follows."}'
  if (text.includes('You supply the thought')) return 'I look into boxes.'
  if (text.includes('log of a household')) {
    const actions = [...text.matchAll(/"action": "([^"]+)"/g)].map(([, action]) => action)
    const place = /box \d+/.exec(actions.join())![0]
    const objects = [{ object: 'ball 1', place }]
    return JSON.stringify({
      task: 't',
      essential_objects: objects,
      critical_locations: [place],
      optimal_actions: actions,
    })
  }
  return text.includes('test of the connection') ? 'ready' : 'REASON:\nLet me see.\nACTION:\ngo to box 9'
}
