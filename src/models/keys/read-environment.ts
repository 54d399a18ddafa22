import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'dotenv'
import { LeapError } from '../../contracts/error.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The environment's variables, and those of a `.env` file in the working directory that the environment does not set. Nothing is written
 * anywhere, `process.env` included. Throws a LeapError `ENV_FILE_UNREADABLE`; a missing file is none.
 */
export async function readEnvironment({ env, cwd }: { env: Environment; cwd: string }): Promise<Environment> {
  const path = join(cwd, '.env')
  const content = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined
    throw new LeapError({
      code: 'ENV_FILE_UNREADABLE',
      message: `${path} cannot be read: ${cause.code}`,
      remedy: 'Make it a readable file of lines NAME=value, or remove it and set the variables themselves.',
      cause,
    })
  })
  const file = content === undefined ? {} : parse(content)
  // A variable that is set but empty (as CI systems do) does not hide the file's.
  return { ...file, ...Object.fromEntries(Object.entries(env).filter(([, value]) => value)) }
}
