import type { Episode, Observation } from '../../../contracts/environment.ts'
import type { Task } from '../../../contracts/task.ts'
import { type LeapObservation, LeapSession, type LeapSessionOptions } from '../leap-session.ts'
import type { Shop } from '../shop.ts'
import { describeShopPrivilege } from './privileged-state.ts'

/** A shopping trip behind the contract of every environment: the goal of a number, from the index page to the purchase. */
export function openWebshopEpisode(shop: Shop, goal: number, task: Task, options: LeapSessionOptions): Episode {
  const live = new LeapSession(shop.start(goal), options)
  return {
    task,
    instruction: live.session.goal.instruction,
    reset: async () => observe(live.reset()),
    step: async (action) => observe(live.step(action)),
    privilegedState: async () => describeShopPrivilege(live.session),
    close: async () => {},
  }
}

/** `info.reward` has the parts of the reward once something was bought; see {@link shopMeasures}. */
function observe({ text, candidates, reward, done, parts }: LeapObservation): Observation {
  if (parts === undefined) return { text, candidates, score: reward, done }
  const { total, attributes, options, type, price } = parts
  return {
    text,
    candidates,
    score: reward,
    done,
    info: { reward: { total, attributes, ...(options === undefined ? {} : { options }), type, price: Number(price) } },
  }
}
