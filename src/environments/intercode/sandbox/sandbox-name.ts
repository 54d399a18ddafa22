/** The ways to isolate, best first: the order in which they are tried. */
export const sandboxNames = ['docker', 'userns', 'host-usr'] as const
export type SandboxName = (typeof sandboxNames)[number]
