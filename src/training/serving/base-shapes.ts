import { isAbsolute, join, resolve } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import { readJson } from '../../transformer/checkpoint.ts'
import { type LlamaConfig, parseLlamaConfig } from '../../transformer/config.ts'
import { type Projection, projectionPath, projectionShape, projections } from '../../transformer/parameters.ts'

/**
 * Shapes [out, in] of the base's matrices by module, from its config.json or the copy that training left beside the adapter. Undefined where neither is
 * there, or where the base is of a family that Leap does not know: then only the adapter's own consistency can be checked.
 */
export async function baseShapes(folder: string, base: string): Promise<Map<string, [number, number]> | undefined> {
  const config = await findConfig(folder, base)
  if (!config) return undefined
  const shapes = new Map<string, [number, number]>()
  for (let layer = 0; layer < config.num_hidden_layers; layer++)
    for (const projection of Object.keys(projections) as Projection[])
      shapes.set(projectionPath(layer, projection), projectionShape(config, projection))
  return shapes
}

/** What must be the same in the base that an adapter was trained on and the one that it is used with. */
const decisive = [
  'hidden_size',
  'intermediate_size',
  'num_hidden_layers',
  'num_attention_heads',
  'num_key_value_heads',
  'vocab_size',
] as const

/**
 * Where the base's folder and the copy of its settings beside the adapter are both there: what differs, in words. A base that was replaced after the training
 * may have matrices of the same shapes, and the adapter then does something else without a sign of it.
 */
export async function baseDifference(folder: string, base: string): Promise<string | undefined> {
  const trainedOn = (await readJson(folder, 'base_config.json', null)) as Record<string, unknown> | null
  for (const place of base === '' ? [] : isAbsolute(base) ? [base] : [join(folder, base), resolve(base)]) {
    const found = (await readJson(place, 'config.json', null)) as Record<string, unknown> | null
    if (!trainedOn || !found) continue
    const field = decisive.find(
      (name) => trainedOn[name] !== undefined && found[name] !== undefined && trainedOn[name] !== found[name],
    )
    return field && `${field} was ${trainedOn[field]} and is ${found[field]}`
  }
  return undefined
}

async function findConfig(folder: string, base: string): Promise<LlamaConfig | undefined> {
  const folders = base === '' ? [] : isAbsolute(base) ? [base] : [join(folder, base), resolve(base)]
  const places = [...folders.map((one) => [one, 'config.json'] as const), [folder, 'base_config.json'] as const]
  for (const [place, name] of places) {
    const found = await readJson(place, name, null)
    if (found === null) continue
    try {
      return parseLlamaConfig(found, join(place, name))
    } catch (error) {
      if (LeapError.is(error)) return undefined
      throw error
    }
  }
  return undefined
}
