import type { JobEvent } from './jobs-client.ts'

export interface JobMetric {
  step: number
  steps: number | undefined
  loss: number
}

/**
 * Losses in a job's events, in order of their steps: services put them into `data` (`step`, `total_steps`, `train_loss`), or only into the text
 * (`Step 10/60: training loss=0.53`).
 */
export function jobMetrics(events: readonly JobEvent[]): JobMetric[] {
  const found = new Map<number, JobMetric>()
  for (const { data, message } of events) {
    const said = /step (\d+)(?:\/(\d+))?:? .*?training loss[=: ]+([\d.eE+-]+)/i.exec(message ?? '')
    const step = number(data?.step) ?? number(said?.[1])
    const loss = number(data?.train_loss) ?? number(said?.[3])
    if (step === undefined || loss === undefined) continue
    found.set(step, { step, steps: number(data?.total_steps) ?? number(said?.[2]), loss })
  }
  return [...found.values()].sort((a, b) => a.step - b.step)
}

function number(value: unknown): number | undefined {
  const found = typeof value === 'string' ? Number.parseFloat(value) : value
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}
