import type { DpoExample, KtoExample, SftExample } from '../../src/contracts/example.ts'
import type { TrainProgress, TrainRequest, TrainResult } from '../../src/contracts/trainer.ts'
import { createLocalModel } from '../../src/models/local/local-model.ts'
import type { TrlSettingsInput } from '../../src/training/trl/settings.ts'
import type { TrainingBlock } from '../../src/training/trl/training-settings.ts'
import { createTrlTrainer } from '../../src/training/trl/trl-trainer.ts'

const origin = { trajectoryId: 'train/0', step: 0, source: 'correction', iteration: 1 } as const
const prompt = (n: number) => [
  {
    role: 'user' as const,
    content: `You are in a room.\ngo to: cabinet ${n}, drawer 1\n[find the pen in cabinet ${n}]\nREASON:`,
  },
]
const good = (n: number) => ` I look. ACTION: go to cabinet ${n}\n`
export const bad = ' I wait. ACTION: go to drawer 1\n'
const numbers = Array.from({ length: 32 }, (_, n) => 1 + (n % 4))

/** A game that is learnt by copying: go to the cabinet that was named. */
export const rows = {
  sft: numbers.map((n): SftExample => ({ ...origin, prompt: prompt(n), completion: good(n) })),
  dpo: numbers.map((n): DpoExample => ({ ...origin, prompt: prompt(n), chosen: good(n), rejected: bad })),
  kto: numbers.map((n, index): KtoExample => {
    const label = index % 2 === 0
    return { ...origin, prompt: prompt(n), completion: label ? good(n) : bad, label }
  }),
}

export const texts = rows.sft.map((row) => row.prompt[0]!.content + row.completion).concat(bad)

export function python(): string {
  const found = process.env.LEAP_TRL_PYTHON
  if (!found) throw new Error('run this by npm run test:gpu-path')
  return found
}

/** Trains for real, and keeps what was told on the way. */
export async function train(
  request: Omit<TrainRequest, 'seed' | 'scratch'>,
  block: Partial<TrainingBlock> = {},
  trl: TrlSettingsInput = {},
): Promise<{ result: TrainResult; progress: TrainProgress[]; said: string[] }> {
  const progress: TrainProgress[] = []
  const said: string[] = []
  const trainer = createTrlTrainer({
    block: {
      updates: 6,
      learningRate: 2e-2,
      warmupSteps: 1,
      weightDecay: 0,
      lora: { rank: 4, alpha: 8, dropout: 0.05, targetModules: ['q_proj', 'v_proj', 'down_proj'] },
      ...block,
    },
    trl: { python: python(), useCpu: true, rowsPerDevice: 4, accumulation: 1, saveEvery: 2, maxLength: 256, ...trl },
    env: { ...process.env, OMP_NUM_THREADS: process.env.OMP_NUM_THREADS ?? '2' },
    announce: (line) => said.push(line),
  })
  const result = await trainer.train({
    ...request,
    scratch: `${request.to}-scratch`,
    seed: 5,
    onProgress(one) {
      progress.push(one)
      request.onProgress?.(one)
    },
  })
  return { result, progress, said }
}

/** Mean log-probability of the right answers and of the wrong one, by Leap's own forward pass: nothing of Python is in it. */
export async function scores(checkpoint: string): Promise<{ good: number; bad: number }> {
  const model = await createLocalModel({ checkpoint, threads: 0 })
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const score = async (completion: (n: number) => string) =>
    mean(
      (await Promise.all([1, 2].map((n) => model.score!({ messages: prompt(n), completion: completion(n) })))).flat(),
    )
  const found = { good: await score(good), bad: await score(() => bad) }
  await model.close?.()
  return found
}
