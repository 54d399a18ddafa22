import { spawn } from 'node:child_process'
import { temporaryPattern } from './temporary-names.ts'

/**
 * Leaves a small process behind that waits for Leap to end and then removes what outlives it: control groups, which are folders, and files that were
 * only half written when Leap was killed. Returns the regular end of the watch, after which only the groups are looked at.
 *
 * @param groups shell patterns of control group folders
 * @param cache folder with temporary files
 */
export function cleanUpAtEnd(sh: string, groups: readonly string[], cache: string): () => void {
  const patterns = groups.join(' ')
  const script = [
    "trap '' INT TERM HUP",
    // A line is the regular end; an end without one is that of a Leap that was killed, whose other processes are just ending, too.
    `read -r line || { sleep 1; chmod 700 ${temporaryPattern}/work/work; rm -rf ${temporaryPattern}; } 2>/dev/null`,
    ...(groups.length === 0
      ? []
      : [
          // On a busy machine the processes in a group take their time to end: a minute at most.
          'round=0',
          'while [ $round -lt 240 ]; do',
          '  round=$((round + 1))',
          `  rmdir ${patterns} 2>/dev/null && exit`,
          `  ls -d ${patterns} >/dev/null 2>&1 || exit`,
          '  sleep 0.25',
          'done',
        ]),
  ].join('\n')
  const child = spawn(sh, ['-c', script], {
    cwd: cache,
    env: { PATH: '/usr/bin:/bin' },
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // Neither the process nor the pipe to it keeps Leap from ending.
  child.unref()
  child.on('error', () => {})
  const { stdin } = child
  stdin.on('error', () => {})
  ;(stdin as unknown as { unref(): void }).unref()
  return () => stdin.end('done\n')
}
