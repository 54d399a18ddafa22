import { bitOf, type Relation, type State } from './engine/relation.ts'
import type { Simulation } from './engine/simulation.ts'
import { classOf, recognizeGoal } from './goal.ts'
import type { Goal, WorldObject, WorldReceptacle, WorldState } from './world-state.ts'

/** Reads the hidden truth of a state in the names of the commands. What it needs of the game is looked up once, when first asked. */
export function createWorldReader(simulation: Simulation): (state: State) => WorldState {
  let read: ((state: State) => WorldState) | undefined
  return (state) => {
    read ??= prepareReader(simulation)
    return read(state)
  }
}

function prepareReader(simulation: Simulation): (state: State) => WorldState {
  const { facts, entities, objects } = simulation
  const relation = (name: string) => facts.truth.get(name)
  const nameOf = (object: number) => entities[object]!.name
  const firstArguments = (name: string) => [...(relation(name)?.domains[0] ?? [])]
  const receptacleIndexes = ascending([...firstArguments('receptacletype'), ...firstArguments('receptacleatlocation')])
  const isReceptacle = new Set(receptacleIndexes)
  const objectIndexes = ascending([...firstArguments('objecttype'), ...firstArguments('inreceptacle')]).filter(
    (object) => !isReceptacle.has(object),
  )
  const locations = [...(relation('atlocation')?.domains[1] ?? [])]
  const spots = [...(relation('objectatlocation')?.domains[1] ?? [])]
  const places = new Map<number, string>()
  const reach = relation('receptacleatlocation')
  for (let t = 0; t < (reach?.tuples.length ?? 0); t += 2) places.set(reach!.tuples[t]!, nameOf(reach!.tuples[t + 1]!))
  const canContain = readCanContain(relation('cancontain'), (object) => objects.ids[object]!)
  const goal: Goal = recognizeGoal(simulation.goal)
  const agents = firstArguments('atlocation')

  const stands = factTable(relation('atlocation'), agents, locations)
  const holding = factTable(relation('holds'), agents, objectIndexes)
  const listed = factTable(relation('inreceptacle'), objectIndexes, receptacleIndexes)
  const lies = factTable(relation('objectatlocation'), objectIndexes, spots)
  const of = (name: string, indexes: readonly number[]) => factTable(relation(name), indexes)
  const opened = of('opened', receptacleIndexes)
  const openable = of('openable', receptacleIndexes)
  const flags = {
    pickupable: of('pickupable', objectIndexes),
    cleanable: of('cleanable', objectIndexes),
    heatable: of('heatable', objectIndexes),
    coolable: of('coolable', objectIndexes),
    toggleable: of('toggleable', objectIndexes),
    sliceable: of('sliceable', objectIndexes),
    clean: of('isclean', objectIndexes),
    hot: of('ishot', objectIndexes),
    cool: of('iscool', objectIndexes),
    on: of('ison', objectIndexes),
    toggled: of('istoggled', objectIndexes),
    sliced: of('issliced', objectIndexes),
  }
  const names = objectIndexes.map(nameOf)
  const types = objectIndexes.map((object) => entities[object]!.base)
  const furniture = receptacleIndexes.map((receptacle) => ({
    name: nameOf(receptacle),
    type: entities[receptacle]!.base,
    location: places.get(receptacle) ?? '',
  }))

  return (state) => {
    const here = locations.find((_, location) => agents.some((_, agent) => stands(state, agent, location)))
    const held = objectIndexes.findIndex((_, object) => agents.some((_, agent) => holding(state, agent, object)))
    const receptacles = furniture.map(
      ({ name, type, location }, r): WorldReceptacle => ({
        name,
        type,
        location,
        openable: openable(state, r),
        open: opened(state, r),
      }),
    )
    const worldObjects = names.map((name, o): WorldObject => {
      const spot = spots.findIndex((_, location) => lies(state, o, location))
      const inside: string[] = []
      for (let r = 0; r < furniture.length; r++) if (listed(state, o, r)) inside.push(furniture[r]!.name)
      return {
        name,
        type: types[o]!,
        receptacles: inside,
        ...(spot < 0 ? {} : { location: nameOf(spots[spot]!) }),
        pickupable: flags.pickupable(state, o),
        cleanable: flags.cleanable(state, o),
        heatable: flags.heatable(state, o),
        coolable: flags.coolable(state, o),
        toggleable: flags.toggleable(state, o),
        sliceable: flags.sliceable(state, o),
        clean: flags.clean(state, o),
        hot: flags.hot(state, o),
        cool: flags.cool(state, o),
        on: flags.on(state, o),
        toggled: flags.toggled(state, o),
        sliced: flags.sliced(state, o),
      }
    })
    return {
      location: here === undefined ? '' : nameOf(here),
      ...(held < 0 ? {} : { holding: names[held]! }),
      receptacles,
      objects: worldObjects,
      canContain,
      goal,
    }
  }
}

/** Whether the fact over the i-th of `firsts` (and the j-th of `seconds`) holds, with the bits found in advance. */
function factTable(
  relation: Relation | undefined,
  firsts: readonly number[],
  seconds: readonly number[] = [-1],
): (state: State, first: number, second?: number) => boolean {
  if (relation === undefined) return () => false
  const width = seconds.length
  const bits = new Int32Array(firsts.length * width)
  firsts.forEach((first, i) => {
    seconds.forEach((second, j) => {
      bits[i * width + j] = bitOf(relation, [first, second])
    })
  })
  const { fixed } = relation
  return (state, first, second = 0) => {
    const bit = bits[first * width + second]!
    return bit >= 0 && (((fixed ?? state)[bit >> 5]! >>> (bit & 31)) & 1) === 1
  }
}

const ascending = (items: readonly number[]) => [...new Set(items)].sort((left, right) => left - right)

function readCanContain(relation: Relation | undefined, idOf: (object: number) => string): Map<string, Set<string>> {
  const table = new Map<string, Set<string>>()
  const tuples = relation?.tuples ?? new Int32Array(0)
  for (let t = 0; t < tuples.length; t += 2) {
    const receptacle = classOf(idOf(tuples[t]!))
    const kinds = table.get(receptacle) ?? new Set<string>()
    kinds.add(classOf(idOf(tuples[t + 1]!)))
    table.set(receptacle, kinds)
  }
  return table
}
