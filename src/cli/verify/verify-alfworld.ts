import { resolve } from 'node:path'
import { addExamples, type CliCommand } from '../command.ts'
import { type CliContext, note, print } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { wholeNumber } from '../options/number-option.ts'
import { sanitize } from '../text/sanitize.ts'

interface VerifyOptions {
  games: string
  replays?: string[]
  shown: number
}

/** `leap verify alfworld`: plays recorded games and transcripts again; any difference is a failure. */
export const verifyAlfworldCommand: CliCommand<VerifyOptions> = {
  configure(command) {
    command
      .requiredOption('--games <path>', 'folder, game file or archive (.tar, .tar.gz, .tar.xz) of games')
      .option('--replays <files...>', 'transcripts of other implementations, one episode a line')
      .option('--shown <number>', 'how many differences are printed; the others are counted', wholeNumber(0), 20)
    addExamples(command, [
      ['leap verify alfworld --games json_2.1.1', 'every stored walkthrough wins exactly at its end'],
      ['leap verify alfworld --games games.tar.xz --replays a.jsonl b.jsonl', 'transcripts play again the same'],
    ])
    command.addHelpText('after', '\nExits 1 if anything differs, or could not be checked because its game is missing.')
  },
  async run(context, { games, replays = [], shown }) {
    const { verifyAlfworld } = await import('../../environments/alfworld/verify/verify.ts')
    const report = await verifyAlfworld(
      {
        games: resolve(context.cwd, games),
        replays: replays.map((path) => resolve(context.cwd, path)),
        shown,
        signal: context.signal,
      },
      (line) => print(context, sanitize(line)),
    )
    warn(context, report)
    return report.differences > 0 || report.missing > 0 ? exitCodes.failed : exitCodes.ok
  },
}

/** A check that checked nothing must not look like one that found nothing. */
function warn(context: CliContext, report: { walkthroughs: number; steps: number; missing: number }): void {
  const { warning } = context.errorStyle
  if (report.missing > 0)
    note(context, warning(`${report.missing} episodes were not checked: their games are not among --games`))
  if (report.walkthroughs === 0 && report.steps === 0)
    note(context, warning('nothing to compare with: these games store no walkthrough; give transcripts with --replays'))
}
