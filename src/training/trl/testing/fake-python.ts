import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Writes a command that stands for Python and runs the fake trainer. */
export async function writeFakePython(folder: string): Promise<string> {
  const path = join(folder, 'python')
  const script = fileURLToPath(new URL('./fake-trainer.ts', import.meta.url))
  await mkdir(folder, { recursive: true })
  await writeFile(path, `#!/bin/sh\nexec ${JSON.stringify(process.execPath)} ${JSON.stringify(script)} "$@"\n`)
  await chmod(path, 0o755)
  return path
}
