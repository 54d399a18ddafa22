import { LeapError } from '../../contracts/error.ts'
import type { Task } from '../../contracts/task.ts'
import { createRandom } from '../../support/random.ts'
import { addExamples, type CliCommand } from '../command.ts'
import { type CliContext, note, print } from '../context.ts'
import { addGamesOptions, type GamesOptions } from '../games/games-options.ts'
import { type OpenDomain, openDomain } from '../games/open-domain.ts'
import { openTasks } from '../games/open-tasks.ts'
import { selectTask } from '../games/select-task.ts'
import { nonNegativeNumber, wholeNumber } from '../options/number-option.ts'
import { type ResolvePolicyOptions, resolvePolicy } from '../policies/resolve-policy.ts'
import { describeOutcome } from '../show/render-trajectory.ts'
import { sanitizeLine } from '../text/sanitize.ts'
import { hintsOf } from './hints.ts'
import { playByHand } from './play-by-hand.ts'
import { watchPolicy } from './watch-policy.ts'

interface PlayOptions extends GamesOptions {
  task?: string
  policy?: string
  maxSteps?: number
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
      addGamesOptions(command)
        .option('--task <id>', 'the task to play: its id or a part that no other has (default: any)')
        .option(
          '--policy <name>',
          'watch: a scripted agent of the environment (any other name lists them), or a checkpoint folder',
        )
        .option('--max-steps <number>', 'actions until it is lost (default: as in the configuration)', wholeNumber(1))
        .option('--temperature <number>', 'of a checkpoint; 0 = always the likeliest', nonNegativeNumber, 0)
        .option('--delay <seconds>', 'wait between the steps of a policy', nonNegativeNumber, 0)
      addExamples(command, [
        ['leap play', 'play a generated game; ? lists what you can do'],
        ['leap play --policy informed --delay 1', 'watch an agent that searches likely places first'],
        ['leap play --policy runs/quickstart/checkpoints/pi_1', 'watch a student'],
        ['leap play --games json_2.1.1 --split valid_seen', 'play an official game'],
        ['leap play --environment webshop', 'shop in the terminal (leap shop: in a browser)'],
        ['leap play --environment intercode-bash', 'work in a sandboxed shell'],
      ])
    },
    async run(context, options) {
      const checkpoints = options.policy === undefined ? [] : [options.policy]
      const opened = await openTasks(open, options, { cwd: context.cwd, checkpoints })
      const { domain, config, split, maxSteps, seed } = opened
      const { environment } = domain
      try {
        const task = await chooseTask(context, await environment.tasks(split), { ...options, split })
        announce(context, task, opened.again)
        if (options.policy === undefined) {
          const episode = await environment.open(task)
          try {
            await playByHand(context, episode, { maxSteps, advise: hintsOf(domain, seed) })
          } finally {
            await episode.close()
          }
          return 0
        }
        const { rendererFor } = await import('../../experiments/renderer-for.ts')
        const { policy, close } = await resolvePolicy(options.policy, {
          ...models,
          ...{ domain, cwd: context.cwd, temperature: options.temperature },
          renderer: rendererFor(config, domain, context.cwd),
        })
        try {
          const trajectory = await watchPolicy(context, {
            ...{ environment, task, policy },
            ...{ maxSteps, seed, delay: options.delay * 1000 },
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

async function chooseTask(
  { clock }: CliContext,
  tasks: readonly Task[],
  { task, split }: { task?: string; split: string },
): Promise<Task> {
  if (task !== undefined) return selectTask(tasks, task)
  if (tasks.length === 0)
    throw new LeapError({
      code: 'SPLIT_EMPTY',
      message: `Expected tasks in split ${split}, found none.`,
      remedy: 'Choose another --split or --games.',
    })
  // Another task every time; which one is printed, so that it can be played again.
  return createRandom(clock.now(), 'play').choice(tasks)
}

/** Says which task it is and how to play it again; beside the game, so that a recording holds the game alone. */
function announce(context: CliContext, task: Task, again: readonly string[]): void {
  const words = ['leap', 'play', ...again, '--split', task.split, '--task', task.id].map(quote)
  note(context, context.errorStyle.dim(`${sanitizeLine(task.category)}; again: ${words.join(' ')}`))
}

/** As a shell takes it for one word. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
