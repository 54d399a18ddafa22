import { ParameterStore } from '../../tensor/parameter-store.ts'
import type { Weight, Weights } from '../../transformer/safetensors.ts'

/** The numbers of a store by name: views, no copies. */
export function weightsOf(store: ParameterStore): Map<string, Weight> {
  return new Map(store.slots.map(({ name, shape }) => [name, { shape, data: store.get(name) }]))
}

/** A store that holds copies of these weights. */
export function storeOf(weights: Weights): ParameterStore {
  const store = new ParameterStore([...weights].map(([name, { shape }]) => ({ name, shape })))
  for (const [name, { data }] of weights) store.set(name, data)
  return store
}
