import { gradients } from '../tensor/gradients.ts'
import { Graph } from '../tensor/graph.ts'
import { gatherRows } from '../tensor/operations/indexing.ts'
import type { Tensor } from '../tensor/types.ts'
import type { LlamaConfig } from './config.ts'
import { llamaHidden, llamaLogits, treeAttention } from './llama.ts'
import type { LoraSettings } from './lora.ts'
import { nextToken } from './objectives/next-token.ts'
import type { Objective } from './objectives/objective.ts'

/** The number of columns of a batch must be a multiple of this: attention is computed in so many parts. */
export const attentionParts = 4

/**
 * Inputs of every graph over a {@link PackedBatch}: `tokens`, `positions`, `ends` int32 [batch, tokens]; `lossRows`, `targets`
 * int32 [losses]; `weights` float32 [losses]; one float32 input per parameter, by its name; with LoRA dropout also
 * `dropoutRows` float32 [batch * tokens], and what the objective asks for.
 */
export interface TrainingGraphOptions {
  lora?: LoraSettings | undefined
  /** Names of the parameters to differentiate by; none = forward only. */
  trainable?: readonly string[]
  /** What is minimised; default: -log p of the targets. */
  objective?: Objective | undefined
}

/** Name of the output that holds the gradient of the loss by a parameter. */
export function gradientName(parameter: string): string {
  return `gradient:${parameter}`
}

/**
 * Forward (and backward) pass over a packed batch. Outputs: `loss` [], the objective's sum over the batch, what else the objective puts out,
 * and `gradient:<name>` of `loss` by each trainable parameter.
 */
export function buildTrainingGraph(config: LlamaConfig, options: TrainingGraphOptions = {}): Graph {
  const { lora, trainable = [], objective = nextToken } = options
  const graph = new Graph()
  const tokens = graph.input('tokens', 'int32', ['batch', 'tokens'])
  const positions = graph.input('positions', 'int32', ['batch', 'tokens'])
  const ends = graph.input('ends', 'int32', ['batch', 'tokens'])
  const lossRows = graph.input('lossRows', 'int32', ['losses'])
  const targets = graph.input('targets', 'int32', ['losses'])
  const weights = graph.input('weights', 'float32', ['losses'])
  const dropoutRows =
    lora && lora.dropout > 0 && trainable.length > 0 ? graph.input('dropoutRows', 'float32', ['rows']) : undefined

  const parameters = new Map<string, Tensor>()
  const parameter = (name: string, shape: readonly number[]) => {
    const known = parameters.get(name) ?? graph.input(name, 'float32', shape)
    parameters.set(name, known)
    return known
  }
  const build = { config, lora, parameter, tokens, positions, dropoutRows, attend: treeAttention(ends, attentionParts) }
  const logits = llamaLogits(build, gatherRows(llamaHidden(build), lossRows))
  const { loss, outputs = {} } = objective({
    graph,
    logits,
    targets,
    weights,
    input: (name, type, shape) => graph.input(name, type, shape),
  })
  graph.output('loss', loss)
  for (const [name, tensor] of Object.entries(outputs)) graph.output(name, tensor)
  const wanted = trainable.map((name) => parameters.get(name)!)
  gradients(loss, wanted).forEach((gradient, index) => {
    graph.output(gradientName(trainable[index]!), gradient)
  })
  return graph
}
