import { parseGame } from '../src/environments/alfworld/game.ts'
import { HouseholdGenerator } from '../src/environments/alfworld/generator/generator.ts'
import { moveShapes } from '../src/environments/alfworld/planner/command-shapes.ts'
import { planFrom } from '../src/environments/alfworld/planner/plan-from.ts'
import { describePrivilege } from '../src/environments/alfworld/planner/privileged-state.ts'
import type { Session } from '../src/environments/alfworld/session.ts'
import type { WorldState } from '../src/environments/alfworld/world-state.ts'
import { createRandom } from '../src/support/random.ts'

const games = 300
const statesPerGame = 6

/** Measures the planner on states that random commands lead to in generated games, and the generator. */
export async function run(print: (line: string) => void): Promise<void> {
  const generator = new HouseholdGenerator({ seed: 'bench' })
  const drawn = Array.from({ length: games }, (_, index) => generator.game('train', index))
  const sessions: Session[] = []
  for (const { id, text } of drawn) {
    const random = createRandom('bench', id)
    const session = parseGame(text, id).start()
    session.reset()
    for (let state = 0; state < statesPerGame; state++) {
      for (let step = 0; step < 6; step++) session.step(random.choice(session.candidates))
      sessions.push(session.clone())
    }
  }
  const worlds = sessions.map((session) => session.worldState())
  let length = 0
  let unsolvable = 0
  const plan = (world: WorldState) => {
    const commands = planFrom(world, moveShapes)
    if (commands) length += commands.length
    else unsolvable++
  }
  worlds.forEach(plan)
  const mean = (length / (worlds.length - unsolvable)).toFixed(1)
  print(
    `planner: ${worlds.length} states of ${games} generated games, shortest plans of ${mean} commands on average, ${unsolvable} without a plan`,
  )
  print(`planner: ${rate(worlds, plan)} labels/s from a world state`)
  print(
    `planner: ${rate(worlds, (world) => describePrivilege(world, 'task', moveShapes))} privileged states/s from a world state`,
  )
  const labelled = rate(sessions, (session) => planFrom(session.worldState(), moveShapes))
  print(`planner: ${labelled} labels/s from a live game, reading of its state included`)
  const drawing = rate(drawn, (_, index) => generator.game('valid_seen', index).text)
  print(`generator: ${drawing} games/s, solved and written`)
}

function rate<T>(items: readonly T[], act: (item: T, index: number) => unknown): string {
  const start = performance.now()
  let rounds = 0
  do {
    items.forEach(act)
    rounds++
  } while (performance.now() - start < 1000)
  return Math.round((rounds * items.length * 1000) / (performance.now() - start)).toLocaleString('en')
}
