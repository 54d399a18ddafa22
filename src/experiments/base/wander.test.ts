import { describe, expect, it } from 'vitest'
import { Belief } from '../../environments/alfworld/belief.ts'
import { parseCommand } from '../../environments/alfworld/command.ts'
import { parseGame } from '../../environments/alfworld/game.ts'
import { HouseholdGenerator } from '../../environments/alfworld/generator/generator.ts'
import { createRandom } from '../../support/random.ts'
import { wander } from './wander.ts'

/** Commands of a walk of 150 steps through a generated game, with what became of each. */
function walk(game: number, seed = 1) {
  const { id, text } = new HouseholdGenerator({ seed: 'wander' }).game('train', game)
  const session = parseGame(text, id).start()
  const origin = new Map(session.worldState().objects.map(({ name, receptacles }) => [name, receptacles[0]!]))
  const random = createRandom(seed, 'wander', game)
  let now = session.reset()
  const belief = new Belief('', { observation: now.text, candidates: now.candidates })
  return Array.from({ length: 150 }, () => {
    const action = wander(belief, origin, random)
    expect(now.candidates).toContain(action)
    now = session.step(action)
    belief.update(action, { observation: now.text, candidates: now.candidates })
    return { action, command: parseCommand(action), holding: belief.holding, score: now.score }
  })
}

describe('wander', () => {
  const walks = Array.from({ length: 8 }, (_, game) => walk(game))

  it('never puts a thing anywhere but where it was taken, and does put things back', () => {
    let returned = 0
    for (const steps of walks) {
      const takenFrom = new Map<string, string>()
      for (const { command } of steps) {
        if (command.verb === 'take') takenFrom.set(command.object, command.target)
        if (command.verb !== 'put') continue
        expect(command.target).toBe(takenFrom.get(command.object))
        returned++
      }
    }
    expect(returned).toBeGreaterThan(20)
  })

  it('goes to many places, opens what is shut, and repeats itself too', () => {
    for (const steps of walks) {
      const visited = steps.flatMap(({ command }) => (command.verb === 'go' ? [command.target] : []))
      expect(new Set(visited).size).toBeGreaterThan(4)
      expect(new Set(visited).size).toBeLessThan(visited.length)
    }
    const verbs = new Set(walks.flat().map(({ command }) => command.verb))
    for (const verb of ['go', 'open', 'take', 'put', 'examine'] as const) expect(verbs).toContain(verb)
    expect(verbs).not.toContain('help')
  })

  it('follows its random numbers alone', () => {
    const actions = (steps: (typeof walks)[number]) => steps.map(({ action }) => action)
    expect(actions(walk(0))).toEqual(actions(walks[0]!))
    expect(actions(walk(0, 2))).not.toEqual(actions(walks[0]!))
  })

  it('looks around where nothing else can be done', () => {
    const belief = new Belief('', { observation: 'You see a bed 1.', candidates: ['help', 'put mug 1 in/on bed 1'] })
    expect(wander(belief, new Map(), createRandom(1))).toBe('look')
  })
})
