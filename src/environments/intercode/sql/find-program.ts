import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'

/** Where distributions put servers that are not in an ordinary user's PATH. */
const usual = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/opt/homebrew/bin'

/** The first of some names of a program that can be executed, with its folder; undefined where there is none. */
export async function findProgram(names: readonly string[], path = usual): Promise<string | undefined> {
  for (const name of names)
    for (const folder of path.split(':')) {
      const file = join(folder, name)
      const isThere = await access(file, constants.X_OK).then(
        () => true,
        () => false,
      )
      if (isThere) return file
    }
  return undefined
}
