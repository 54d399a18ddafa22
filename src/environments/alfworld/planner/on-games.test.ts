import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { LeapError } from '../../../contracts/error.ts'
import { createRandom, type Random } from '../../../support/random.ts'
import { type Game, parseGame } from '../game.ts'
import { domainText } from '../generator/domain-text.ts'
import { HouseholdGenerator } from '../generator/generator.ts'
import { grammarText } from '../generator/grammar-text.ts'
import { problemText } from '../generator/problem-text.ts'
import type { Session } from '../session.ts'
import type { WorldState } from '../world-state.ts'
import { moveShapes } from './command-shapes.ts'
import { planFrom } from './plan-from.ts'
import { randomSmallWorld } from './small-world.fixture.ts'

const official = fileURLToPath(new URL('../../../../../shared/data/alfworld/json_2.1.1', import.meta.url))
const generator = new HouseholdGenerator({ seed: 11 })

/** Commands that change more than what has been looked at. */
function changing(session: Session): string[] {
  return session.candidates.filter((command) => !/^(look|inventory|help|examine)/.test(command))
}

/** Random commands, such as a lost student might give: acts more often than walks. Stops before a win. */
function blunder(session: Session, random: Random, steps: number): Session {
  let now = session
  for (let i = 0; i < steps; i++) {
    const acts = changing(now).filter((command) => !command.startsWith('go to '))
    const next = now.clone()
    if (!next.step(random.choice(acts.length > 0 && random.next() < 0.6 ? acts : changing(now))).done) now = next
  }
  return now
}

function lengthFrom(session: Session): number {
  return planFrom(session.worldState(), moveShapes)?.length ?? Number.POSITIVE_INFINITY
}

/** Gives the commands and expects the win exactly at the last one. */
function expectWin(session: Session, commands: readonly string[]): void {
  commands.forEach((command, i) => {
    expect(session.candidates).toContain(command)
    expect(session.step(command).done).toBe(i === commands.length - 1)
  })
}

/** A distance is exact if it is 0 at goals alone, some command takes 1 off it, and no command takes off more. */
function expectExact(session: Session): void {
  const plan = planFrom(session.worldState(), moveShapes)
  if (plan) expectWin(session.clone(), plan)
  for (const command of changing(session)) {
    const next = session.clone()
    next.step(command)
    expect(lengthFrom(next)).toBeGreaterThanOrEqual((plan?.length ?? Number.POSITIVE_INFINITY) - 1)
  }
}

/** Commands of a shortest solution by trying everything, up to `limit`; undefined if there is none that short. */
function exhaustive(start: Session, limit: number): number | undefined {
  const seen = new Set<string>()
  let frontier = [start]
  for (let depth = 1; depth <= limit; depth++) {
    const next: Session[] = []
    for (const session of frontier)
      for (const command of changing(session)) {
        const after = session.clone()
        if (after.step(command).done) return depth
        const { canContain: _, ...state } = after.worldState()
        const key = JSON.stringify(state)
        if (seen.has(key)) continue
        seen.add(key)
        next.push(after)
      }
    frontier = next
  }
  return undefined
}

function gameOf(world: WorldState): Game {
  const ids = new Map([...world.receptacles, ...world.objects].map(({ name, type }) => [name, idOf(name, type)]))
  const text = JSON.stringify({
    pddl_domain: domainText,
    grammar: grammarText('Your task is to: do it.'),
    pddl_problem: problemText(world, { name: 'small', ids }),
    solvable: true,
  })
  return parseGame(text, 'small world')
}

function idOf(name: string, type: string): string {
  return type.endsWith('basin')
    ? `${type.slice(0, -5)}_bar_${name.split(' ')[1]}_bar_${type}`
    : name.replace(' ', '_bar_')
}

describe('planFrom on the engine', () => {
  test('generated games: exact from the start and after blunders', () => {
    const random = createRandom('blunders')
    for (let index = 0; index < 40; index++) {
      const game = generator.game('valid_unseen', index)
      const session = parseGame(game.text, game.id).start()
      session.reset()
      expectWin(session.clone(), game.walkthrough)
      expect(lengthFrom(session)).toBe(game.walkthrough.length)
      for (let i = 0; i < 3; i++) expectExact(blunder(session, random, 4 + 10 * i))
    }
  })

  test('small games: as short as exhaustive search over the engine', () => {
    const lengths: number[] = []
    for (let seed = 0; lengths.length < 40; seed++) {
      const world = randomSmallWorld(seed)
      if (world.receptacles.every(({ location }) => location === world.location)) continue
      const { holding, ...rest } = world
      if (holding !== undefined) continue
      let session: Session
      try {
        session = gameOf({ ...rest, location: 'loc 9' }).start()
      } catch (error) {
        // The engine refuses goals that can never hold.
        if (LeapError.is(error) && error.code === 'GAME_UNSOLVABLE') continue
        throw error
      }
      session.reset()
      const lost = blunder(session, createRandom(seed, 'lost'), seed % 7)
      const length = lengthFrom(lost)
      if (length === 0 || length > 6) continue
      expect({ seed, length: exhaustive(lost, length) }).toEqual({ seed, length })
      lengths.push(length)
    }
    expect(new Set(lengths).size).toBeGreaterThan(3)
  })

  test.skipIf(!existsSync(official))(
    'official games (skipped without ../shared): as short as the stored walkthroughs, exact after blunders',
    () => {
      const files = globSync('**/game.tw-pddl', { cwd: official }).sort()
      expect(files.length).toBeGreaterThan(20)
      const random = createRandom('official blunders')
      for (const file of files) {
        const game = parseGame(readFileSync(`${official}/${file}`, 'utf8'), file)
        const session = game.start()
        session.reset()
        const plan = planFrom(session.worldState(), moveShapes)
        expect({ file, length: plan?.length }).toEqual({ file, length: game.walkthrough?.length })
        expectWin(session.clone(), plan!)
        expectExact(blunder(session, random, 12))
      }
    },
  )
})
