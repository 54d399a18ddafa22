import { type Command, Option } from 'commander'
import { wholeNumber } from '../options/number-option.ts'

/** Which tasks a command works on. What is left out is as the configuration says. */
export interface GamesOptions {
  environment?: string
  config?: string
  games?: string
  seed?: number
  text?: 'as-is' | '2.1.1'
  split?: string
  set?: string[]
}

/** Declares the options that say which tasks to use. */
export function addGamesOptions(command: Command): Command {
  return command
    .option(
      '--environment <name>',
      'alfworld, webshop, intercode-bash, ..., or a module of your own (default: that of the run in which a checkpoint lies, else alfworld)',
    )
    .option('--config <preset, file or run>', 'the environment of a configuration or of a run')
    .option('--games <path>', 'official games or data (default: generated ones)')
    .option('--split <split>', 'part of the tasks (default: valid_unseen, or the one that the environment reports)')
    .option(
      '--seed <number>',
      'seed of generated tasks and of every draw (default: 1, or as in the run)',
      wholeNumber(0),
    )
    .addOption(
      new Option(
        '--text <version>',
        'wording of official household games; 2.1.1 is that of the LEAP paper (default: as-is)',
      ).choices(['as-is', '2.1.1']),
    )
    .option(
      '--set <field=value...>',
      'change a field of the configuration, for example environment.webshop.candidates=sample',
    )
}
