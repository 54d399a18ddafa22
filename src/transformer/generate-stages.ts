import { Graph } from '../tensor/graph.ts'
import { add } from '../tensor/operations/arithmetic.ts'
import { attention } from '../tensor/operations/attention.ts'
import { lessOrEqual, where } from '../tensor/operations/comparison.ts'
import { gatherRows } from '../tensor/operations/indexing.ts'
import { reshape } from '../tensor/operations/shape.ts'
import type { Tensor } from '../tensor/types.ts'
import { headSize, keyValueHeads, type LlamaConfig } from './config.ts'
import { attentionOutput, feedForward, type LlamaBuild, llamaLogits, norm, queriesKeysValues } from './llama.ts'
import type { Weights } from './safetensors.ts'

/**
 * Cached decoding is cut into one graph per layer boundary, so that between two of them the new keys and values can be put into the cache
 * that the next one reads in place: attention then runs over one gap-free buffer, nothing of the past is copied, and the sum over the past
 * has the same order whether a token came with a long prompt or alone. Graphs:
 *
 *     enter            tokens, positions [batch, tokens], columns [capacity]  -> nextHidden, nextQueries, nextKeys, nextValues, mask
 *     layer 0 .. n-2   hidden, queries, mask, cachedKeys, cachedValues        -> nextHidden, nextQueries, nextKeys, nextValues
 *     layer n-1        the same and `wanted` [n] rows of hidden               -> logits [n, vocabulary]
 *
 * with hidden [batch * tokens, hidden_size], queries [batch, heads, tokens, size], keys and values [batch, keyHeads, tokens, size],
 * mask [batch, 1, tokens, capacity], cached [batch, keyHeads, capacity, size].
 */
export function buildEnterStage(config: LlamaConfig, weights: Weights): Graph {
  const { graph, build, tokens, positions } = beginStage(config, weights)
  const columns = graph.input('columns', 'int32', ['capacity'])
  const embedding = build.parameter('model.embed_tokens.weight', [config.vocab_size, config.hidden_size])
  const hidden = reshape(gatherRows(embedding, tokens), ['rows', config.hidden_size])
  attendWith(build, 0, hidden)
  // A token sees itself and what comes before it; columns that hold nothing yet lie behind every token.
  const visible = lessOrEqual(columns, reshape(positions, ['batch', 1, 'tokens', 1]))
  graph.output('mask', where(visible, graph.scalar(0), graph.scalar(unseen)))
  return graph
}

/** Finite, so that no row of scores is all minus infinity; its exponential is exactly 0. */
const unseen = -1e9

export function buildLayerStage(config: LlamaConfig, weights: Weights, layer: number): Graph {
  const { graph, build } = beginStage(config, weights)
  const size = headSize(config)
  const hidden = graph.input('hidden', 'float32', ['rows', config.hidden_size])
  const queries = graph.input('queries', 'float32', ['batch', config.num_attention_heads, 'tokens', size])
  const mask = graph.input('mask', 'float32', ['batch', 1, 'tokens', 'capacity'])
  const cached = (name: string) => graph.input(name, 'float32', ['batch', keyValueHeads(config), 'capacity', size])
  const context = attention(queries, cached('cachedKeys'), cached('cachedValues'), mask)
  const attended = attentionOutput(build, layer, context)
  if (layer + 1 < config.num_hidden_layers) {
    attendWith(build, layer + 1, finishLayer(build, layer, hidden, attended))
    return graph
  }
  const wanted = graph.input('wanted', 'int32', ['wanted'])
  const last = finishLayer(build, layer, gatherRows(hidden, wanted), gatherRows(attended, wanted))
  graph.output('logits', llamaLogits(build, norm(build, last, 'model.norm')))
  return graph
}

type StageBuild = Omit<LlamaBuild, 'attend'>

function beginStage(
  config: LlamaConfig,
  weights: Weights,
): { graph: Graph; build: StageBuild; tokens: Tensor; positions: Tensor } {
  const graph = new Graph()
  const tokens = graph.input('tokens', 'int32', ['batch', 'tokens'])
  const positions = graph.input('positions', 'int32', ['batch', 'tokens'])
  const parameter: LlamaBuild['parameter'] = (name, shape) =>
    graph.once(`parameter ${name}`, () => graph.constant('float32', shape, weights.get(name)!.data, name))
  return { graph, tokens, positions, build: { config, parameter, tokens, positions } }
}

/** Outputs the residual stream and what layer `layer` attends with. */
function attendWith(build: StageBuild, layer: number, hidden: Tensor): void {
  const graph = hidden.graph
  const { queries, keys, values } = queriesKeysValues(
    build,
    layer,
    norm(build, hidden, `model.layers.${layer}.input_layernorm`),
  )
  graph.output('nextHidden', hidden)
  graph.output('nextQueries', queries)
  graph.output('nextKeys', keys)
  graph.output('nextValues', values)
}

function finishLayer(build: StageBuild, layer: number, hidden: Tensor, attended: Tensor): Tensor {
  const sum = add(hidden, attended)
  return add(sum, feedForward(build, layer, norm(build, sum, `model.layers.${layer}.post_attention_layernorm`)))
}
