import { createRandom, type Random } from '../../../support/random.ts'
import type { Goal, WorldObject, WorldReceptacle, WorldState } from '../world-state.ts'

/**
 * A second, deliberately plain reading of the rules of household games, for tests: every applicable command of a world, tried blindly.
 * Shares no code with the planner.
 */
export interface Successor {
  command: string
  world: WorldState
}

const tool = { clean: 'sinkbasin', heat: 'microwave', cool: 'fridge' } as const

/** All commands that change something, with the world after each. */
export function successors(world: WorldState): Successor[] {
  const found: Successor[] = []
  const here = world.receptacles.filter((receptacle) => receptacle.location === world.location)
  for (const receptacle of world.receptacles)
    if (receptacle.location !== world.location)
      found.push({ command: `go to ${receptacle.name}`, world: { ...world, location: receptacle.location } })
  for (const receptacle of here) {
    const reachable = !receptacle.openable || receptacle.open
    if (receptacle.openable)
      found.push({
        command: `${receptacle.open ? 'close' : 'open'} ${receptacle.name}`,
        world: withReceptacle(world, { ...receptacle, open: !receptacle.open }),
      })
    for (const object of world.objects) {
      const listed = object.receptacles.includes(receptacle.name)
      if (listed && object.toggleable)
        found.push({
          command: `use ${object.name}`,
          world: withObject(world, { ...object, on: !object.on, toggled: true }),
        })
      if (world.holding === undefined && listed && object.pickupable && reachable) {
        const receptacles = object.receptacles.filter((name) => name !== receptacle.name)
        found.push({
          command: `take ${object.name} from ${receptacle.name}`,
          world: { ...withObject(world, { ...object, receptacles }), holding: object.name },
        })
      }
      if (world.holding !== object.name) continue
      if (reachable && world.canContain.get(receptacle.type)?.has(object.type)) {
        const receptacles = listed ? object.receptacles : [...object.receptacles, receptacle.name]
        const { holding: _, ...rest } = withObject(world, { ...object, receptacles })
        found.push({ command: `move ${object.name} to ${receptacle.name}`, world: rest })
      }
      if (object.cleanable && receptacle.type === tool.clean)
        found.push({
          command: `clean ${object.name} with ${receptacle.name}`,
          world: withObject(world, { ...object, clean: true }),
        })
      if (object.heatable && receptacle.type === tool.heat)
        found.push({
          command: `heat ${object.name} with ${receptacle.name}`,
          world: withObject(world, { ...object, hot: true, cool: false }),
        })
      if (object.coolable && receptacle.type === tool.cool)
        found.push({
          command: `cool ${object.name} with ${receptacle.name}`,
          world: withObject(world, { ...object, cool: true, hot: false }),
        })
    }
  }
  return found
}

export function isSolved(world: WorldState): boolean {
  const { goal } = world
  if (goal.kind === 'other') return false
  const places = new Map(world.receptacles.map((receptacle) => [receptacle.name, receptacle]))
  const targets = world.objects.filter((object) => object.type === goal.object)
  if (goal.kind === 'look') {
    const lit = world.objects.some(
      (lamp) =>
        lamp.type === goal.lamp &&
        lamp.toggleable &&
        lamp.toggled &&
        lamp.receptacles.some((name) => places.get(name)?.location === world.location),
    )
    return lit && targets.some((object) => object.name === world.holding)
  }
  const ready = targets.filter((object) => {
    if (goal.kind === 'clean') return object.cleanable && object.clean
    if (goal.kind === 'heat') return object.heatable && object.hot
    if (goal.kind === 'cool') return object.coolable && object.cool
    return true
  })
  const wanted = goal.kind === 'two' ? 2 : 1
  return world.receptacles.some(
    (receptacle) =>
      receptacle.type === goal.receptacle &&
      ready.filter((object) => object.receptacles.includes(receptacle.name)).length >= wanted,
  )
}

/** Length of a shortest solution by exhaustive breadth-first search, or undefined. */
export function exhaustiveLength(start: WorldState): number | undefined {
  let frontier = [start]
  const seen = new Set([keyOf(start)])
  for (let depth = 0; frontier.length > 0; depth++) {
    if (frontier.some(isSolved)) return depth
    const next: WorldState[] = []
    for (const world of frontier)
      for (const successor of successors(world)) {
        if (successor.command.startsWith('close ')) continue
        const key = keyOf(successor.world)
        if (!seen.has(key)) {
          seen.add(key)
          next.push(successor.world)
        }
      }
    frontier = next
  }
  return undefined
}

