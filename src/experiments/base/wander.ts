import type { Belief } from '../../environments/alfworld/belief.ts'
import { parseCommand } from '../../environments/alfworld/command.ts'
import type { Random } from '../../support/random.ts'

/**
 * Where somebody without any task goes next: mostly to other places (new and old ones alike), opening what is shut, picking things up, putting
 * them down again where they were. Never pursues a goal, so that no text made from it shows how a task is solved.
 */
export function wander(belief: Belief, origin: Map<string, string>, random: Random): string {
  const options = [...belief.candidates].map((action) => ({ action, command: parseCommand(action) }))
  const weights = options.map(({ command }) => {
    switch (command.verb) {
      case 'go': {
        const returning = belief.holding !== undefined && origin.get(belief.holding) === command.target
        return (returning ? 40 : belief.contents.has(command.target) ? 1 : 2) / 10
      }
      case 'open':
        return 8
      case 'take':
        return 0.25
      case 'put':
        return origin.get(command.object) === command.target ? 6 : 0
      case 'clean':
      case 'heat':
      case 'cool':
        return 1
      case 'examine':
      case 'close':
      case 'use':
      case 'look':
      case 'inventory':
        return 0.05
      default:
        return 0
    }
  })
  if (!weights.some((weight) => weight > 0)) return 'look'
  return options[random.weighted(weights)]!.action
}
