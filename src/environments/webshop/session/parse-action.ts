/**
 * Verb and argument of an action (engine.parse_action): `search[red shoes]` -> search, `red shoes`. The last `[` that something follows
 * opens the argument; what stands behind its `]` is ignored. Undefined for anything else; the verb is whatever stands in front.
 */
export function parseAction(action: string): { verb: string; argument: string } | undefined {
  const match = /^([^\n]+)\[([^\n]+)\]/.exec(action)
  return match === null ? undefined : { verb: match[1]!, argument: match[2]!.toLowerCase() }
}
