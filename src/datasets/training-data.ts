import type { DatasetExample } from '../contracts/example.ts'
import type { TrainingData, UpdateRule } from '../contracts/trainer.ts'
import { distillExamples } from './distill-examples.ts'
import { type Mixture, mixDatasets } from './mix-datasets.ts'
import { dpoExamples, ktoExamples } from './preference-examples.ts'

export interface TrainingDataOptions {
  rule: UpdateRule
  /** Which rows sft takes of each dataset. */
  mixture: Mixture
  seed: number
}

/**
 * What line 8 of Algorithm 1 trains on, of D_0..D_i: sft aggregates all datasets, the other rules stay near the previous policy instead and
 * take the newest one alone.
 */
export function trainingData(
  datasets: readonly (readonly DatasetExample[])[],
  { rule, mixture, seed }: TrainingDataOptions,
): TrainingData {
  if (rule === 'sft') return { rule, examples: mixDatasets(datasets, mixture, seed) }
  const newest = datasets.at(-1) ?? []
  if (rule === 'dpo') return { rule, examples: dpoExamples(newest) }
  if (rule === 'kto') return { rule, examples: ktoExamples(newest) }
  return { rule, examples: distillExamples(newest) }
}
