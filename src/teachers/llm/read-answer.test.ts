import { describe, expect, it } from 'vitest'
import { readAnswer } from './read-answer.ts'
import { askedSteps, malformedAnswers } from './testing/malformed-answers.ts'

describe('an answer of a teacher', () => {
  it.each(malformedAnswers.map((answer) => [answer.what, answer] as const))('%s', (_, answer) => {
    const { steps, left, problems } = readAnswer(answer.text, askedSteps, { isCut: answer.isCut ?? false })
    const read = Object.fromEntries([...steps].map(([index, { reason, action }]) => [index, [reason, action]]))
    expect({ read, problems }).toMatchObject({ read: answer.steps })
    expect(Object.keys(read)).toEqual(Object.keys(answer.steps))
    expect([...left]).toEqual(answer.left ?? [])
    const missing = askedSteps.filter(({ index }) => !steps.has(index) && !left.has(index))
    // Nothing disappears without a word.
    expect(problems.length > 0).toBe(missing.length > 0 || answer.problem !== undefined)
    if (answer.problem !== undefined) expect(problems.join('\n')).toContain(answer.problem)
  })

  it('is tried with at least 60 different ones', () => {
    expect(new Set(malformedAnswers.map(({ text }) => text)).size).toBeGreaterThanOrEqual(60)
    expect(new Set(malformedAnswers.map(({ what }) => what)).size).toBe(malformedAnswers.length)
  })

  it('counts from where the window begins if its numbers fit nowhere else', () => {
    const asked = [10, 11].map((index) => ({ index, action: 'look' }))
    const answer = (first: number) =>
      JSON.stringify([0, 1].map((i) => ({ timestep: first + i, reason: `r${i}`, action: `a${i}` })))
    for (const first of [10, 11, 0, 1]) {
      const { steps } = readAnswer(answer(first), asked)
      // Numbers from 11 on fit the second step as they stand, and both steps if counted from 1.
      expect([...steps.keys()], `from ${first}`).toEqual([10, 11])
      expect(steps.get(10)).toEqual({ reason: 'r0', action: 'a0' })
    }
  })

  it('keeps the lines of a command apart, and makes one line of a reason', () => {
    const action = 'cd /depot\nls -a | wc -l'
    const entry = { timestep: 0, corrected_reason: 'I look\nfirst.', corrected_action: `${action}\n` }
    const { steps } = readAnswer(JSON.stringify({ trajectory: [entry] }), [{ index: 0, action: 'ls' }])
    expect(steps.get(0)).toEqual({ reason: 'I look first.', action })
  })

  it('keeps the summary', () => {
    expect(readAnswer('{"summary": "It loops.", "trajectory": []}', askedSteps).summary).toBe('It loops.')
  })
})
