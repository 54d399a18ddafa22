import { cp, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import { writeFolderAtomic } from '../../support/atomic-folder.ts'

/** What a checkpoint folder may hold; TRL also leaves pickled arguments and the reference adapter of dpo and kto. */
const kept =
  /^(adapter_config\.json|adapter_model\.safetensors|base_config\.json|config\.json|generation_config\.json|model.*\.safetensors(\.index\.json)?|tokenizer.*|special_tokens_map\.json|chat_template\.jinja|vocab\.json|merges\.txt|added_tokens\.json)$/
/** An adapter is used with its base's tokenizer. */
const withAdapter = /^(adapter_|base_config)/

/**
 * Makes a checkpoint folder of what a training has left; it appears whole or not at all. `more` are further files by name. An adapter's base is
 * named relative to it, as the local trainer does, so that a run can be moved. Throws TRL_RESULT if there are no weights.
 */
export async function publishCheckpoint(
  from: string,
  to: string,
  more: Readonly<Record<string, string>>,
): Promise<void> {
  const names = (await readdir(from).catch(() => [])).filter((name) => kept.test(name))
  const isAdapter = names.includes('adapter_config.json')
  const files = names.filter((name) => (isAdapter ? withAdapter.test(name) : name !== 'base_config.json'))
  if (!files.some((name) => name.endsWith('.safetensors')))
    throw new LeapError({
      code: 'TRL_RESULT',
      message: `expected the training to leave weights (.safetensors) in ${from}, found ${names.join(', ') || 'nothing'}`,
      remedy: 'See the log beside it. Start the run again: the training is repeated from its last state.',
    })
  await writeFolderAtomic(to, async (temporary) => {
    for (const name of files) await move(join(from, name), join(temporary, name))
    if (isAdapter) await nameBase(join(temporary, 'adapter_config.json'), to)
    for (const [name, content] of Object.entries(more)) await writeFile(join(temporary, name), content)
  })
}

async function nameBase(path: string, to: string): Promise<void> {
  const config = JSON.parse(await readFile(path, 'utf8')) as { base_model_name_or_path?: string }
  const base = config.base_model_name_or_path ?? ''
  if (isAbsolute(base)) config.base_model_name_or_path = relative(to, base).replaceAll('\\', '/')
  await writeFile(path, `${JSON.stringify(config, null, 2)}\n`)
}

/** Gigabytes are renamed, and copied only where the folders lie on different disks. */
async function move(from: string, to: string): Promise<void> {
  await rename(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error
    await cp(from, to)
  })
}
