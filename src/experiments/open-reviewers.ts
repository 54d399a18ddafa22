import type { Correction } from '../contracts/correction.ts'
import { LeapError } from '../contracts/error.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import type { CheckPolicies } from '../corrections/check-policies.ts'
import type { Reviewers } from '../corrections/review-corrections.ts'
import { stepExample } from '../datasets/step-example.ts'
import type { PhaseInputs } from '../runs/phase-book.ts'
import { createBlindJudge } from '../teachers/llm/judge.ts'
import type { Workshop } from './workshop.ts'

export interface OpenedReviewers {
  policies: Partial<CheckPolicies>
  reviewers: Reviewers
  /** What determines their verdicts. */
  inputs: PhaseInputs
  close(): Promise<void>
}

/**
 * The checks of the configuration, with the models that some of them need: the student before this iteration's update tells how surprising a correction is, the
 * judge's model whether it follows from the history. Throws a LeapError `SURPRISE_UNAVAILABLE` if the student tells no log-probabilities.
 */
export async function openReviewers(shop: Workshop, iteration: number): Promise<OpenedReviewers> {
  const { config, desk, policies, prompts, renderer } = shop
  const { judgeModel, ...checks } = config.corrections.checks
  const reviewers: Reviewers = {}
  const inputs: Record<string, unknown> = {}
  let close = async () => {}
  if (checks.surprise !== 'off') {
    const student = await policies.openModel(`pi_${iteration - 1}`)
    close = () => student.close()
    const { score } = student.model
    if (!score) {
      await close()
      throw noScores()
    }
    inputs.surprise = student.hash
    reviewers.surprise = async (trajectory, correction) => {
      const { prompt, completion } = rowOf(trajectory, correction)
      const tokens = await score({ messages: prompt, completion })
      return -tokens.reduce((sum, token) => sum + token, 0) / tokens.length
    }
  }
  if (checks.judge !== 'off') {
    const spec = judgeModel ?? config.teacher.model!
    const judge = createBlindJudge({ model: await desk.model(spec, `judge-${iteration}`), prompts })
    inputs.judge = { model: spec, prompt: prompts.get('judge').hash }
    reviewers.judge = judge
  }
  return { policies: checks, reviewers, inputs, close }

  /** The correction as it would be trained on. */
  function rowOf(trajectory: Trajectory, correction: Correction) {
    const origin = { source: 'correction' as const, iteration }
    return stepExample(trajectory, correction.step, correction, origin, renderer)
  }
}

function noScores(): LeapError {
  return new LeapError({
    code: 'SURPRISE_UNAVAILABLE',
    message: 'corrections.checks.surprise: the student tells no log-probabilities of given text',
    remedy: 'Turn the check off, or use a student that runs in this process or behind leap serve.',
  })
}
