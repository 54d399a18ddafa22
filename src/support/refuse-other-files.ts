import { readdir } from 'node:fs/promises'
import { LeapError } from '../contracts/error.ts'

/**
 * For a folder that is about to be replaced whole: it must be new, empty, or what the same command made before, so that nobody's own files are lost.
 *
 * @param isOwn whether a folder with these names was made by the command
 * @param what an earlier one is, for the message: `an earlier export`
 * @throws LeapError `FOLDER_TAKEN`
 */
export async function refuseOtherFiles(
  folder: string,
  isOwn: (names: readonly string[]) => boolean | Promise<boolean>,
  what: string,
): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (names.length === 0 || (await isOwn(names))) return
  const shown = names.slice(0, 3).join(', ') + (names.length > 3 ? ', ...' : '')
  throw new LeapError({
    code: 'FOLDER_TAKEN',
    message: `${folder}: expected a new or empty folder, or ${what}, found other files (${shown})`,
    remedy: 'Give a folder of its own: all that is in it would be replaced.',
  })
}
