import { LeapError } from '../contracts/error.ts'
import { add } from './operations/arithmetic.ts'
import type { Tensor } from './types.ts'

/**
 * Adds the nodes that compute d(sum of `result`) / d(each of `parameters`), by reverse-mode differentiation.
 * `seed` is the gradient of `result` (same shape); by default 1 for a result of shape [].
 * Throws TENSOR_GRADIENT if the result does not depend on a parameter or passes through a node without a rule.
 */
export function gradients(result: Tensor, parameters: readonly Tensor[], seed?: Tensor): Tensor[] {
  const graph = result.graph
  if (seed === undefined && result.shape.length > 0)
    throw new LeapError({
      code: 'TENSOR_GRADIENT',
      message: `${result.name} is not of shape []: give the seed gradient`,
    })

  const depends = new Set<Tensor>(parameters)
  const nodes = [...graph.nodes]
  for (const node of nodes)
    if (node.inputs.some((input) => input !== undefined && depends.has(input)))
      for (const output of node.outputs) depends.add(output)

  const found = new Map<Tensor, Tensor>([[result, seed ?? graph.scalar(1)]])
  for (const node of nodes.toReversed()) {
    const ofOutputs = node.outputs.map((output) => found.get(output))
    if (ofOutputs.every((gradient) => gradient === undefined)) continue
    if (!node.sources.some((source) => source !== undefined && depends.has(source))) continue
    if (!node.gradient)
      throw new LeapError({
        code: 'TENSOR_GRADIENT',
        message: `${node.operator} (${node.outputs[0]?.name}) has no gradient rule`,
      })
    const ofSources = node.gradient(ofOutputs)
    node.sources.forEach((source, index) => {
      const gradient = ofSources[index]
      if (source === undefined || gradient === undefined || !depends.has(source)) return
      const earlier = found.get(source)
      found.set(source, earlier === undefined ? gradient : add(earlier, gradient))
    })
  }
  return parameters.map((parameter) => {
    const gradient = found.get(parameter)
    if (!gradient)
      throw new LeapError({ code: 'TENSOR_GRADIENT', message: `${result.name} does not depend on ${parameter.name}` })
    return gradient
  })
}
