import type { WorldState } from '../world-state.ts'
import { PlacementPrior } from './placement-prior.ts'

/** Counts, over the hidden truth of training rooms, what lies where. Rooms of games that are judged must not be among them. */
export function learnPlacements(rooms: Iterable<WorldState>): PlacementPrior {
  const prior = new PlacementPrior()
  for (const { receptacles, objects } of rooms) {
    const inside = new Map<string, string[]>(receptacles.map(({ name }) => [name, []]))
    for (const object of objects) for (const place of object.receptacles) inside.get(place)?.push(object.name)
    prior.add([...inside].map(([receptacle, names]) => ({ receptacle, objects: names })))
  }
  return prior
}
