import { LeapError } from '../../contracts/error.ts'
import type { Task } from '../../contracts/task.ts'
import { createRandom } from '../../support/random.ts'
import { addExamples, type CliCommand } from '../command.ts'
import { type CliContext, note, print } from '../context.ts'
import { addGamesOptions, type GamesOptions } from '../games/games-options.ts'
import { type OpenDomain, openDomain } from '../games/open-domain.ts'
import { selectTask } from '../games/select-task.ts'
import { nonNegativeNumber, wholeNumber } from '../options/number-option.ts'
import { type ResolvePolicyOptions, resolvePolicy } from '../policies/resolve-policy.ts'
import { describeOutcome } from '../show/render-trajectory.ts'
import { playByHand } from './play-by-hand.ts'
import { watchPolicy } from './watch-policy.ts'

interface PlayOptions extends GamesOptions {
  task?: string
  policy?: string
  maxSteps: number
  temperature: number
  delay: number
}

/** `leap play`: a person plays, or watches a policy play. */
export function createPlayCommand(
  open: OpenDomain,
  models: Pick<ResolvePolicyOptions, 'openModel'> = {},
): CliCommand<PlayOptions> {
  return {
    configure(command) {
      addGamesOptions(command, 'valid_unseen')
        .option('--task <id>', 'the game to play: its id or a part that no other has (default: any)')
        .option('--policy <name>', 'watch: systematic, informed, planner, or a checkpoint folder')
        .option('--max-steps <number>', 'actions until the game is lost', wholeNumber(1), 30)
        .option('--temperature <number>', 'of a checkpoint; 0 = always the likeliest', nonNegativeNumber, 0)
        .option('--delay <seconds>', 'wait between the steps of a policy', nonNegativeNumber, 0)
      addExamples(command, [
        ['leap play', 'play a generated game; ? lists what you can do'],
        ['leap play --policy informed --delay 1', 'watch an agent that searches likely places first'],
        ['leap play --policy runs/quickstart/checkpoints/pi_1', 'watch a student'],
        ['leap play --games json_2.1.1 --split valid_seen', 'play an official game'],
      ])
    },
    async run(context, options) {
      const domain = await open({ ...options, cwd: context.cwd })
      const { environment } = domain
      try {
        const task = await chooseTask(context, await environment.tasks(options.split), options)
        announce(context, task, options)
        if (options.policy === undefined) {
          const episode = await environment.open(task)
          try {
            await playByHand(context, episode, options.maxSteps)
          } finally {
            await episode.close()
          }
          return 0
        }
        const { policy, close } = await resolvePolicy(options.policy, {
          ...options,
          ...models,
          domain,
          cwd: context.cwd,
        })
        try {
          const trajectory = await watchPolicy(context, {
            ...{ environment, task, policy },
            ...{ maxSteps: options.maxSteps, seed: options.seed, delay: options.delay * 1000 },
          })
          print(context, `\n${policy.name}: ${describeOutcome(trajectory, context.style)}`)
          return trajectory.outcome === 'void' ? 1 : 0
        } finally {
          await close()
        }
      } finally {
        await environment.close()
      }
    },
  }
}

export const playCommand = createPlayCommand(openDomain)

async function chooseTask({ clock }: CliContext, tasks: readonly Task[], { task, split }: PlayOptions): Promise<Task> {
  if (task !== undefined) return selectTask(tasks, task)
  if (tasks.length === 0)
    throw new LeapError({
      code: 'SPLIT_EMPTY',
      message: `Expected games in split ${split}, found none.`,
      remedy: 'Choose another --split or --games.',
    })
  // Another game every time; which one is printed, so that it can be played again.
  return createRandom(clock.now(), 'play').choice(tasks)
}

/** Says which game it is and how to play it again; beside the game, so that a recording holds the game alone. */
function announce(context: CliContext, task: Task, { games, seed, text }: PlayOptions): void {
  const source = games === undefined ? (seed === 1 ? '' : ` --seed ${seed}`) : ` --games ${games}`
  const wording = text === 'as-is' ? '' : ` --text ${text}`
  const { dim } = context.errorStyle
  note(context, dim(`${task.category}; again: leap play${source}${wording} --split ${task.split} --task ${task.id}`))
}
