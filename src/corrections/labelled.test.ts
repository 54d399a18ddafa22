import { beforeAll, describe, expect, it } from 'vitest'
import { openPrompts } from '../policies/prompts/open-prompts.ts'
import { createBlindJudge } from '../teachers/llm/judge.ts'
import { createHistoryJudge } from './testing/history-judge.ts'
import { type LabelledCorrection, labelledCorrections } from './testing/labelled-corrections.ts'
import { measure, measureLexicalChecks } from './testing/measure-checks.ts'

/**
 * Precision and recall when they were last measured (`npm run bench -- checks` prints them with the other checks'). What is missed: secrets in words
 * that no pattern has.
 */
const floors = {
  'lexical leak': { precision: 0.99, recall: 0.93 },
  'mention leak': { precision: 0.98, recall: 0.9 },
  'both together': { precision: 0.99, recall: 0.92 },
}

describe('the checks on labelled corrections', () => {
  let labelled: LabelledCorrection[]
  beforeAll(async () => {
    labelled = await labelledCorrections()
  })

  it('are measured on a set that is large enough and has both kinds', () => {
    expect(labelled.length).toBeGreaterThanOrEqual(500)
    expect(labelled.filter(({ leak, mention }) => leak || mention).length).toBeGreaterThanOrEqual(100)
    expect(labelled.filter(({ leak, mention }) => !leak && !mention).length).toBeGreaterThanOrEqual(150)
    const sources = Map.groupBy(labelled, ({ source }) => source)
    for (const level of [1, 2, 3, 4, 5]) expect(sources.get(`level ${level}`)).toHaveLength(24)
    // The scripted teacher gives nothing away up to level 3.
    for (const level of [1, 2, 3]) expect(sources.get(`level ${level}`)!.some(({ leak }) => leak)).toBe(false)
    expect(sources.get('level 5')!.filter(({ leak }) => leak).length).toBeGreaterThan(5)
  })

  it('are no worse than when they were last measured', () => {
    for (const { check, precision, recall, wrong, missed } of measureLexicalChecks(labelled)) {
      const floor = floors[check as keyof typeof floors]
      const reasons = [...wrong, ...missed].map(({ reason }) => reason).join('\n')
      expect(precision, `precision of ${check}\n${reasons}`).toBeGreaterThanOrEqual(floor.precision)
      expect(recall, `recall of ${check}\n${reasons}`).toBeGreaterThanOrEqual(floor.recall)
    }
  })

  it('hold on sentences that were written after them', () => {
    const unseen = labelled.filter(({ source }) => source === 'hand, unseen')
    const [leak, mention] = measureLexicalChecks(unseen)
    expect(leak!.precision).toBeGreaterThanOrEqual(0.97)
    expect(leak!.recall).toBeGreaterThanOrEqual(0.7)
    expect(mention!.precision).toBeGreaterThanOrEqual(0.97)
    expect(mention!.recall).toBeGreaterThanOrEqual(0.5)
  })

  it('can be made by a judge that reads nothing but its prompt: it holds the record and no secret', async () => {
    const unseen = labelled.filter(({ source }) => source === 'hand, unseen')
    const judge = createBlindJudge({ model: createHistoryJudge(), prompts: openPrompts({ environment: 'alfworld' }) })
    const rejected = new Set<LabelledCorrection>()
    for (const one of unseen) {
      const { trajectory, step, reason } = one
      const { justified } = await judge(trajectory, { step, reason, action: 'look' }, { seed: 1 })
      expect(justified).toBeTypeOf('boolean')
      if (justified === false) rejected.add(one)
    }
    const isBad = ({ leak, mention }: LabelledCorrection) => leak || mention
    const { precision, recall } = measure('judge', unseen, (one) => rejected.has(one), isBad)
    expect(precision).toBeGreaterThanOrEqual(0.95)
    expect(recall).toBeGreaterThanOrEqual(0.6)
  })
})
