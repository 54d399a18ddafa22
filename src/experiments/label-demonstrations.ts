import { type Trajectory, trajectorySchema } from '../contracts/trajectory.ts'
import { mapConcurrently } from '../execution/pool.ts'
import { deriveSeed } from '../support/random.ts'
import { createReasonLabeller } from '../teachers/llm/label-reasons.ts'
import { labelReasons } from './demonstrate.ts'
import type { Workshop } from './workshop.ts'

/**
 * Gives every step of the demonstrations a reason: by the model of `demonstrations.labeller`, as the phase `labels` (a demonstration that is recorded is not asked
 * about again), or by the domain's rules.
 */
export async function labelDemonstrations(
  shop: Workshop,
  demonstrations: readonly Trajectory[],
): Promise<Trajectory[]> {
  const { run, config, domain, desk, prompts, progress, signal } = shop
  const spec = config.demonstrations.labeller
  if (spec === undefined) return demonstrations.map((demonstration) => labelReasons(domain, demonstration))
  const path = run.paths.trajectories('labelled-demonstrations')
  const inputs = {
    model: spec,
    prompt: prompts.get('label-reason').hash,
    demonstrations: demonstrations.map(({ id }) => id),
  }
  await run.phase('labels', inputs, async (phase) => {
    const label = createReasonLabeller({ model: await desk.model(spec, 'labels'), prompts })
    const shown = progress.phase('labels', { total: demonstrations.length, unit: 'games' })
    const { records } = await phase.collect({ path, schema: trajectorySchema }, async (sink) => {
      let done = sink.resumed
      const work = async (demonstration: Trajectory, stop: AbortSignal) => {
        if (sink.has(demonstration.id)) return
        const seed = deriveSeed(config.seed, 'labels', demonstration.id)
        const reasons = await label(demonstration, { seed, signal: stop })
        const steps = demonstration.steps.map((step, index) => ({ ...step, reason: reasons[index]! }))
        await sink.add(demonstration.id, [{ ...demonstration, steps }])
        shown.set({ count: ++done })
      }
      for await (const _ of mapConcurrently(demonstrations, work, {
        concurrency: config.teacher.concurrency,
        signal,
      })) {
        // Each piece writes down its own result.
      }
    })
    shown.done()
    return { demonstrations: records }
  })
  return (await run.records(path, trajectorySchema)).all()
}
