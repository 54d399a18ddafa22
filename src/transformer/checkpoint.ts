import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LeapError } from '../contracts/error.ts'
import type { Message } from '../contracts/model.ts'
import { writeFolderAtomic } from '../support/atomic-folder.ts'
import { createChatTemplate, nameOf } from './chat-template.ts'
import { type LlamaConfig, parseLlamaConfig } from './config.ts'
import { llamaParameters } from './parameters.ts'
import { encodeSafetensors, readSafetensors, type Weight, type Weights } from './safetensors.ts'
import { createTokenizer, type Tokenizer } from './tokenizer.ts'
import type { TokenizerConfig, TokenizerFile } from './tokenizer-file.ts'

/** A model folder in Hugging Face layout, as it is on disk. */
export interface CheckpointFiles {
  config: LlamaConfig
  weights: Weights
  tokenizer: TokenizerFile
  tokenizerConfig: TokenizerConfig
  /** generation_config.json */
  generation: Record<string, unknown>
}

/** A model folder ready to be used. */
export interface Checkpoint extends CheckpointFiles {
  readonly folder: string
  readonly text: Tokenizer
  /** Token ids of a prompt, by the model's chat template. Never empty. */
  encodePrompt(messages: readonly Message[]): readonly number[]
  /** Token ids that end a completion; empty for models that know none. */
  readonly endTokens: readonly number[]
}

/**
 * Reads a folder in Hugging Face layout: config.json, model.safetensors (or its sharded index), tokenizer.json, tokenizer_config.json,
 * generation_config.json and chat_template.jinja (the last three may be missing). Llama, SmolLM2 and Qwen2 layouts; numbers become float32.
 * Throws CHECKPOINT_UNREADABLE, CHECKPOINT_CONFIG or CHECKPOINT_INCOMPLETE naming file and tensor.
 */
export async function readCheckpoint(folder: string): Promise<Checkpoint> {
  const config = parseLlamaConfig(await readJson(folder, 'config.json'), join(folder, 'config.json'))
  const [tokenizer, tokenizerConfig, generation, template] = await Promise.all([
    readJson(folder, 'tokenizer.json') as Promise<TokenizerFile>,
    readJson(folder, 'tokenizer_config.json', {}) as Promise<TokenizerConfig>,
    readJson(folder, 'generation_config.json', {}) as Promise<Record<string, unknown>>,
    readText(folder, 'chat_template.jinja'),
  ])
  if (template !== undefined) tokenizerConfig.chat_template = template
  const weights = checkWeights(config, await readWeights(folder), folder)
  return openCheckpoint(folder, { config, weights, tokenizer, tokenizerConfig, generation })
}

/** Makes a checkpoint usable that is not (yet) on disk; `folder` is only its name. */
export function openCheckpoint(folder: string, files: CheckpointFiles): Checkpoint {
  const { config, tokenizerConfig, generation } = files
  const text = createTokenizer(files.tokenizer, tokenizerConfig)
  if (text.size > config.vocab_size)
    throw new LeapError({
      code: 'CHECKPOINT_CONFIG',
      message: `${folder}: tokenizer.json has ids up to ${text.size - 1}, config.json has vocab_size ${config.vocab_size}`,
      remedy: 'Use tokenizer and model of one checkpoint.',
    })
  const endTokens = [text.endToken, generation.eos_token_id, config.eos_token_id]
    .flat()
    .filter((id) => typeof id === 'number')
  const template = createChatTemplate(tokenizerConfig)
  const begin = text.idOf(nameOf(tokenizerConfig.bos_token))
  const beginAlways = !template.special && tokenizerConfig.add_bos_token === true && begin !== undefined
  return {
    ...files,
    folder,
    text,
    endTokens: [...new Set(endTokens)],
    encodePrompt(messages) {
      const ids = text.encode(template.render(messages), { special: template.special })
      if (beginAlways) return [begin, ...ids]
      return ids.length > 0 ? ids : [begin ?? endTokens[0] ?? 0]
    },
  }
}

/** Writes a checkpoint folder; it appears whole or not at all. Weights are written as F32, in the order of the model's parameters. */
export async function writeCheckpoint(folder: string, files: CheckpointFiles): Promise<void> {
  const { config, tokenizer, tokenizerConfig, generation } = files
  const weights = checkWeights(config, files.weights, folder)
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
  await writeFolderAtomic(folder, async (temporary) => {
    await writeFile(
      join(temporary, 'config.json'),
      json({ architectures: [architectureOf(config)], torch_dtype: 'float32', ...config }),
    )
    await writeFile(join(temporary, 'generation_config.json'), json(generation))
    await writeFile(join(temporary, 'tokenizer.json'), `${JSON.stringify(tokenizer)}\n`)
    await writeFile(join(temporary, 'tokenizer_config.json'), json(tokenizerConfig))
    await writeFile(join(temporary, 'model.safetensors'), encodeSafetensors(weights))
  })
}

const architectureOf = ({ model_type: type }: LlamaConfig) =>
  type === 'qwen2' ? 'Qwen2ForCausalLM' : 'LlamaForCausalLM'

/** The weights that the config asks for, in its order. Throws CHECKPOINT_INCOMPLETE listing what is missing or has another shape. */
export function checkWeights(config: LlamaConfig, weights: Weights, source: string): Map<string, Weight> {
  const problems: string[] = []
  const checked = new Map<string, Weight>()
  for (const { name, shape } of llamaParameters(config)) {
    const weight = weights.get(name)
    if (!weight) problems.push(`${name} is missing`)
    else if (weight.shape.join() !== shape.join())
      problems.push(`${name} is [${weight.shape.join(', ')}], expected [${shape.join(', ')}]`)
    else checked.set(name, weight)
  }
  if (problems.length === 0) return checked
  throw new LeapError({
    code: 'CHECKPOINT_INCOMPLETE',
    message: `${source}: ${problems.slice(0, 4).join('; ')}${problems.length > 4 ? `; and ${problems.length - 4} more` : ''}`,
    remedy: 'config.json and the safetensors files must belong to one model.',
  })
}

async function readWeights(folder: string): Promise<Map<string, Weight>> {
  const index = (await readJson(folder, 'model.safetensors.index.json', null)) as {
    weight_map?: Record<string, string>
  } | null
  if (!index) return readSafetensors(join(folder, 'model.safetensors'))
  const files = [...new Set(Object.values(index.weight_map ?? {}))]
  const weights = new Map<string, Weight>()
  for (const file of files)
    for (const [name, weight] of await readSafetensors(join(folder, file))) weights.set(name, weight)
  return weights
}

async function readText(folder: string, name: string): Promise<string | undefined> {
  return readFile(join(folder, name), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined
    throw unreadable(join(folder, name), cause.message, cause)
  })
}

/** A JSON file of the folder; `missing` is returned if there is none, and without it that is an error. */
export async function readJson(folder: string, name: string, missing?: unknown): Promise<unknown> {
  const path = join(folder, name)
  const content = await readText(folder, name)
  if (content === undefined) {
    if (missing !== undefined) return missing
    throw unreadable(path, 'there is no such file')
  }
  try {
    return JSON.parse(content)
  } catch (cause) {
    throw unreadable(path, `not JSON: ${cause instanceof Error ? cause.message : String(cause)}`, cause)
  }
}

function unreadable(path: string, found: string, cause?: unknown): LeapError {
  return new LeapError({
    code: 'CHECKPOINT_UNREADABLE',
    message: `${path}: ${found}`,
    remedy: 'Expected a model folder in Hugging Face layout (config.json, model.safetensors, tokenizer.json).',
    cause,
  })
}
