import { isCandidate } from '../../contracts/candidates.ts'
import type { Environment } from '../../contracts/environment.ts'
import type { Policy } from '../../contracts/policy.ts'
import type { Task } from '../../contracts/task.ts'
import type { Trajectory } from '../../contracts/trajectory.ts'
import { rolloutAll } from '../../execution/rollout.ts'
import type { CliContext } from '../context.ts'
import { columnsOf, print } from '../context.ts'
import { sanitize, sanitizeLine } from '../text/sanitize.ts'
import { wrap } from '../text/wrap.ts'

export interface WatchOptions {
  environment: Environment
  task: Task
  policy: Policy
  maxSteps: number
  seed: number
  /** Milliseconds to wait after each step, for a person to read. */
  delay: number
}

/** Rolls one episode out and prints each step as it happens: what the policy sees, its reason, its action. */
export async function watchPolicy(context: CliContext, options: WatchOptions): Promise<Trajectory> {
  const { environment, task, policy, maxSteps, seed, delay } = options
  const { style, clock, signal } = context
  const say = (text: string, paint = (line: string) => line) => {
    for (const line of wrap(sanitize(text), columnsOf(context))) print(context, paint(line))
  }
  const narrated: Policy = {
    name: policy.name,
    needsPrivilege: policy.needsPrivilege ?? false,
    forget: (session) => policy.forget?.(session),
    async act(request) {
      say(request.observation)
      if (request.history.length === 0 && !request.observation.includes(request.instruction))
        say(`The task: ${request.instruction}`)
      const decision = await policy.act(request)
      const possible = request.candidates === undefined || isCandidate(decision.action, request.candidates)
      print(context)
      say(decision.reason === '' ? '(no reason)' : decision.reason, style.dim)
      print(
        context,
        `${style.accent(`${request.history.length + 1}> ${sanitizeLine(decision.action)}`)}${possible ? '' : style.bad('  (not among the possible actions)')}`,
      )
      print(context)
      if (delay > 0) await clock.sleep(delay, signal)
      return decision
    },
  }
  const [trajectory] = await rolloutAll({
    environment,
    tasks: [task],
    policy: narrated,
    maxSteps,
    seed,
    phase: 'play',
    retries: 0,
    clock,
    signal,
  })
  say(trajectory!.finalObservation)
  return trajectory!
}
