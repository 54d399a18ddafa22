import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openPrompts } from './open-prompts.ts'

const root = fileURLToPath(new URL('../../../prompts', import.meta.url))
const environments = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'common')
  .map(({ name }) => name)

const state = 'HIDDEN STATE'
const seen = { instruction: 'THE TASK', observation: 'THE OBSERVATION', candidates: ['CANDIDATE ONE', 'CANDIDATE TWO'] }
// An opening that only repeats the task may be left out.
const history = [
  { observation: 'THE OPENING', reason: 'EARLIER THOUGHT', action: 'EARLIER ACTION' },
  { observation: 'THE PAST', reason: 'LATER THOUGHT', action: 'LATER ACTION' },
]
const now = { ...seen, history, reason: 'THE REASON', action: 'THE ACTION' }
const step = {
  timestep: 7,
  observation: seen.observation,
  candidate_actions: seen.candidates,
  reason: 'THE REASON',
  action: 'THE ACTION',
}

describe.each(environments)('the prompts of %s', (environment) => {
  const prompts = openPrompts({ environment })
  const all = (name: Parameters<typeof prompts.get>[0], variables: object) =>
    prompts
      .get(name)
      .messages({ ...variables })
      .map(({ content }) => content)
      .join('\n')

  it('tell a teacher of each level its own, and show the hidden state to those alone who may see it', () => {
    const texts = [1, 2, 3, 4, 5].map((level) => {
      const privileged = level > 1
      const steps = [privileged ? { ...step, privileged_state: state } : step]
      return all('corrections', { level, privileged, instruction: 'THE TASK', outcome: 'was lost', steps })
    })
    expect(new Set(texts).size).toBe(5)
    for (const [index, text] of texts.entries()) {
      expect(text.includes(state), `level ${index + 1}`).toBe(index > 0)
      for (const part of [
        'THE TASK',
        'THE OBSERVATION',
        'CANDIDATE ONE',
        'THE REASON',
        'corrected_reason',
        '"timestep"',
      ])
        expect(text, `level ${index + 1}`).toContain(part)
    }
    expect(texts[0]).not.toMatch(/privileged/i)
    for (const [privileged, level] of [
      [false, 1],
      [true, 3],
    ] as const) {
      const text = all('correct-step', { ...now, level, privileged, state })
      expect(text.includes(state)).toBe(privileged)
      for (const part of ['THE TASK', 'THE PAST', 'THE OBSERVATION', 'THE REASON', 'REASON:', 'ACTION:'])
        expect(text).toContain(part)
    }
  })

  it('show the student no earlier reasons, a baseline its own, and a labeller nothing but the past', () => {
    const student = prompts.get('student').text('user', now)
    for (const part of ['THE TASK', 'THE PAST', 'EARLIER ACTION', 'THE OBSERVATION', 'ACTION:'])
      expect(student).toContain(part)
    expect(student).not.toContain('EARLIER THOUGHT')
    expect(prompts.get('student').text('assistant', now)).toMatch(/THE REASON[\s\S]*THE ACTION/)
    expect(prompts.get('react').text('user', now)).toContain('EARLIER THOUGHT')
    const label = all('label-reason', { ...seen, history, action: 'THE ACTION' })
    for (const part of ['THE TASK', 'THE PAST', 'THE OBSERVATION', 'THE ACTION']) expect(label).toContain(part)
  })
})
