import { LeapError } from '../../../../contracts/error.ts'
import type { Sandbox } from '../contract.ts'

/**
 * What must hold before anything foreign runs: each line is a check that prints its name where it fails. Only harmless things are tried, and only
 * what would change nothing if it were possible.
 */
const checks = [
  // Removing a folder that lies below and making it again needs an overlay that can hide: old kernels and odd file systems cannot.
  'rm -rf /media && mkdir /media && touch /media/x && rm -rf /media || echo "files: a folder cannot be replaced"',
  '[ "$(id -u)" = 0 ] || echo "user: commands do not run as root over their own files"',
  '[ "$$" -lt 1000 ] || echo "processes: the process table is not its own"',
  '[ "$(tail -n +3 /proc/net/dev | grep -vc "^ *lo:")" = 0 ] || echo "network: there are interfaces other than the loop"',
  'for file in /proc/sys/vm/swappiness /proc/sys/kernel/hostname; do [ ! -w "$file" ] || { (exec 3>"$file") 2>/dev/null && echo "settings: $file can be written"; }; done',
  'unshare --mount true 2>/dev/null && echo "namespaces: more of them can be made"',
  'unshare --user true 2>/dev/null && echo "namespaces: more users can be made"',
  '(exec 3<>/dev/null) || echo "devices: no /dev/null"',
  'echo "looked"',
].join('\n')

/**
 * Starts from the principle that what cannot be shown to isolate does not.
 *
 * @throws LeapError `SANDBOX_NOT_ISOLATED`, naming what is open
 */
export async function proveIsolation(sandbox: Sandbox, hostname: string): Promise<void> {
  const result = await sandbox.run({ argv: ['/bin/bash', '-c', checks], limits: { milliseconds: 30_000 } })
  const lines = Buffer.from(result.output).toString().trim().split('\n')
  if (result.exitCode === 0 && lines.length === 1 && lines[0] === 'looked') return
  throw new LeapError({
    code: 'SANDBOX_NOT_ISOLATED',
    message: `expected a sandbox that is closed, found (${hostname}): ${lines.filter((line) => line !== 'looked').join('; ') || `exit code ${result.exitCode}`}`,
    remedy: 'Use another way to isolate (docker), or a kernel of version 5.11 or later that allows user namespaces.',
  })
}
