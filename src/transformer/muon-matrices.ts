import type { MuonMatrix } from '../tensor/muon.ts'
import type { ParameterSlot } from '../tensor/parameter-store.ts'
import type { LlamaConfig } from './config.ts'
import { type Projection, projectionPath, projections } from './parameters.ts'

/**
 * Sorts trained parameters into those that Muon updates, the projections inside decoder layers, and the rest: embeddings, head,
 * norms, biases and the matrices of an adapter, whose rows and columns Muon's reasoning about hidden layers does not cover.
 */
export function splitForMuon(
  config: LlamaConfig,
  slots: readonly ParameterSlot[],
  decay: number,
): { matrices: MuonMatrix[]; others: ParameterSlot[] } {
  const names = new Set<string>()
  for (let layer = 0; layer < config.num_hidden_layers; layer++)
    for (const projection of Object.keys(projections) as Projection[])
      names.add(`${projectionPath(layer, projection)}.weight`)
  const matrices = slots
    .filter(({ name }) => names.has(name))
    .map(({ offset, shape }): MuonMatrix => ({ offset, rows: shape[0]!, columns: shape[1]!, decay }))
  return { matrices, others: slots.filter(({ name }) => !names.has(name)) }
}
