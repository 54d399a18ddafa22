import type { TrainingData, TrainRequest, UpdateRule } from '../../../contracts/trainer.ts'
import type { Objective } from '../../../transformer/objectives/objective.ts'
import type { PackedBatch } from '../../../transformer/packed-batch.ts'
import type { PackingOptions } from '../../../transformer/packing.ts'
import type { TokenExample } from '../../../transformer/token-example.ts'
import type { TrainingBatch } from '../../../transformer/train-loop.ts'
import type { TrainedModel } from '../model.ts'
import type { ResolvedTrainingSettings } from '../settings.ts'

/** What a rule makes its training of. */
export interface RuleContext {
  request: TrainRequest
  /** The model before its first update. */
  model: TrainedModel
  settings: ResolvedTrainingSettings
  packing: PackingOptions
}

/** A training of one rule, made ready. */
export interface RuleTraining {
  objective?: Objective
  /** What is packed, shuffled and trained on. */
  examples: readonly TokenExample[]
  /** What determines the result beside the examples, the settings and the model in training. */
  decisive: readonly (string | Int32Array | Float32Array)[]
  /** Called once before the first update with the weights that the training starts from; `id` names this very training. */
  begin?(id: string): Promise<void>
  /** Adds to a batch what the objective is fed. Called while weights stand still. */
  prepare?(batch: PackedBatch): TrainingBatch | Promise<TrainingBatch>
  close?(): Promise<void>
}

/** Makes ready a training on the examples of a rule. Throws EXAMPLE_EMPTY, EXAMPLE_TOO_LONG, DATA_EMPTY, and what the rule has to say about its data. */
export type RuleFactory<Rule extends UpdateRule> = (
  examples: Extract<TrainingData, { rule: Rule }>['examples'],
  context: RuleContext,
) => Promise<RuleTraining>
