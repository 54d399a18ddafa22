import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hashText } from '../../../support/hash.ts'
import { parseLlamaConfig } from '../../../transformer/config.ts'
import { loraParameters } from '../../../transformer/lora.ts'
import type { Projection } from '../../../transformer/parameters.ts'
import { encodeSafetensors, type Weight } from '../../../transformer/safetensors.ts'

interface FakeJob {
  model: { base: string }
  lora: { rank: number; alpha: number; target_modules: Projection[] }
}

/** Writes an adapter with the shapes of the job's base, as TRL leaves it; its numbers follow from the rows. */
export function writeSmallAdapter(folder: string, { job, rows }: { job: FakeJob; rows: string }): void {
  const { rank, alpha, target_modules: targetModules } = job.lora
  const base = readFileSync(join(job.model.base, 'config.json'), 'utf8')
  const config = parseLlamaConfig(JSON.parse(base))
  const value = Number.parseInt(hashText([rows], 6), 16) / 2 ** 24
  const weights = new Map<string, Weight>()
  for (const { name, shape } of loraParameters(config, { rank, alpha, dropout: 0, targetModules })) {
    const data = new Float32Array(shape[0]! * shape[1]!).fill(0.01 + 0.01 * value)
    weights.set(`base_model.model.${name}`, { shape, data })
  }
  mkdirSync(folder, { recursive: true })
  const settings = {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: job.model.base,
    r: rank,
    lora_alpha: alpha,
    lora_dropout: 0,
    target_modules: targetModules,
    bias: 'none',
  }
  writeFileSync(join(folder, 'adapter_config.json'), JSON.stringify(settings))
  writeFileSync(join(folder, 'adapter_model.safetensors'), encodeSafetensors(weights))
  writeFileSync(join(folder, 'base_config.json'), base)
  writeFileSync(join(folder, 'training_args.bin'), 'a pickle')
}
