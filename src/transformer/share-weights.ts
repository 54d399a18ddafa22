import { ParameterStore } from '../tensor/parameter-store.ts'
import type { Weights } from './safetensors.ts'

/** The same numbers in shared memory: threads that are handed them read them where they are, instead of getting copies. */
export function shareWeights(weights: Weights): Weights {
  const store = new ParameterStore([...weights].map(([name, { shape }]) => ({ name, shape })))
  for (const [name, { data }] of weights) store.set(name, data)
  return new Map(store.slots.map(({ name, shape }) => [name, { shape, data: store.get(name) }]))
}
