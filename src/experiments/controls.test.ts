import { describe, expect, it } from 'vitest'
import type { SftExample } from '../contracts/example.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { compactRenderer } from '../policies/prompts/compact.ts'
import { type ConfigInput, configSchema } from './config.ts'
import { trainControls } from './controls.ts'
import type { RunSteps } from './create-steps.ts'
import type { Workshop } from './workshop.ts'

const task = (index: number) => ({ id: `train/${index}`, environment: 'toy', split: 'train', category: 'toy' })
const row = (source: SftExample['source'], iteration: number, step: number): SftExample => ({
  trajectoryId: `${source}-${iteration}/train/0#0`,
  step,
  source,
  iteration,
  prompt: [{ role: 'user', content: 'x' }],
  completion: 'y',
})
const rows = (count: number, source: SftExample['source'], iteration: number) =>
  Array.from({ length: count }, (_, step) => row(source, iteration, step))

/** The teacher's own play: four steps a game, every third game lost. */
const played = (phase: string, index: number): Trajectory => ({
  id: `${phase}/train/${index}#0`,
  task: task(index),
  policy: 'teacher',
  instruction: 'find it',
  steps: Array.from({ length: 4 }, (_, step) => ({
    observation: `step ${step}`,
    reason: 'So.',
    action: `${phase} ${index} ${step}`,
    score: 0,
    admissible: true,
  })),
  finalObservation: '',
  score: 1,
  outcome: index % 3 === 0 ? 'failure' : 'success',
})

interface Trained {
  policy: string
  from: string
  data: readonly SftExample[]
  settings: object
}

/** What the controls train, with 12 demonstrations' rows and 10 and 6 corrections in two iterations. */
async function controls({ iterations = 2, from = 'previous' as 'previous' | 'base', acting = true } = {}) {
  const optimiser = { updates: 5, learningRate: 1 }
  const config: ConfigInput = {
    name: 'toy',
    demonstrations: { games: 1 },
    iterations,
    rollouts: { games: 12 },
    training: { cloning: optimiser, iteration: { ...optimiser, updates: 7, from } },
  }
  const trained: Trained[] = []
  const steps = {
    play: async (phase: string, { tasks }: { tasks: readonly unknown[] }) => ({
      all: async () => tasks.map((_, index) => played(phase, index)),
    }),
    train: async (policy: string, options: Omit<Trained, 'policy'>) => void trained.push({ policy, ...options }),
  } as unknown as RunSteps
  const shop = {
    config: configSchema.parse(config),
    domain: acting ? { teacherPolicy: () => ({}) } : {},
    tasks: {
      rollouts: Array.from({ length: iterations }, () => Array.from({ length: 12 }, (_, index) => task(index))),
    },
    renderer: compactRenderer,
  } as unknown as Workshop
  const datasets = [rows(12, 'demonstration', 0), rows(10, 'correction', 1), rows(6, 'correction', 2)]
  const names = await trainControls(shop, steps, datasets.slice(0, iterations + 1))
  return { names, trained, demonstrations: datasets[0]! }
}

describe('the controls', () => {
  it('repeat the chain of pi_1..pi_N, update for update', async () => {
    const { names, trained } = await controls()
    expect(names).toEqual(['bc-more', 'bc-teacher'])
    expect(trained.map(({ policy, from }) => [policy, from])).toEqual([
      ['bc-more_1', 'pi_0'],
      ['bc-more', 'bc-more_1'],
      ['bc-teacher_1', 'pi_0'],
      ['bc-teacher', 'bc-teacher_1'],
    ])
    for (const { settings } of trained) {
      expect(settings).toMatchObject({ updates: 7 })
      expect(settings).not.toHaveProperty('from')
    }
  })

  it('bc-more sees demonstrations alone', async () => {
    const { trained, demonstrations } = await controls()
    for (const { policy, data } of trained) if (policy.startsWith('bc-more')) expect(data).toEqual(demonstrations)
  })

  it('bc-teacher sees as many labels of the teacher as there are corrections, whole games that it won', async () => {
    const { trained, demonstrations } = await controls()
    for (const [name, labels] of [
      ['bc-teacher_1', [10]],
      ['bc-teacher', [10, 6]],
    ] as const) {
      const { data } = trained.find(({ policy }) => policy === name)!
      expect(data.slice(0, 12)).toEqual(demonstrations)
      const own = data.slice(12)
      for (const [index, count] of labels.entries()) {
        const phase = `teacher-demonstrations-${index + 1}/`
        const of = own.filter(({ trajectoryId }) => trajectoryId.startsWith(phase))
        expect(of).toHaveLength(count)
        const games = Map.groupBy(of, ({ trajectoryId }) => trajectoryId)
        expect(games.size).toBe(Math.ceil(count / 4))
        for (const id of games.keys()) expect(Number(/train\/(\d+)/.exec(id)![1]) % 3, id).not.toBe(0)
      }
    }
    expect((await controls()).trained).toEqual(trained)
  })

  it('start from the base where every pi_i does, and then train only what counts', async () => {
    const { trained } = await controls({ from: 'base' })
    expect(trained.map(({ policy, from, data }) => [policy, from, data.length])).toEqual([
      ['bc-more', 'base', 12],
      ['bc-teacher', 'base', 12 + 10 + 6],
    ])
  })

  it('leave out what makes no sense: a teacher that cannot act, a run without iterations', async () => {
    expect((await controls({ acting: false })).names).toEqual(['bc-more'])
    expect((await controls({ iterations: 0 })).names).toEqual([])
  })
})
