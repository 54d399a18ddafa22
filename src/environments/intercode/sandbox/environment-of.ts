import type { RootDescription } from './contract.ts'

/** What a command finds in its environment: what Docker sets, and what the description adds. Nothing of Leap's own. */
export function environmentOf(root: RootDescription, hostname: string): Record<string, string> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOSTNAME: hostname,
    ...root.environment,
    HOME: '/root',
  }
}
