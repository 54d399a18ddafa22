/** An object class that tasks ask for, and where it is to go (the lamp, for tasks of looking), with weights. */
export interface Target {
  readonly object: string
  readonly goals: readonly (readonly [receptacle: string, weight: number])[]
}

/** Reads lines such as `mug coffeemachine:59,cabinet:34`. */
export function readTargets(table: string): Target[] {
  const lines = table.split('\n').map((line) => line.trim())
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [object, goals] = line.split(' ')
      const pairs = goals!.split(',').map((entry) => {
        const [receptacle, weight] = entry.split(':')
        return [receptacle!, Number(weight)] as const
      })
      return { object: object!, goals: pairs }
    })
}
