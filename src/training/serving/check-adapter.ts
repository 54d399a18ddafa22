import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { LeapError } from '../../contracts/error.ts'
import { readJson } from '../../transformer/checkpoint.ts'
import { baseDifference, baseShapes } from './base-shapes.ts'
import { readSafetensorsHeader, type TensorEntry } from './safetensors-header.ts'
import { scanTensor } from './scan-tensor.ts'

const configSchema = z.looseObject({
  peft_type: z.literal('LORA'),
  r: z.number().int().positive(),
  target_modules: z.union([z.string(), z.array(z.string()).min(1)]),
  base_model_name_or_path: z.string().nullish(),
  use_dora: z.boolean().nullish(),
  modules_to_save: z.array(z.string()).nullish(),
  rank_pattern: z.record(z.string(), z.number()).nullish(),
})

export interface CheckedAdapter {
  /** The largest rank of its matrices: what a server must allow. */
  rank: number
  /** Modules that it changes, for example `q_proj`. */
  targets: string[]
  layers: number
  /** Bytes of its numbers. */
  bytes: number
  base: string
}

const matrixName = /^base_model\.model\.(.+)\.lora_(A|B)\.weight$/

/**
 * Checks a PEFT adapter folder without Python and before a server sees it: a whole file, names that a server understands (one with another
 * prefix loads "successfully" elsewhere and changes nothing), pairs of A [rank, in] and B [out, rank], the same modules in every layer, the shapes of
 * the base where its config.json or base_config.json is there, finite numbers, not every B zero.
 * Throws ADAPTER_INVALID naming the matrix, or ADAPTER_WITHOUT_EFFECT.
 */
export async function checkAdapter(folder: string): Promise<CheckedAdapter> {
  const invalid = (found: string) =>
    new LeapError({
      code: 'ADAPTER_INVALID',
      message: `${folder}: ${found}`,
      remedy: 'Expected the folder of a LoRA adapter as PEFT writes it. Train it again.',
    })
  const parsed = configSchema.safeParse(await readJson(folder, 'adapter_config.json'))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw invalid(`adapter_config.json: ${issue.path.join('.')}: ${issue.message}`)
  }
  const config = parsed.data
  if (config.use_dora) throw invalid('adapter_config.json asks for DoRA, which servers do not load at run time')
  if (config.modules_to_save?.length)
    throw invalid(
      `adapter_config.json has modules_to_save (${config.modules_to_save.join(', ')}), which servers do not load`,
    )

  const path = join(folder, 'adapter_model.safetensors')
  const entries = await readSafetensorsHeader(path)
  if (entries.size === 0) throw invalid('adapter_model.safetensors holds no matrix')
  const pairs = pairMatrices(entries, invalid)
  let rank = 0
  for (const [module, { a, b }] of pairs) {
    const found = a.shape[0]!
    if (a.shape.length !== 2 || b.shape.length !== 2 || b.shape[1] !== found)
      throw invalid(
        `${module}: A is [${a.shape.join(', ')}] and B [${b.shape.join(', ')}], expected [rank, in] and [out, rank]`,
      )
    if (found !== config.r && !Object.keys(config.rank_pattern ?? {}).length)
      throw invalid(`${module} has rank ${found}, adapter_config.json says ${config.r}`)
    rank = Math.max(rank, found)
  }
  const { targets, layers } = checkLayers([...pairs.keys()], invalid)
  const { target_modules: asked } = config
  const absent = Array.isArray(asked) ? asked.filter((one) => !targets.some((target) => target === one)) : []
  if (absent.length > 0) throw invalid(`adapter_config.json names ${absent.join(', ')}, for which there is no matrix`)
  await checkShapes(folder, config.base_model_name_or_path ?? '', pairs, invalid)
  await checkNumbers(path, folder, pairs, invalid)
  const bytes = [...entries.values()].reduce((sum, one) => sum + one.bytes, 0)
  return { rank, targets, layers, bytes, base: config.base_model_name_or_path ?? '' }
}

