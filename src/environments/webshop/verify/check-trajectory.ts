import { z } from 'zod'
import type { Goal } from '../goal.ts'
import { splitRequest, withRequest } from '../goals/request-price.ts'
import { LeapSession } from '../leap-session.ts'
import { floatText } from '../python/python-text.ts'
import type { Reward } from '../reward/reward.ts'
import { searchCandidate } from '../session/candidate-actions.ts'
import type { Session } from '../session/session.ts'
import type { Shop } from '../shop.ts'
import type { CheckLog } from './check-log.ts'

export const trajectorySchema = z.object({
  task_id: z.number().int().nonnegative(),
  goal: z.string(),
  steps: z.array(
    z.object({
      observation: z.string(),
      valid_actions: z.array(z.string()),
      action_taken: z.string(),
      reward: z.number(),
      done: z.boolean(),
      next_observation: z.string(),
    }),
  ),
})

/** Steps after which LEAP's wrapper ends an episode. */
const stepLimit = 100
const sampleLimit = 20
const firstKept = 6
/** All values of r_type. */
const possibleTypes = [0, 0.1, 0.5, 1]

/** Replays an episode of LEAP's wrapper in mode `text_rich`. Returns how many observations were compared. */
export function checkTrajectory(
  { task_id, goal: instruction, steps }: z.output<typeof trajectorySchema>,
  shop: Shop,
  goalOf: (number: number) => Goal | undefined,
  where: string,
  log: CheckLog,
): number {
  const goal = goalOf(task_id)
  const request = instruction.replace(/^Instruction: /, '')
  if (goal === undefined) {
    log.add({ where, what: 'data', expected: `human goal ${task_id}`, found: 'none' })
    return 0
  }
  log.compare(where, `request of goal ${task_id}`, splitRequest(request).words, splitRequest(goal.instruction).words)
  const session = shop.start(withRequest(goal, request), String(task_id))
  const wrapper = new LeapSession(session, { cut: 'none', strictUpstream: true })
  let seen = wrapper.reset()
  let compared = 0
  for (const [index, step] of steps.entries()) {
    const at = `${where}, step ${index}`
    log.compare(at, 'observation', step.observation, seen.text)
    compareCandidates(step.valid_actions, seen.candidates, at, log)
    seen = wrapper.step(step.action_taken)
    const after = `after ${JSON.stringify(step.action_taken)}`
    log.compare(at, `done ${after}`, step.done, seen.done || index + 1 === stepLimit)
    if (!seen.done) log.compare(at, `reward ${after}`, step.reward, 0)
    const isExplained = seen.parts !== undefined && explainReward(step.reward / 10, seen.parts, session, at, log)
    const own = isExplained ? replaceScore(seen.text, seen.parts!.total, step.next_observation) : seen.text
    log.compare(at, `observation ${after}`, step.next_observation, own)
    compared += 2
  }
  return compared
}

/** A reward may differ by r_type, and by the price part of a product whose price is drawn. Returns whether it is the same or explained. */
function explainReward(recorded: number, own: Reward, session: Session, at: string, log: CheckLog): boolean {
  const isNear = (a: number, b: number) => Math.abs(a - b) < 1e-9
  if (isNear(recorded, own.total)) return true
  const { goal, product } = session
  const parts = goal.attributes.length + goal.options.length + 1
  const matches = own.attributeMatches + own.optionMatches
  const explains = (price: number) => possibleTypes.some((type) => isNear(recorded, ((matches + price) / parts) * type))
  if (explains(Number(own.price))) log.accept('tagger')
  else if (product!.pricing.length > 1 && explains(Number(!own.price))) log.accept('drawn-price')
  else return log.compare(at, 'reward', recorded, own.total)
  return true
}

/** The done page with the recorded score in place of ours, so that all the rest is compared. */
function replaceScore(text: string, own: number, recorded: string): string {
  const score = /\nYour score \(min 0\.0, max 1\.0\)\n([^\n]*)\n/.exec(recorded)?.[1] ?? ''
  return text.replace(`max 1.0)\n${floatText(own)}\n`, `max 1.0)\n${score}\n`)
}

function compareCandidates(recorded: readonly string[], own: readonly string[], at: string, log: CheckLog): void {
  if (own.length === 1 && own[0] === searchCandidate) {
    const isOwn = recorded.every((action) => /^search\[.*\]$/s.test(action))
    if (isOwn) log.accept('own-search')
    else log.compare(at, 'candidates', recorded, own)
    return
  }
  const isSampled =
    own.length > sampleLimit &&
    recorded.length <= sampleLimit &&
    recorded.every((action, index) => (index < firstKept ? action === own[index] : own.includes(action)))
  if (isSampled) log.accept('sampled-candidates')
  else log.compare(at, 'candidates', recorded, own)
}
