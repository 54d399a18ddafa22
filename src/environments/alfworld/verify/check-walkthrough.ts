import type { DifferenceLog } from '../../difference-log.ts'
import type { Game } from '../game.ts'

/** Plays the stored solution: every command must be admissible, and the game won at the last one and not before. Returns whether it was. */
export function checkWalkthrough(game: Game, log: DifferenceLog): boolean {
  const commands = game.walkthrough ?? []
  const before = log.count
  const session = game.start()
  let result = session.reset()
  const where = game.source
  if (commands.length === 0)
    log.add({ where, what: 'stored walkthrough', expected: 'at least one command', found: 'none' })
  else if (result.done)
    log.add({ where, what: 'start', expected: 'a goal to reach', found: 'a game that is won already' })
  for (const [index, command] of commands.entries()) {
    const what = `command ${index + 1} of ${commands.length}, "${command}"`
    if (!result.candidates.includes(command)) {
      log.add({
        where,
        what,
        expected: 'an admissible command',
        found: `one that is not among the ${result.candidates.length} admissible ones`,
      })
      break
    }
    result = session.step(command)
    const isLast = index === commands.length - 1
    if (result.done !== isLast || result.score !== (isLast ? 1 : 0)) {
      log.add({
        where,
        what,
        expected: isLast ? 'the game won' : 'the game not won yet',
        found: `done ${result.done}, score ${result.score}`,
      })
      break
    }
  }
  return log.count === before
}
