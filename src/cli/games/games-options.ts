import { type Command, Option } from 'commander'
import { wholeNumber } from '../options/number-option.ts'

/** Which games a command works on. */
export interface GamesOptions {
  games?: string
  seed: number
  text: 'as-is' | '2.1.1'
  split: string
}

/** Declares the options that say which games to use. */
export function addGamesOptions(command: Command, defaultSplit: string): Command {
  return command
    .option('--games <path>', 'folder, game file or archive of official games (default: generated ones)')
    .option('--split <split>', 'train, valid_seen or valid_unseen', defaultSplit)
    .option('--seed <number>', 'seed of the generated games and of every draw', wholeNumber(0), 1)
    .addOption(
      new Option('--text <version>', 'wording of official games; 2.1.1 is that of the LEAP paper')
        .choices(['as-is', '2.1.1'])
        .default('as-is'),
    )
}
