import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import { runPaths } from '../../runs/run-paths.ts'
import { compareText } from '../../support/compare-text.ts'
import { isRun } from '../runs/find-run.ts'

/**
 * The checkpoint folder that a path means, or undefined if nothing is there. Throws a LeapError `CHECKPOINT_INVALID` if something is there that
 * is no checkpoint; for a run it names the checkpoints inside.
 */
export async function findCheckpoint(cwd: string, named: string): Promise<string | undefined> {
  const path = resolve(cwd, named)
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return undefined
  if (!found.isDirectory()) throw invalid(path, 'found a file', 'Give the folder that holds config.json.')
  const missing = await missingParts(path)
  if (missing.length === 0) return path
  if (isRun(path)) throw invalid(path, 'found a whole run', await namesOfCheckpoints(path))
  throw invalid(path, `found none of ${missing.join(', ')} there`, 'Checkpoints of a run lie in <run>/checkpoints/.')
}

async function missingParts(path: string): Promise<string[]> {
  const names = await readdir(path)
  const isAdapter = names.includes('adapter_config.json')
  const parts: [string, boolean][] = isAdapter
    ? [['adapter_model.safetensors', names.includes('adapter_model.safetensors')]]
    : [
        ['config.json', names.includes('config.json')],
        ['model.safetensors', names.some((name) => /^model.*\.safetensors(\.index\.json)?$/.test(name))],
        ['tokenizer.json', names.includes('tokenizer.json')],
      ]
  return parts.filter(([, present]) => !present).map(([name]) => name)
}

async function namesOfCheckpoints(run: string): Promise<string> {
  const folder = join(runPaths(run).directory, 'checkpoints')
  const names = existsSync(folder) ? (await readdir(folder)).sort(compareText) : []
  if (names.length === 0) return 'It has no checkpoints yet.'
  return `Give one of its checkpoints:${names.map((name) => `\n    ${join(folder, name)}`).join('')}`
}

function invalid(path: string, found: string, remedy: string): LeapError {
  return new LeapError({
    code: 'CHECKPOINT_INVALID',
    message: `Expected a checkpoint folder (config.json, model.safetensors, tokenizer.json) at ${path}, ${found}.`,
    remedy,
  })
}
