import { spawn } from 'node:child_process'

/**
 * Leaves a small process behind that waits for Leap to end, however it ends, and then removes the control groups that it made: a group is a folder
 * and outlives its processes. Returns the end of the watch.
 *
 * @param patterns shell patterns of the folders
 */
export function removeGroupsAtEnd(sh: string, patterns: readonly string[]): () => void {
  const script = [
    "trap '' INT TERM HUP",
    'read -r line',
    'for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do',
    `  rmdir ${patterns.join(' ')} 2>/dev/null && exit`,
    `  ls -d ${patterns.join(' ')} >/dev/null 2>&1 || exit`,
    '  sleep 0.25',
    'done',
  ].join('\n')
  const child = spawn(sh, ['-c', script], {
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.unref()
  const { stdin } = child
  stdin.on('error', () => {})
  ;(stdin as unknown as { unref(): void }).unref()
  return () => stdin.end()
}
