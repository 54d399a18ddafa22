import type { CliCommandGroup } from '../command.ts'
import { dataInterCodeCommand } from './data-intercode.ts'

/** `leap data <environment>`: official data, checked and prepared. */
export const dataCommand: CliCommandGroup = {
  subcommands: {
    intercode: {
      summary: 'count the tasks, and play every gold solution',
      command: dataInterCodeCommand,
    },
  },
}