/** A random little world of 3-5 places, with everything that is awkward: shared places, doors, double listings, treated objects, full hands. */
export function randomSmallWorld(seed: number): WorldState {
  const random = createRandom(seed, 'small world')
  const goal = randomGoal(random)
  const places = 2 + random.integer(3)
  const place = () => `loc ${1 + random.integer(places)}`
  const types = ['shelf', 'shelf', 'cabinet', 'table']
  if (goal.kind === 'clean') types.push('sinkbasin')
  if (goal.kind === 'heat') types.push('microwave')
  if (goal.kind === 'cool') types.push('fridge')
  if (random.next() < 0.5) types.push('cabinet')
  const numbers = new Map<string, number>()
  const receptacles = types.map((type): WorldReceptacle => {
    const number = (numbers.get(type) ?? 0) + 1
    numbers.set(type, number)
    const openable = ['cabinet', 'microwave', 'fridge'].includes(type) ? random.next() < 0.9 : random.next() < 0.2
    return { name: `${type} ${number}`, type, location: place(), openable, open: openable && random.next() < 0.2 }
  })
  const objects: WorldObject[] = []
  const add = (type: string, properties: Partial<WorldObject> = {}) => {
    const receptacle = random.choice(receptacles).name
    const second = random.next() < 0.15 ? random.choice(receptacles).name : receptacle
    objects.push({
      name: `${type} ${objects.filter((object) => object.type === type).length + 1}`,
      type,
      receptacles: second === receptacle ? [receptacle] : [receptacle, second],
      pickupable: random.next() < 0.97,
      cleanable: true,
      heatable: true,
      coolable: true,
      toggleable: false,
      sliceable: false,
      clean: random.next() < 0.1,
      hot: false,
      cool: random.next() < 0.1,
      on: false,
      toggled: false,
      sliced: false,
      ...properties,
    })
  }
  const count = 1 + random.integer(goal.kind === 'two' ? 3 : 2) + (goal.kind === 'two' ? 1 : 0)
  for (let i = 0; i < count; i++) add('mug')
  add('pen')
  if (goal.kind === 'look') {
    const lamp = { toggleable: true, pickupable: random.next() < 0.2, toggled: random.next() < 0.2 }
    add('desklamp', lamp)
    if (random.next() < 0.3) add('desklamp', lamp)
  }
  const canContain = new Map<string, Set<string>>()
  for (const type of new Set(types)) canContain.set(type, new Set(['mug', 'pen'].filter(() => random.next() < 0.75)))
  if (goal.kind !== 'look' && goal.kind !== 'other' && random.next() < 0.9) canContain.get(goal.receptacle)?.add('mug')
  if (random.next() < 0.5) canContain.get('table')?.add('desklamp')
  const world: WorldState = {
    location: random.next() < 0.4 ? 'loc 9' : place(),
    receptacles,
    objects,
    canContain,
    goal,
  }
  return wander(world, random, random.integer(8))
}

/** Takes random steps, those that change objects more often than walks. */
export function wander(world: WorldState, random: Random, steps: number): WorldState {
  let now = world
  for (let i = 0; i < steps; i++) {
    const all = successors(now)
    const acts = all.filter((successor) => !successor.command.startsWith('go to '))
    const pool = acts.length > 0 && random.next() < 0.6 ? acts : all
    if (pool.length > 0) now = random.choice(pool).world
  }
  return now
}

function randomGoal(random: Random): Goal {
  const kind = random.choice(['place', 'clean', 'heat', 'cool', 'two', 'look'] as const)
  if (kind === 'look') return { kind, object: 'mug', lamp: 'desklamp' }
  const receptacles = ['shelf', 'cabinet', 'table', 'cabinet', 'shelf']
  if (kind === 'cool') receptacles.push('fridge')
  if (kind === 'heat') receptacles.push('microwave')
  return { kind, object: 'mug', receptacle: random.choice(receptacles) }
}

function withReceptacle(world: WorldState, changed: WorldReceptacle): WorldState {
  const receptacles = world.receptacles.map((receptacle) => (receptacle.name === changed.name ? changed : receptacle))
  return { ...world, receptacles }
}

function withObject(world: WorldState, changed: WorldObject): WorldState {
  return { ...world, objects: world.objects.map((object) => (object.name === changed.name ? changed : object)) }
}

function keyOf(world: WorldState): string {
  const doors = world.receptacles.map((receptacle) => (receptacle.open ? 1 : 0)).join('')
  const objects = world.objects.map(
    (object) =>
      `${[...object.receptacles].sort().join('+')}${object.clean}${object.hot}${object.cool}${object.toggled}`,
  )
  return `${world.location}|${world.holding}|${doors}|${objects.join(';')}`
}
