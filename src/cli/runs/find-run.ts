import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import { runPaths } from '../../runs/run-paths.ts'
import { compareText } from '../../support/compare-text.ts'
import { nearest } from '../text/nearest.ts'

/** Where runs lie unless somebody says otherwise, relative to the working folder. */
export const defaultRunsFolder = 'runs'

/**
 * The folder of a run that was named by its path or by its name under `runs/`. Throws a LeapError `RUN_NOT_FOUND` that lists the runs there are.
 */
export async function findRun(cwd: string, named: string): Promise<string> {
  const folders = [resolve(cwd, named), resolve(cwd, defaultRunsFolder, named)]
  const found = folders.find(isRun)
  if (found !== undefined) return found
  const names = await runNames(resolve(cwd, defaultRunsFolder))
  const meant = nearest(named, names)
  throw new LeapError({
    code: 'RUN_NOT_FOUND',
    message: `Expected the folder of a run (one with a manifest.json), found ${existsSync(folders[0]!) ? 'a folder or file without one' : 'nothing'} at ${folders[0]}.`,
    remedy:
      names.length === 0
        ? `There are no runs in ${resolve(cwd, defaultRunsFolder)} either. Start one with \`leap run\`.`
        : `${meant === undefined ? '' : `Did you mean ${meant}? `}Runs in ${defaultRunsFolder}/: ${listed(names)}.`,
  })
}

/** Names of the runs in a folder, sorted; none if the folder does not exist. */
export async function runNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
    throw error
  })
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && isRun(join(folder, entry.name)))
    .map(({ name }) => name)
    .sort(compareText)
}

export function isRun(folder: string): boolean {
  return existsSync(runPaths(folder).manifest)
}

function listed(names: readonly string[]): string {
  return names.length <= 10 ? names.join(', ') : `${names.slice(0, 10).join(', ')} and ${names.length - 10} more`
}
