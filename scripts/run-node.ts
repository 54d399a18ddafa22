import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Runs Node with these arguments and prints that it worked; throws with all that was said if not. */
export async function runNode(
  what: string,
  argv: string[],
  cwd: string,
  expected: string | RegExp = '',
): Promise<void> {
  const { stdout, stderr } = await execute(process.execPath, argv, { cwd, maxBuffer: 2 ** 26 }).catch((error) => {
    throw new Error(`${what}: ${argv.join(' ')} failed\n${error.stdout}${error.stderr}`)
  })
  const isExpected = typeof expected === 'string' ? stdout.includes(expected) : expected.test(stdout)
  if (!isExpected) throw new Error(`${what}: expected ${expected} in the output, found\n${stdout}${stderr}`)
  console.log(`ok  ${what}`)
}
