import { mkdir, readdir, rm } from 'node:fs/promises'
import { LeapError } from '../contracts/error.ts'
import { type Panel, panelSchema } from '../contracts/panel.ts'
import { writeFileAtomic } from '../support/atomic-file.ts'
import { checkManifest, type Difference, type Manifest, manifestSchema } from './manifest.ts'
import { readJsonFile } from './read-json-file.ts'
import type { RunPaths } from './run-paths.ts'

/**
 * Writes manifest and panels of a new run, or checks those of a run that is resumed, and removes what a killed process left half done.
 * The caller holds the lock. Throws as `openRun` does.
 */
export async function prepareRunDirectory(
  paths: RunPaths,
  current: Manifest,
  panels: readonly Panel[],
  free: readonly string[],
): Promise<{ manifest: Manifest; resumed: boolean; changes: Difference[] }> {
  const { directory } = paths
  await mkdir(directory, { recursive: true })
  const recorded = await readJsonFile(paths.manifest, manifestSchema)
  if (recorded === undefined) await refuseForeignFolder(directory)
  const changes = recorded === undefined ? [] : checkManifest(recorded, current, free)
  await removeTemporaries(directory)
  for (const panel of panels) {
    const kept = recorded === undefined ? undefined : await readJsonFile(paths.panel(panel.name), panelSchema)
    if (kept === undefined) await writeFileAtomic(paths.panel(panel.name), `${JSON.stringify(panel, null, 2)}\n`)
  }
  // Last, so that a run that has a manifest has everything.
  if (recorded === undefined) await writeFileAtomic(paths.manifest, `${JSON.stringify(current, null, 2)}\n`)
  return { manifest: recorded ?? current, resumed: recorded !== undefined, changes }
}

/** Files and folders that a killed process was about to put in place, and folders that stepped aside for them. */
async function removeTemporaries(directory: string): Promise<void> {
  const scratch = (await readdir(`${directory}/scratch`).catch(() => [])).map((name) => `scratch/${name}`)
  const ours = ['', 'panels', 'trajectories', 'corrections', 'datasets', 'evaluations', 'checkpoints', ...scratch]
  for (const folder of ours) {
    const at = `${directory}/${folder}`
    for (const name of await readdir(at).catch(() => [])) {
      // Another process may be trying for the lock with a file of this kind at this moment.
      if (/\.[0-9a-f]{8}\.(tmp|old)$/.test(name) && !name.startsWith('lock.json.'))
        await rm(`${at}/${name}`, { recursive: true, force: true })
    }
  }
}

/** Keeps a mistyped folder from being filled with a run. */
async function refuseForeignFolder(directory: string): Promise<void> {
  const ours = /^(lock\.json|panels|journal\.jsonl|.*\.tmp|.*\.claim)$/
  const foreign = (await readdir(directory)).filter((name) => !ours.test(name))
  if (foreign.length === 0) return
  throw new LeapError({
    code: 'RUN_NOT_EMPTY',
    message: `${directory}: expected an empty folder or a run, found ${foreign.slice(0, 3).join(', ')} but no manifest.json.`,
    remedy: 'Choose another folder for the run.',
  })
}
