import { randomBytes } from 'node:crypto'
import type { Session } from '../../environments/webshop/session/session.ts'
import type { Shop } from '../../environments/webshop/shop.ts'

/** A person's trip through the shop. */
export interface Visit {
  readonly id: string
  readonly session: Session
  /** Number of the goal. */
  readonly goal: number
  /** Actions so far. */
  actions: number
}

export interface Visits {
  /** Starts a trip for the goal of this number. */
  start(goal: number): Visit
  find(id: string): Visit | undefined
}

/** Keeps the trips of a server; the oldest is forgotten where there would be more than `limit`. */
export function createVisits(shop: Shop, { limit = 1000, drawId = randomId } = {}): Visits {
  const visits = new Map<string, Visit>()
  return {
    start(goal) {
      const id = drawId()
      const visit: Visit = { id, goal, session: shop.start(goal, id), actions: 0 }
      visits.set(id, visit)
      const oldest = visits.keys().next().value
      if (visits.size > limit && oldest !== undefined) visits.delete(oldest)
      return visit
    },
    find: (id) => visits.get(id),
  }
}

/** Not to be guessed: the address of a trip is all that it takes to act in it. */
const randomId = () => randomBytes(12).toString('hex')
