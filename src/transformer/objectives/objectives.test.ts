import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkGradients } from '../../tensor/check-gradients.ts'
import { buildObjective, evaluateObjective } from './testing/evaluate-objective.ts'
import { type TrlFixture, trlCases } from './testing/trl-cases.ts'

const fixture = JSON.parse(readFileSync(new URL('./fixtures/trl.json', import.meta.url), 'utf8')) as TrlFixture
const cases = trlCases(fixture)

describe('update rules', () => {
  it.each(cases)('have the loss and the gradient that TRL has on the same logits: $name', async (one) => {
    const { loss, gradient } = await evaluateObjective(one.objective, one.logits, one.feeds)
    expect(Math.abs(loss / one.total - one.expected.loss)).toBeLessThan(1e-5)
    const differences = gradient.flatMap((row, index) =>
      row.map((number, column) => Math.abs(number / one.total - one.expected.gradient[index]![column]!)),
    )
    expect(Math.max(...differences)).toBeLessThan(1e-6)
    // The comparison means something: there are gradients to be compared.
    expect(Math.max(...one.expected.gradient.flat().map(Math.abs))).toBeGreaterThan(1e-3)
  })

  it.each(cases)('have gradients equal to finite differences: $name', async (one) => {
    const shape = [one.logits.length, one.logits[0]!.length]
    const { errors } = await checkGradients(
      (logits) => buildObjective(one.objective, logits, one.feeds).loss,
      [{ shape, from: -2, to: 2 }],
    )
    expect(errors[0]).toBeLessThan(2e-3)
  })

  it('say how many pairs are won, and what a desirable answer has gained', async () => {
    const [dpo, , , kto] = cases
    const pairs = await evaluateObjective(dpo!.objective, dpo!.logits, dpo!.feeds)
    const { segments, targets, reference } = fixture.dpo
    const logProbability = (completion: number) =>
      fixture.dpo.logits.reduce((sum, row, index) => {
        if (segments[index] !== completion) return sum
        return sum + row[targets[index]!]! - Math.log(row.reduce((total, number) => total + Math.exp(number), 0))
      }, 0)
    const gain = (completion: number) => logProbability(completion) - reference[completion]!
    const won = [0, 1, 2].filter((pair) => gain(pair) > gain(pair + 3)).length
    expect(pairs.outputs['metric:accuracy']).toBe(won)
    const rows = await evaluateObjective(kto!.objective, kto!.logits, kto!.feeds)
    expect(rows.outputs['metric:reward']).not.toBe(0)
  })
})
