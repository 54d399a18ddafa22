import { gradients } from '../../../tensor/gradients.ts'
import { Graph } from '../../../tensor/graph.ts'
import { hostTensor, openSession } from '../../../tensor/session.ts'
import type { DataType, Tensor, TensorData } from '../../../tensor/types.ts'
import type { Objective } from '../objective.ts'

/** What an objective is fed beside the logits, by name: numbers, and their type if not float32. */
export type ObjectiveFeeds = Record<string, { data: ArrayLike<number>; shape: readonly number[]; type?: 'int32' }>

/** For tests: an objective on given logits [n, vocabulary], its inputs as constants of the graph. */
export function buildObjective(
  objective: Objective,
  logits: Tensor,
  { targets, ...feeds }: ObjectiveFeeds,
): ReturnType<Objective> {
  const { graph } = logits
  const constant = (type: DataType, { data, shape }: ObjectiveFeeds[string]) => {
    const numbers: TensorData = type === 'int32' ? Int32Array.from(data) : Float32Array.from(data)
    return graph.constant(type, shape, numbers)
  }
  const count = Number(logits.shape[0])
  const ones = { data: new Float32Array(count).fill(1), shape: [count] }
  return objective({
    graph,
    logits,
    targets: constant('int32', targets ?? { data: new Int32Array(count), shape: [count] }),
    weights: constant('float32', ones),
    input: (name, type) => constant(type, feeds[name]!),
  })
}

/** For tests: the loss on given logits, its other outputs, and the gradient by the logits. */
export async function evaluateObjective(
  objective: Objective,
  rows: readonly (readonly number[])[],
  feeds: ObjectiveFeeds,
): Promise<{ loss: number; gradient: number[][]; outputs: Record<string, number> }> {
  const graph = new Graph()
  const shape = [rows.length, rows[0]!.length]
  const logits = graph.input('logits', 'float32', shape)
  const { loss, outputs = {} } = buildObjective(objective, logits, feeds)
  graph.output('loss', loss)
  for (const [name, tensor] of Object.entries(outputs)) graph.output(name, tensor)
  graph.output('gradient', gradients(loss, [logits])[0]!)
  const session = await openSession(graph, { threads: 1 })
  try {
    const results = await session.run({ logits: hostTensor('float32', Float32Array.from(rows.flat()), shape) })
    const numbers = (name: string) => [...(results[name]!.data as Float32Array)]
    const flat = numbers('gradient')
    return {
      loss: numbers('loss')[0]!,
      gradient: rows.map((row, index) => flat.slice(index * row.length, (index + 1) * row.length)),
      outputs: Object.fromEntries(Object.keys(outputs).map((name) => [name, numbers(name)[0]!])),
    }
  } finally {
    await session.dispose()
  }
}
