import { LeapError } from '../../contracts/error.ts'

/** A hard cap in US dollars over all models that share it: what was spent and what is on its way never exceed it. */
export interface Budget {
  readonly limit: number
  readonly spent: number
  /**
   * Sets the most that a call can cost aside, and waits while other calls hold what it needs. Throws a LeapError `BUDGET_EXHAUSTED` when
   * nothing is on its way and there is still not enough, and the signal's reason when it aborts.
   */
  reserve(most: number, signal?: AbortSignal): Promise<Reservation>
}

export interface Reservation {
  /** Gives back what was set aside and counts what the call really cost. Once. */
  settle(cost: number): void
}

interface Waiting {
  most: number
  resolve(reservation: Reservation): void
  reject(error: unknown): void
}

/** A budget of which `spent` US dollars are gone already (in earlier sessions of the run). */
export function createBudget({ limit, spent: already = 0 }: { limit: number; spent?: number }): Budget {
  if (!(limit >= 0))
    throw new LeapError({
      code: 'BUDGET_INVALID',
      message: `expected a budget of 0 or more US dollars, found ${limit}`,
    })
  let spent = already
  let reserved = 0
  let inFlight = 0
  const queue: Waiting[] = []

  const pump = () => {
    while (queue.length > 0) {
      const { most, resolve, reject } = queue[0]!
      // A hair of tolerance: sums of many small costs are not exact.
      if (spent + reserved + most <= limit + 1e-9) {
        queue.shift()
        reserved += most
        inFlight++
        resolve(reservation(most))
      } else if (inFlight > 0) return
      else {
        queue.shift()
        reject(exhausted({ limit, spent, most }))
      }
    }
  }
  const reservation = (most: number): Reservation => {
    let settled = false
    return {
      settle(cost) {
        if (settled) throw new TypeError('A reservation can be settled once only')
        settled = true
        inFlight--
        // Exactly nothing is held when nothing is on its way, whatever the sums have rounded to.
        reserved = inFlight === 0 ? 0 : reserved - most
        spent += cost
        pump()
      },
    }
  }
  return {
    limit,
    get spent() {
      return spent
    },
    reserve(most, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const leave = () => {
          queue.splice(queue.indexOf(waiting), 1)
          reject(signal?.reason)
          pump()
        }
        const waiting: Waiting = {
          most,
          resolve: (one) => {
            signal?.removeEventListener('abort', leave)
            resolve(one)
          },
          reject: (error) => {
            signal?.removeEventListener('abort', leave)
            reject(error)
          },
        }
        signal?.addEventListener('abort', leave, { once: true })
        queue.push(waiting)
        pump()
      })
    },
  }
}

const dollars = (value: number) => `$${value.toFixed(value < 1 ? 4 : 2)}`

function exhausted({ limit, spent, most }: { limit: number; spent: number; most: number }): LeapError {
  return new LeapError({
    code: 'BUDGET_EXHAUSTED',
    message: `the budget of ${dollars(limit)} is used up: ${dollars(spent)} are spent, and the next call could cost up to ${dollars(most)}`,
    remedy: 'Raise the budget and give the same command again: everything so far is kept, and no answer is paid twice.',
  })
}
