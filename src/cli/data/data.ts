import type { CliCommandGroup } from '../command.ts'
import { dataInterCodeCommand } from './data-intercode.ts'
import { dataWebshopCommand } from './data-webshop.ts'

/** `leap data <environment>`: official data, checked and prepared. */
export const dataCommand: CliCommandGroup = {
  subcommands: {
    intercode: {
      summary: 'count the tasks, and play every gold solution',
      command: dataInterCodeCommand,
    },
    webshop: {
      summary: 'make a store of a catalogue of any size, with its search index',
      command: dataWebshopCommand,
    },
  },
}
