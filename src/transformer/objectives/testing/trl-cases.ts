import { distillObjective } from '../distill.ts'
import { dpoObjective } from '../dpo.ts'
import { ktoObjective } from '../kto.ts'
import type { Objective } from '../objective.ts'
import type { ObjectiveFeeds } from './evaluate-objective.ts'

interface Case {
  loss: number
  gradient: number[][]
}
interface Completions {
  logits: number[][]
  targets: number[]
  /** Completion of each row of logits. */
  segments: number[]
  reference: number[]
}

/** What bench/peer-trl.py writes: losses and gradients of TRL's own code on given logits. */
export interface TrlFixture {
  versions: string
  /** Three chosen completions, then the three rejected ones. */
  dpo: Completions & { cases: (Case & { beta: number; sft: number })[] }
  kto: Completions & {
    labels: boolean[]
    cases: (Case & { beta: number; desirable: number; undesirable: number; kl: number })[]
  }
  distill: {
    logits: number[][]
    teacher: number[][]
    cases: (Case & { divergence: 'forward' | 'reverse' | 'mixed'; mixture: number; temperature: number })[]
  }
}

/** The same case for our objectives. TRL's numbers are means: `total` is what ours, sums, have to be divided by. */
export interface ObjectiveCase {
  name: string
  objective: Objective
  logits: number[][]
  feeds: ObjectiveFeeds
  total: number
  expected: Case
}

const vector = (data: readonly number[]) => ({ data, shape: [data.length] })
const integers = (data: readonly number[]) => ({ data, shape: [data.length], type: 'int32' as const })

/** All cases of the fixture. */
export function trlCases({ dpo, kto, distill }: TrlFixture): ObjectiveCase[] {
  const completions = ({ targets, segments, reference }: Completions) => ({
    targets: integers(targets),
    segments: integers(segments),
    reference: vector(reference),
  })
  const pairs = dpo.reference.length / 2
  const chosenTokens = dpo.segments.filter((segment) => segment < pairs).length
  return [
    ...dpo.cases.map(
      ({ beta, sft, ...expected }): ObjectiveCase => ({
        name: `dpo, beta ${beta}, sft ${sft}`,
        objective: dpoObjective({ beta, sft }),
        logits: dpo.logits,
        feeds: {
          ...completions(dpo),
          pairOf: integers(dpo.reference.map((_, completion) => completion % pairs)),
          signs: vector(dpo.reference.map((_, completion) => (completion < pairs ? 1 : -1))),
          pairWeights: vector(Array(pairs).fill(1)),
          sftWeights: vector(dpo.segments.map((segment) => (segment < pairs ? (sft * pairs) / chosenTokens : 0))),
        },
        total: pairs,
        expected,
      }),
    ),
    ...kto.cases.map(
      ({ beta, desirable, undesirable, kl, ...expected }): ObjectiveCase => ({
        name: `kto, beta ${beta}, weights ${desirable} and ${undesirable}, kl ${kl}`,
        objective: ktoObjective({ beta }),
        logits: kto.logits,
        feeds: {
          ...completions(kto),
          labels: vector(kto.labels.map((label) => (label ? 1 : -1))),
          rowWeights: vector(kto.labels.map((label) => (label ? desirable : undesirable))),
          kl: { data: [kl], shape: [] },
        },
        total: kto.labels.length,
        expected,
      }),
    ),
    ...distill.cases.map(
      ({ divergence, mixture, temperature, ...expected }): ObjectiveCase => ({
        name: `distill, ${divergence}, mixture ${mixture}, temperature ${temperature}`,
        objective: distillObjective({ divergence, mixture, temperature }),
        logits: distill.logits,
        feeds: {
          teacher: { data: distill.teacher.flat(), shape: [distill.teacher.length, distill.teacher[0]!.length] },
        },
        total: distill.logits.length,
        expected,
      }),
    ),
  ]
}
