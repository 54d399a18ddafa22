// An environment of your own in about 50 lines: a coin lies in one of six boxes; open boxes until you find it, then take it.
// Run it: npx leap run examples/own-environment.yaml
import type { Domain } from '../src/contracts/domain.ts'
import type { Environment, Episode, Observation } from '../src/contracts/environment.ts'
import type { Task } from '../src/contracts/task.ts'

const boxes = ['box 1', 'box 2', 'box 3', 'box 4', 'box 5', 'box 6']
const placeOf = (task: Task) => boxes[Number(task.id.split('/')[1]) % boxes.length]!

function openEpisode(task: Task): Episode {
  let opened: string[] = []
  let taken = false
  const look = (text: string): Observation => {
    const open = boxes.filter((box) => !opened.includes(box)).map((box) => `open ${box}`)
    const candidates = opened.includes(placeOf(task)) ? [...open, 'take coin'] : open
    return { text, candidates, score: taken ? 1 : 0, done: taken }
  }
  return {
    task,
    instruction: 'find the coin.',
    async reset() {
      opened = []
      taken = false
      return look(`There are ${boxes.join(', ')}.`)
    },
    async step(action) {
      taken = action === 'take coin' && opened.includes(placeOf(task))
      if (taken) return look('You have the coin.')
      const box = boxes.find((name) => action === `open ${name}` && !opened.includes(name))
      if (!box) return look('Nothing happens.')
      opened.push(box)
      return look(box === placeOf(task) ? `In ${box} there is a coin.` : `${box} is empty.`)
    },
    privilegedState: async () => ({
      text: `The coin is in ${placeOf(task)}.`,
      data: { place: placeOf(task) },
      secrets: [`coin @ ${placeOf(task)}`],
    }),
    close: async () => {},
  }
}

const environment: Environment = {
  name: 'boxes',
  splits: ['train', 'valid_seen', 'valid_unseen'],
  tasks: async (split) =>
    Array.from({ length: 120 }, (_, i) => ({ id: `${split}/${i}`, environment: 'boxes', split, category: 'boxes' })),
  contentHash: async (task) => placeOf(task),
  solution: async (task) => [`open ${placeOf(task)}`, 'take coin'],
  open: async (task) => openEpisode(task),
  close: async () => {},
}

const explain = (candidates: readonly string[]) =>
  candidates.includes('take coin') ? 'I see the coin.' : 'I see no coin yet.'

export async function createDomain(): Promise<Domain> {
  return {
    environment,
    explain: ({ steps }) => steps.map(({ candidates = [] }) => explain(candidates)),
    teacher: () => ({
      name: 'boxes',
      correct: async ({ id, steps }) =>
        steps.map(({ candidates = [], privileged }, step) => {
          const take = candidates.includes('take coin')
          const action = take ? 'take coin' : `open ${privileged?.data.place}`
          return { trajectoryId: id, step, action, reason: explain(candidates), isCorrected: true }
        }),
    }),
  }
}
