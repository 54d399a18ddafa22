import { addExamples, type CliCommandGroup } from '../command.ts'
import { dataInterCodeCommand } from './data-intercode.ts'
import { dataWebshopCommand } from './data-webshop.ts'

/** `leap data <environment>`: official data, checked and prepared. */
export const dataCommand: CliCommandGroup = {
  configure(command) {
    addExamples(command, [
      ['leap data intercode --check', 'play every gold solution of the tasks that come with Leap'],
      ['leap data webshop downloads/webshop', 'make a store of the full catalogue, once'],
    ])
  },
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
