import { isCandidate } from '../contracts/candidates.ts'
import type { Environment, Episode, Observation } from '../contracts/environment.ts'
import type { PastStep, Policy } from '../contracts/policy.ts'
import type { PrivilegedState } from '../contracts/privileged-state.ts'
import type { Task } from '../contracts/task.ts'
import type { Step } from '../contracts/trajectory.ts'
import { breathe } from '../support/breathe.ts'
import type { Clock } from '../support/clock.ts'
import { createRandom, deriveSeed } from '../support/random.ts'
import type { EpisodeRecord } from './episode-record.ts'
import { isInfrastructureFailure } from './infrastructure-failure.ts'
import { withTimeLimit } from './time-limit.ts'

/** Another policy that acts instead of the student with probability `beta` at each step: the roll-in mixture of DAgger (Ross et al. 2011). */
export interface RollInMixture {
  policy: Policy
  /** Probability, 0 to 1. */
  beta: number
}

export interface PlayOptions {
  environment: Environment
  task: Task
  policy: Policy
  mix?: RollInMixture | undefined
  maxSteps: number
  recordPrivilege: boolean
  /** Determine every random draw of the episode, together with the step. */
  seed: number
  phase: string
  sample: number
  session: string
  timeLimit: number | undefined
  clock: Clock
  signal: AbortSignal
  /** Says where the episode stands, for error messages. */
  onStage: (stage: string) => void
  /** Told when the episode could not be closed; what it produced still counts. */
  onCloseFailure: (error: unknown) => void
}

/** Plays one episode from its beginning into `record`. Throws whatever the environment or the policy throws. */
export async function playEpisode(options: PlayOptions, record: EpisodeRecord): Promise<void> {
  const { environment, task, policy, mix, clock, onStage } = options
  const limited = <Result>(what: string, work: (signal: AbortSignal) => Promise<Result>) => {
    onStage(what)
    return withTimeLimit(work, { milliseconds: options.timeLimit, what, signal: options.signal })
  }
  const episode = await limited(`environment "${environment.name}" to open task ${task.id}`, () =>
    environment.open(task),
  )
  try {
    record.instruction = episode.instruction
    let observation = await limited(`environment "${environment.name}" to reset task ${task.id}`, () => episode.reset())
    see(record, observation)
    const history: PastStep[] = []
    for (let index = 0; index < options.maxSteps && !observation.done; index++) {
      await breathe()
      const start = clock.elapsed()
      const byTeacher = mix !== undefined && mixDraw(options, index) < mix.beta
      const actor = byTeacher ? mix.policy : policy
      const privileged =
        options.recordPrivilege || actor.needsPrivilege
          ? await limited(`the privileged state at step ${index} of task ${task.id}`, () => episode.privilegedState())
          : undefined
      const decision = await limited(`policy "${actor.name}" to decide step ${index} of task ${task.id}`, (signal) =>
        actor.act({
          task,
          instruction: episode.instruction,
          history: [...history],
          observation: observation.text,
          ...(observation.candidates === undefined ? {} : { candidates: observation.candidates }),
          session: options.session,
          seed: decisionSeed(options, index),
          ...(actor.needsPrivilege && privileged !== undefined ? { privileged } : {}),
          signal,
        }),
      )
      const next = await limited(`environment "${environment.name}" to do step ${index} of task ${task.id}`, () =>
        episode.step(decision.action),
      )
      const step = describeStep(observation, decision, next, options.recordPrivilege ? privileged : undefined)
      step.milliseconds = clock.elapsed() - start
      if (mix !== undefined) step.byTeacher = byTeacher
      record.steps.push(step)
      history.push(pastStep(step))
      observation = next
      see(record, observation)
    }
  } finally {
    await close(episode, options)
    policy.forget?.(options.session)
    mix?.policy.forget?.(options.session)
  }
}

function see(record: EpisodeRecord, observation: Observation) {
  record.finalObservation = observation.text
  record.score = observation.score
  record.done = observation.done
  if (observation.info !== undefined) record.info = observation.info
}

function describeStep(
  observation: Observation,
  decision: Awaited<ReturnType<Policy['act']>>,
  next: Observation,
  privileged: PrivilegedState | undefined,
): Step {
  return {
    observation: observation.text,
    ...(observation.candidates === undefined ? {} : { candidates: observation.candidates }),
    reason: decision.reason,
    action: decision.action,
    score: next.score,
    admissible: observation.candidates === undefined || isCandidate(decision.action, observation.candidates),
    ...(decision.promptHash === undefined ? {} : { promptHash: decision.promptHash }),
    ...(decision.tokens === undefined ? {} : { tokens: decision.tokens }),
    ...(privileged === undefined ? {} : { privileged }),
  }
}

function pastStep({ observation, candidates, reason, action }: Step): PastStep {
  return { observation, ...(candidates === undefined ? {} : { candidates }), reason, action }
}

function decisionSeed({ seed, phase, task, sample }: PlayOptions, step: number): number {
  return deriveSeed(seed, phase, task.id, sample, step)
}

/** A stream of its own per step: who acts must not depend on how many numbers the policies drew, nor on earlier attempts. */
function mixDraw({ seed, phase, task, sample }: PlayOptions, step: number): number {
  return createRandom(seed, 'mix', phase, task.id, sample, step).next()
}

/** An episode that cannot be closed does not undo what happened in it. The signal is left out: closing also follows an abort. */
async function close(episode: Episode, { timeLimit, task, onCloseFailure }: PlayOptions): Promise<void> {
  try {
    await withTimeLimit(() => episode.close(), { milliseconds: timeLimit, what: `task ${task.id} to close` })
  } catch (error) {
    if (!isInfrastructureFailure(error)) throw error
    onCloseFailure(error)
  }
}
