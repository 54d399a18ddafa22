/** What `leap` exits with. Scripts may rely on these. */
export const exitCodes = {
  ok: 0,
  /** The command ran and failed, or found a difference. */
  failed: 1,
  /** The command line itself was wrong. */
  usage: 2,
  /** Ctrl-C, after what was done had been saved. */
  interrupted: 130,
} as const
