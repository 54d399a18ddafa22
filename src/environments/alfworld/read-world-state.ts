import { type Bindings, holds, type Relation, type State } from './engine/relation.ts'
import type { Simulation } from './engine/simulation.ts'
import { classOf, recognizeGoal } from './goal.ts'
import type { Goal, WorldObject, WorldReceptacle, WorldState } from './world-state.ts'

/** Reads the hidden truth of a state in the names of the commands; what does not change is looked up once per game. */
export function createWorldReader(simulation: Simulation): (state: State) => WorldState {
  const { facts, entities, objects } = simulation
  const relation = (name: string) => facts.truth.get(name)
  const nameOf = (object: number) => entities[object]!.name
  const pair = new Int32Array(2)
  const isTrue = (of: Relation | undefined, state: State, first: number, second = -1) => {
    if (of === undefined) return false
    pair[0] = first
    pair[1] = second
    return holds(of, state, pair as Bindings)
  }
  const firstArguments = (name: string) => [...(relation(name)?.domains[0] ?? [])]
  const receptacleIndexes = ascending([...firstArguments('receptacletype'), ...firstArguments('receptacleatlocation')])
  const objectIndexes = ascending([...firstArguments('objecttype'), ...firstArguments('inreceptacle')]).filter(
    (object) => !receptacleIndexes.includes(object),
  )
  const locations = [...(relation('atlocation')?.domains[1] ?? [])]
  const places = new Map<number, string>()
  const reach = relation('receptacleatlocation')
  for (let t = 0; t < (reach?.tuples.length ?? 0); t += 2) places.set(reach!.tuples[t]!, nameOf(reach!.tuples[t + 1]!))
  const canContain = readCanContain(relation('cancontain'), (object) => objects.ids[object]!)
  const goal: Goal = recognizeGoal(simulation.goal)
  const agents = firstArguments('atlocation')

  return (state) => {
    const is = (name: string, object: number) => isTrue(relation(name), state, object)
    const at = relation('atlocation')
    const here = locations.find((location) => agents.some((agent) => isTrue(at, state, agent, location)))
    const held = objectIndexes.find((object) => agents.some((agent) => isTrue(relation('holds'), state, agent, object)))
    const receptacles = receptacleIndexes.map(
      (receptacle): WorldReceptacle => ({
        name: nameOf(receptacle),
        type: entities[receptacle]!.base,
        location: places.get(receptacle) ?? '',
        openable: is('openable', receptacle),
        open: is('opened', receptacle),
      }),
    )
    const spots = relation('objectatlocation')?.domains[1] ?? []
    const worldObjects = objectIndexes.map((object): WorldObject => {
      const spot = spots.find((location) => isTrue(relation('objectatlocation'), state, object, location))
      return {
        name: nameOf(object),
        type: entities[object]!.base,
        receptacles: receptacleIndexes
          .filter((receptacle) => isTrue(relation('inreceptacle'), state, object, receptacle))
          .map(nameOf),
        ...(spot === undefined ? {} : { location: nameOf(spot) }),
        pickupable: is('pickupable', object),
        cleanable: is('cleanable', object),
        heatable: is('heatable', object),
        coolable: is('coolable', object),
        toggleable: is('toggleable', object),
        sliceable: is('sliceable', object),
        clean: is('isclean', object),
        hot: is('ishot', object),
        cool: is('iscool', object),
        on: is('ison', object),
        toggled: is('istoggled', object),
        sliced: is('issliced', object),
      }
    })
    return {
      location: here === undefined ? '' : nameOf(here),
      ...(held === undefined ? {} : { holding: nameOf(held) }),
      receptacles,
      objects: worldObjects,
      canContain,
      goal,
    }
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
