import type { Environment, Episode, Observation } from '../../contracts/environment.ts'
import { LeapError } from '../../contracts/error.ts'
import type { Task } from '../../contracts/task.ts'
import { hashText } from '../../support/hash.ts'
import { createRandom } from '../../support/random.ts'

export interface ToyOptions {
  /** Tasks per split. Default 12. */
  count?: number
  /** Boxes per room. Default 4. */
  boxes?: number
  /** Called before every reset (step -1) and step; what it throws is what the environment throws, and its wait is the environment's wait. */
  disturb?: (event: { task: Task; step: number; attempt: number }) => void | Promise<void>
}

/**
 * A miniature search domain for tests: a ball lies in one of several boxes; `go to box k` looks into a box, `take ball 1 from box k`
 * wins. Half of the tasks are of category `near` (the first half of the boxes), half `far`.
 */
export function createToyEnvironment({ count = 12, boxes = 4, disturb }: ToyOptions = {}): Environment & {
  opened: number
  closed: number
} {
  const splits = ['train', 'valid'] as const
  const attempts = new Map<string, number>()
  const hidden = (task: Task) => {
    const half = Math.ceil(boxes / 2)
    const offset = task.category === 'near' ? 0 : half
    return offset + createRandom('toy', task.id).integer(task.category === 'near' ? half : boxes - half)
  }
  const environment = {
    name: 'toy',
    splits,
    opened: 0,
    closed: 0,
    async tasks(split: string): Promise<Task[]> {
      if (!splits.includes(split as 'train')) {
        throw new LeapError({
          code: 'SPLIT_UNKNOWN',
          message: `Expected one of ${splits.join(', ')}, found "${split}".`,
        })
      }
      return Array.from({ length: count }, (_, index) => ({
        id: `${split}/${String(index).padStart(3, '0')}`,
        environment: 'toy',
        split,
        category: index % 2 === 0 ? 'near' : 'far',
      }))
    },
    async contentHash(task: Task) {
      return hashText([task.id, String(hidden(task)), String(boxes)])
    },
    async solution(task: Task) {
      return [`go to box ${hidden(task)}`, `take ball 1 from box ${hidden(task)}`]
    },
    async open(task: Task): Promise<Episode> {
      environment.opened++
      const attempt = attempts.get(task.id) ?? 0
      attempts.set(task.id, attempt + 1)
      return openEpisode(task, hidden(task), boxes, {
        disturb: async (step) => disturb?.({ task, step, attempt }),
        onClose: () => environment.closed++,
      })
    },
    async close() {},
  }
  return environment
}

interface Hooks {
  disturb: (step: number) => Promise<void>
  onClose: () => void
}

function openEpisode(task: Task, secret: number, boxes: number, { disturb, onClose }: Hooks): Episode {
  let place: number | undefined
  let won = false
  let step = 0
  const observe = (text: string): Observation => ({
    text,
    candidates: [
      ...Array.from({ length: boxes }, (_, box) => `go to box ${box}`),
      ...(place === secret && !won ? [`take ball 1 from box ${place}`] : []),
    ].sort(),
    score: won ? 1 : 0,
    done: won,
  })
  return {
    task,
    instruction: 'Find the ball.',
    async reset() {
      await disturb(-1)
      place = undefined
      won = false
      step = 0
      return observe(`You see ${Array.from({ length: boxes }, (_, box) => `a box ${box}`).join(', ')}.`)
    },
    async step(action) {
      await disturb(step++)
      const walk = /^go to box (\d+)$/.exec(action)
      if (walk !== null && Number(walk[1]) < boxes) {
        place = Number(walk[1])
        return observe(`In the box ${place}, you see ${place === secret ? 'a ball 1' : 'nothing'}.`)
      }
      if (place === secret && action === `take ball 1 from box ${place}`) {
        won = true
        return observe('You have the ball 1.')
      }
      return observe('Nothing happens.')
    },
    async privilegedState() {
      return {
        text: `The ball 1 is in box ${secret}.`,
        data: { box: secret },
        secrets: ['ball 1', `take ball 1 from box ${secret}`, `ball 1 @ box ${secret}`],
      }
    },
    async close() {
      onClose()
    },
  }
}
