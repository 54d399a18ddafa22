import { access } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import { findStartingPoint } from '../trl/starting-point.ts'

/** A checkpoint folder as servers see it: a base by folder or hub name, and an adapter for it. */
export interface ServedCheckpoint {
  base: string
  adapter: string | null
}

/** Throws TRAINING_START for a folder that holds neither. */
export async function servedCheckpoint(folder: string): Promise<ServedCheckpoint> {
  const { base, adapter } = await findStartingPoint(folder)
  return { base, adapter: adapter === null ? null : resolve(adapter) }
}

/** A path as the server sees it. */
export function pathThere(path: string, folders: { here: string; there: string } | undefined): string {
  if (!folders) return path
  const here = resolve(folders.here)
  if (path !== here && !path.startsWith(`${here}/`) && !path.startsWith(`${here}\\`))
    throw new LeapError({
      code: 'ADAPTER_PATH',
      message: `serving.folders: ${path} does not lie in ${here}`,
      remedy: 'Put the run directory into the folder that the server shares, or correct serving.folders.here.',
    })
  return `${folders.there.replace(/[\\/]+$/, '')}${path.slice(here.length).replaceAll('\\', '/')}`
}

export const exists = (...parts: [string, ...string[]]) =>
  access(join(...parts)).then(
    () => true,
    () => false,
  )
