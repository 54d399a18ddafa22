import { resolve } from 'node:path'
import { Option } from 'commander'
import type { Tally } from '../../environments/intercode/verify/tally.ts'
import type { required as Required } from '../../environments/intercode/verify/verify.ts'
import { addExamples, type CliCommand } from '../command.ts'
import { note, print } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { addInterCodeOptions, type InterCodePlaces, openSandboxOf, openServerOf } from '../intercode-options.ts'
import { wholeNumber } from '../options/number-option.ts'
import { createProgress } from '../progress/progress.ts'
import { sanitize } from '../text/sanitize.ts'

interface VerifyOptions extends InterCodePlaces {
  data: string
  logs: string[]
  shown: number
  concurrency: number
  containers?: 'living' | 'fresh'
}

/** `leap verify intercode`: plays recorded runs of InterCode again, of any of its languages. */
export const verifyInterCodeCommand: CliCommand<VerifyOptions> = {
  configure(command) {
    command
      .requiredOption('--data <folder>', "folder of InterCode's data, or a checkout of its repository")
      .requiredOption('--logs <files...>', 'recorded runs (data/results of its repository): files, folders or patterns')
      .option(
        '--shown <number>',
        'how many differences are printed per log; the others are counted',
        wholeNumber(0),
        20,
      )
      .option('--concurrency <number>', 'sandboxes at work at once', wholeNumber(1), 2)
      .addOption(
        new Option(
          '--containers <kind>',
          'Bash: living on through a log and brought back by git, as it was recorded, or fresh for every episode, as Leap plays (default: living where the root file system has git)',
        ).choices(['living', 'fresh']),
      )
    addInterCodeOptions(command)
    addExamples(command, [
      ['leap verify intercode --data intercode/data --logs results/bash/gpt-4/*.json', 'Bash, in a sandbox'],
      ['leap verify intercode --data intercode/data --logs ic_sql_multiturn.json', 'SQL, on a server of its own'],
      ['leap verify intercode --data intercode/data --logs intercode/data/results', 'all logs below a folder'],
      ['... --sandbox userns --rootfs jammy.tar', 'on the root file system of the original'],
    ])
    command.addHelpText(
      'after',
      '\nOutputs of commands depend on the machine: differences are counted by cause. Exits 1 if fewer success flags or rewards are equal than\nwere on the root file system of the original: Bash 97 % and 89 %, SQL and Python 99 %; or if a reward does not follow from the\noutputs and file lists that some Bash logs hold.',
    )
  },
  async run(context, { data, logs, shown, concurrency, containers, ...places }) {
    const { required, verifyInterCode } = await import('../../environments/intercode/verify/verify.ts')
    const progress = createProgress(context.stderr, { clock: context.clock, style: context.errorStyle })
    let showsHost = false
    const phase = progress.phase('play', { unit: 'episodes' })
    try {
      const report = await verifyInterCode(
        {
          data: resolve(context.cwd, data),
          logs,
          cwd: context.cwd,
          ...(containers === undefined ? {} : { containers }),
          shown,
          concurrency,
          openSandbox: async () => {
            const provider = await openSandboxOf(context, places)
            showsHost = provider.kind === 'host-usr'
            return provider
          },
          server: () => openServerOf(context, places),
          isShared: places.mysqlUrl !== undefined,
          signal: context.signal,
          onEpisode: (done, total) => phase.set({ count: done, total }),
        },
        (line) => print(context, sanitize(line)),
      )
      phase.done()
      const failures = Object.entries(report).flatMap(([kind, tally]) =>
        judge(kind, tally, required[kind as keyof typeof required]),
      )
      if (Object.keys(report).length === 0) failures.push('nothing was compared: every log was left out')
      for (const failure of failures) note(context, context.errorStyle.warning(failure))
      if (showsHost && failures.some((failure) => failure.startsWith('bash:')))
        note(
          context,
          "The programs were those of this machine, not the original's: for those give --rootfs, as docs/intercode.md says, or a Docker engine.",
        )
      return failures.length > 0 ? exitCodes.failed : exitCodes.ok
    } finally {
      progress.stop()
    }
  },
}

/** What a kind of log falls short of, in words. A log without a reward proves nothing. */
function judge(kind: string, tally: Tally, { success, reward }: (typeof Required)[keyof typeof Required]): string[] {
  const { scored, successesEqual, rewardsEqual, evident, evidentEqual } = tally
  if (scored === 0) return [`${kind}: nothing was compared: the logs hold no reward`]
  const check = (what: string, equal: number, least: number) =>
    100 * equal < least * scored ? [`${kind}: ${equal} of ${scored} ${what} equal, expected at least ${least} %`] : []
  return [
    ...check('success flags', successesEqual, success),
    ...check('rewards', rewardsEqual, reward),
    ...(evidentEqual < evident
      ? [
          `${kind}: ${evident - evidentEqual} of ${evident} rewards do not follow from what the log says they are made of`,
        ]
      : []),
  ]
}
