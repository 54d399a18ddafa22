import { resolve } from 'node:path'
import type { RecordingKind } from '../../environments/webshop/verify/verify.ts'
import { addExamples, type CliCommand } from '../command.ts'
import { note, print } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { wholeNumber } from '../options/number-option.ts'
import { sanitize } from '../text/sanitize.ts'

type VerifyOptions = { data: string; priceSeed: number; nouns: string; shown: number } & Partial<
  Record<RecordingKind, string[]>
>

/** `leap verify webshop`: compares the shop with recordings of other implementations; any difference that is not known is a failure. */
export const verifyWebshopCommand: CliCommand<VerifyOptions> = {
  configure(command) {
    command
      .requiredOption(
        '--data <folder>',
        'folder with items_shuffle*.json and items_ins_v2*.json (also in folders inside it)',
      )
      .option('--pages <files...>', 'search pages: {query, page, total, asins} a line')
      .option('--episodes <files...>', 'conversations ({item_id, conversations} a line) or {trajectories} of LEAP')
      .option(
        '--steps <files...>',
        'steps with all state of the server: {ep, step, action, text, url, session, ...} a line',
      )
      .option('--rewards <files...>', 'parts of rewards with r_type 1: {goal_idx, asin, options, num_attr, ...} a line')
      .option('--ratios <files...>', 'token-set ratios: {a, b, score} a line')
      .option(
        '--types <files...>',
        'title scores and r_type of runs with spaCy: their agreement is reported, never a failure',
      )
      .option(
        '--nouns <name>',
        'whose nouns --types reports: words, wink (wink-nlp, if installed), or a JSON file {title: [noun, ...]}',
        'words',
      )
      .option('--price-seed <number>', 'of drawn prices, as in the recordings of steps and rewards', wholeNumber(0), 7)
      .option('--shown <number>', 'how many differences are printed; the others are counted', wholeNumber(0), 20)
    addExamples(command, [
      ['leap verify webshop --data data --pages search_pages.jsonl', 'every page, in order'],
      ['leap verify webshop --data data --episodes a.jsonl b.json --steps s.jsonl', 'every observation and state'],
    ])
    command.addHelpText(
      'after',
      '\nDifferences that nobody can avoid (nouns of a tagger, prices drawn unseeded, sampled candidates) are counted apart.\nExits 1 if anything else differs, or if nothing was compared.',
    )
  },
  async run(context, { data, priceSeed, nouns, shown, ...named }) {
    const { recordingKinds, verifyWebshop } = await import('../../environments/webshop/verify/verify.ts')
    const { openNouns } = await import('../../environments/webshop/reward/open-nouns.ts')
    const report = await verifyWebshop(
      {
        data: resolve(context.cwd, data),
        recordings: Object.fromEntries(
          recordingKinds.map((kind) => [kind, (named[kind] ?? []).map((path) => resolve(context.cwd, path))]),
        ),
        priceSeed,
        nouns: await openNouns(nouns === 'words' || nouns === 'wink' ? nouns : resolve(context.cwd, nouns)),
        shown,
        signal: context.signal,
      },
      (line) => print(context, sanitize(line)),
    )
    if (report.compared > 0) return report.differences > 0 ? exitCodes.failed : exitCodes.ok
    note(context, context.errorStyle.warning('nothing was compared: give recordings with --pages, --episodes, ...'))
    return exitCodes.failed
  },
}