type Pairs = Map<string, { a: TensorEntry; b: TensorEntry }>
type Invalid = (found: string) => LeapError

function pairMatrices(entries: ReadonlyMap<string, TensorEntry>, invalid: Invalid): Pairs {
  const found = new Map<string, { a?: TensorEntry; b?: TensorEntry }>()
  for (const [name, entry] of entries) {
    const match = matrixName.exec(name)
    if (!match)
      throw invalid(`the matrix ${name} has no name that servers understand (base_model.model.<module>.lora_A.weight)`)
    const pair = found.get(match[1]!) ?? {}
    found.set(match[1]!, { ...pair, [match[2] === 'A' ? 'a' : 'b']: entry })
  }
  const pairs: Pairs = new Map()
  for (const [module, { a, b }] of found) {
    if (!a || !b) throw invalid(`${module} has no matrix ${a ? 'B' : 'A'}`)
    pairs.set(module, { a, b })
  }
  return pairs
}

/** Every layer must have the modules of every other: a file that lost some of them trains and serves something else. */
function checkLayers(modules: readonly string[], invalid: Invalid): { targets: string[]; layers: number } {
  const byLayer = new Map<number, Set<string>>()
  const targets = new Set<string>()
  for (const module of modules) {
    const target = module.split('.').at(-1)!
    targets.add(target)
    const layer = /\.layers\.(\d+)\./.exec(`.${module}`)
    if (!layer) continue
    const number = Number(layer[1])
    byLayer.set(number, (byLayer.get(number) ?? new Set()).add(target))
  }
  const most = [...byLayer.values()].reduce(
    (largest, one) => (one.size > largest.size ? one : largest),
    new Set<string>(),
  )
  const last = Math.max(-1, ...byLayer.keys())
  for (let layer = 0; layer <= last; layer++) {
    const missing = [...most].filter((target) => !byLayer.get(layer)?.has(target))
    if (missing.length > 0) throw invalid(`layer ${layer} lacks ${missing.join(', ')}, which other layers have`)
  }
  return { targets: [...targets].sort(), layers: last + 1 }
}

async function checkShapes(folder: string, base: string, pairs: Pairs, invalid: Invalid): Promise<void> {
  const difference = await baseDifference(folder, base)
  if (difference) throw invalid(`the base ${base} is not the one that it was trained on: ${difference}`)
  const shapes = await baseShapes(folder, base)
  if (!shapes) return
  for (const [module, { a, b }] of pairs) {
    const shape = shapes.get(module)
    if (!shape) throw invalid(`${module} is no matrix of the base`)
    const [out, input] = shape
    if (a.shape[1] !== input || b.shape[0] !== out)
      throw invalid(`${module} goes from ${a.shape[1]} to ${b.shape[0]}; the base's goes from ${input} to ${out}`)
  }
  const layer = (name: string) => Number(/\.layers\.(\d+)\./.exec(`.${name}`)?.[1] ?? -1)
  const last = Math.max(...[...shapes.keys()].map(layer))
  if (Math.max(...[...pairs.keys()].map(layer)) !== last)
    throw invalid(`the base has ${last + 1} layers, the adapter has matrices for fewer`)
}

async function checkNumbers(path: string, folder: string, pairs: Pairs, invalid: Invalid): Promise<void> {
  const file = await open(path)
  try {
    let hasEffect = false
    for (const [module, { a, b }] of pairs)
      for (const [name, entry] of [
        ['A', a],
        ['B', b],
      ] as const) {
        const { isZero, allFinite } = await scanTensor(file, entry)
        if (!allFinite) throw invalid(`${module}: ${name} holds numbers that are not finite: the training had diverged`)
        if (name === 'B' && !isZero) hasEffect = true
      }
    if (hasEffect) return
  } finally {
    await file.close()
  }
  throw new LeapError({
    code: 'ADAPTER_WITHOUT_EFFECT',
    message: `${folder}: every lora_B matrix is zero, so the adapter changes nothing`,
    remedy: 'The training did not reach the adapter: check that it made updates and that trained weights were saved.',
  })
}
