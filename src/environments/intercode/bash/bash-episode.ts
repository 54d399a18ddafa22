import type { Episode, Observation } from '../../../contracts/environment.ts'
import type { Task } from '../../../contracts/task.ts'
import type { RootDescription } from '../sandbox/contract.ts'
import { BashSession, type BashSessionOptions, type BashTurn } from './bash-session.ts'
import type { IntercodeBashOptions } from './create-intercode-bash.ts'
import { describePrivilege } from './privileged-state.ts'
import type { BookedTask } from './task-book.ts'

/** A live task of InterCode Bash. */
export async function openBashEpisode(
  task: Task,
  booked: BookedTask,
  root: RootDescription,
  {
    provider,
    feedback = 'none',
    actionTimeout,
    runGold,
  }: Omit<IntercodeBashOptions, 'book'> & Pick<BashSessionOptions, 'runGold'>,
): Promise<Episode> {
  const session = new BashSession({
    provider,
    root,
    query: booked.query,
    gold: booked.gold,
    ...(booked.shell ? { shell: booked.shell } : {}),
    ...(actionTimeout === undefined ? {} : { actionTimeout }),
    ...(runGold === undefined ? {} : { runGold }),
    keepGold: feedback === 'reward',
  })
  const observe = (turn: BashTurn): Observation => {
    const { reward, flags, executed } = turn
    const parts = reward && {
      reward: reward.reward,
      fileDifference: reward.fileDifference,
      fileChanges: reward.fileChanges,
      answerSimilarity: reward.answerSimilarity,
    }
    return {
      text: turn.text,
      score: reward?.reward ?? 0,
      done: turn.done,
      info: { executed, ...(flags.length > 0 ? { flags } : {}), ...(parts ? { reward: parts } : {}) },
    }
  }
  return {
    task,
    instruction: booked.query,
    async reset() {
      return { text: await session.reset(), score: 0, done: false }
    },
    async step(action) {
      const turn = await session.step(action)
      if (feedback === 'none' || turn.done) return observe(turn)
      const reward = await session.score()
      const done = reward.reward === 1
      const seen = observe({ ...turn, reward, done })
      return { ...seen, text: `${seen.text}\nReward: ${Number(reward.reward.toFixed(2))}` }
    },
    privilegedState: async () => describePrivilege(booked, await session.judge()),
    close: () => session.close(),
  }
}
