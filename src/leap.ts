import type { DatasetExample } from './contracts/example.ts'
import type { Evaluation } from './evaluation/evaluation.ts'
import { selectBest } from './evaluation/select-best.ts'
import type { LeapSteps } from './experiments/leap-steps.ts'

export interface LeapResult {
  /** Name of the policy that won on the selection panel, for example `pi_2`. */
  best: string
  /** Evaluations on the selection panel, pi_0 first. */
  selection: Evaluation[]
  /** D and D_1..D_N, in this order: controls are matched against them. */
  datasets: DatasetExample[][]
}

/**
 * LEAP (arXiv 2410.05434, Algorithm 1), top to bottom. Every line is a phase of a run: done once, recorded, not repeated after an interruption.
 * What a line does is in {@link LeapSteps}; the names in comments are the paper's.
 */
export async function leap(steps: LeapSteps, { iterations }: { iterations: number }): Promise<LeapResult> {
  // 1: D <- {(h*, rho*, a*)}: solve training tasks from known solutions, and label every step with a reason.
  const demonstrations = await steps.demonstrate()

  // 2: pi_0 <- SFT(D): behaviour cloning.
  const datasets = [demonstrations]
  await steps.clone('pi_0', demonstrations)
  const selection = [await steps.validate('pi_0')]

  // 3: for iteration i = 1..N
  for (let i = 1; i <= iterations; i++) {
    // 4, 5: D_i <- {(h_t, rho_t, a_t)} by rolling out pi_{i-1} on training tasks; s_t is recorded at every step.
    const trajectories = await steps.rollOut(i, `pi_${i - 1}`)

    // 6, 7: (rho~_t, a~_t) <- teacher(rho_t, a_t, h_t, s_t) where the student failed; checked, leak-tested, counted.
    datasets.push(await steps.correct(i, trajectories))

    // 8: pi_i <- SFT(union of D_0..D_i), or DPO(D_i, pi_{i-1}), or KTO(D_i, pi_{i-1})
    await steps.update(`pi_${i}`, { from: `pi_${i - 1}`, datasets })
    selection.push(await steps.validate(`pi_${i}`))
  }

  // return the best pi on the validation panel
  return { best: selectBest(selection).policy, selection, datasets }
}
