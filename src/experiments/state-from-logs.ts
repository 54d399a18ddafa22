import type { Policy } from '../contracts/policy.ts'
import { privilegedStateSchema } from '../contracts/privileged-state.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { mapConcurrently } from '../execution/pool.ts'
import { rolloutAll } from '../execution/rollout.ts'
import { deriveSeed } from '../support/random.ts'
import { createPrivilegeExtractor } from '../teachers/llm/extract-privilege.ts'
import { createDemonstrator } from './demonstrate.ts'
import type { Workshop } from './workshop.ts'

/**
 * The trajectories with the hidden state that a model reads out of the log of each task's known solution, one for the whole game (paper D.2), in place of what
 * the simulator told. A phase of the run: each task is asked about once. Throws what {@link createPrivilegeExtractor} throws; a task without a known solution is
 * `DEMONSTRATION_FAILS`.
 */
export async function stateFromLogs(
  shop: Workshop,
  iteration: number,
  trajectories: readonly Trajectory[],
): Promise<Trajectory[]> {
  const { run, config, domain, desk, policies, prompts, progress, signal } = shop
  const spec = config.teacher.model!
  const own = spec === 'student' ? await policies.openModel(`pi_${iteration - 1}`) : undefined
  const name = `states-${iteration}`
  const tasks = [...new Map(trajectories.map(({ task }) => [task.id, task])).values()]
  const inputs = {
    model: own?.hash ?? spec,
    prompt: prompts.get('extract-privilege').hash,
    tasks: tasks.map(({ id }) => id),
  }
  try {
    const states = await run.phase(name, inputs, async () => {
      const model = own?.model ?? (await desk.model(spec, name))
      const extract = createPrivilegeExtractor({ model, prompts })
      const shown = progress.phase(name, { total: tasks.length, unit: 'games' })
      const policy: Policy = createDemonstrator(domain, 'solution')
      const found: [string, unknown][] = []
      const work = async (task: Trajectory['task'], stop: AbortSignal) => {
        const { environment } = domain
        const options = {
          environment,
          tasks: [task],
          policy,
          maxSteps: 200,
          seed: config.seed,
          phase: name,
          signal: stop,
        }
        const [log] = await rolloutAll({ ...options, retries: 0 })
        return [task.id, await extract(log!, { seed: deriveSeed(config.seed, name, task.id), signal: stop })] as const
      }
      for await (const [id, state] of mapConcurrently(tasks, work, {
        concurrency: config.teacher.concurrency,
        signal,
      })) {
        found.push([id, state])
        shown.set({ count: found.length })
      }
      shown.done()
      return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)))
    })
    return trajectories.map((trajectory) => {
      const privileged = privilegedStateSchema.parse(states[trajectory.task.id])
      return { ...trajectory, steps: trajectory.steps.map((step) => ({ ...step, privileged })) }
    })
  } finally {
    await own?.close()
  }
}
