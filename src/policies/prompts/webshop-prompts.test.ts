import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openPrompts, type PromptName } from './open-prompts.ts'

const golden = fileURLToPath(new URL('./testing/golden-webshop/', import.meta.url))
const prompts = openPrompts({ environment: 'webshop' })

const instruction = 'i need a navy wool coat, and price lower than 90.00 dollars'
const candidates = ['click[back to search]', 'click[next >]', 'click[item - warm wool coat]']
const observation = 'Instruction:\ni need a navy wool coat\nPage 1 (Total results: 1)'
const history = [{ observation: 'WebShop', reason: 'I search for it.', action: 'search[navy wool coat]' }]
const now = { instruction, history, observation, candidates }
const state = 'These options have to be chosen: navy.'
const steps = [
  {
    timestep: 0,
    observation: 'WebShop',
    candidate_actions: ['search[<search query>]'],
    reason: 'r',
    action: 'search[coat]',
    privileged_state: state,
  },
  {
    timestep: 1,
    observation,
    candidate_actions: candidates,
    reason: 'r',
    action: 'click[next >]',
    privileged_state: 'unchanged',
  },
]
const corrections = { instruction, outcome: 'ended without a purchase', steps, privileged: true }
const decided = { reason: 'It says wool coat.', action: 'click[item - warm wool coat]' }
const cases: Record<string, [PromptName, Record<string, unknown>]> = {
  student: ['student', { ...now, ...decided }],
  'student-first-step': ['student', { ...now, ...decided, history: [], candidates: ['search[<search query>]'] }],
  react: ['react', { ...now, ...decided }],
  'corrections-1': [
    'corrections',
    { ...corrections, level: 1, privileged: false, steps: steps.map(({ privileged_state: _, ...step }) => step) },
  ],
  ...Object.fromEntries(
    [2, 3, 4, 5].map((level) => [`corrections-${level}`, ['corrections', { ...corrections, level }]]),
  ),
  'correct-step-unprivileged': ['correct-step', { ...now, ...decided, level: 1, privileged: false }],
  ...Object.fromEntries(
    [2, 3, 4, 5].map((level) => [
      `correct-step-${level}`,
      ['correct-step', { ...now, ...decided, level, privileged: true, state }],
    ]),
  ),
  'label-reason': ['label-reason', { ...now, action: 'click[next >]' }],
}

describe('the prompts for shopping', () => {
  it.each(Object.entries(cases))('%s is rendered as its golden file says', async (name, [template, variables]) => {
    const messages = prompts.get(template).messages(variables)
    const text = messages.map(({ role, content }) => `=== ${role}\n${content}\n`).join('')
    await expect(text).toMatchFileSnapshot(join(golden, `${name}.txt`))
  })

  it('have a golden file each, and no golden file is left over', () => {
    const templates = readdirSync(fileURLToPath(new URL('../../../prompts/webshop', import.meta.url)))
    const rendered = new Set(Object.values(cases).map(([name]) => `${name}.jinja`))
    expect(templates.filter((name) => !rendered.has(name))).toEqual([])
    expect(readdirSync(golden).sort()).toEqual(
      Object.keys(cases)
        .map((name) => `${name}.txt`)
        .sort(),
    )
  })

  it('show the hidden state where there is privilege, and nowhere else', () => {
    const shown = (level: number, privileged: boolean) =>
      prompts
        .get('correct-step')
        .text('user', { ...now, ...decided, level, privileged, state })
        .includes(state)
    expect([2, 3, 4, 5].map((level) => shown(level, true))).toEqual([true, true, true, true])
    expect(shown(1, false)).toBe(false)
    expect(
      new Set([1, 2, 3, 4, 5].map((level) => prompts.get('corrections').text('system', { ...corrections, level })))
        .size,
    ).toBe(5)
  })
})
