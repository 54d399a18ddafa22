import { addExamples, type CliCommandGroup } from '../command.ts'
import { verifyAlfworldCommand } from './verify-alfworld.ts'
import { verifyInterCodeCommand } from './verify-intercode.ts'
import { verifyWebshopCommand } from './verify-webshop.ts'

/** `leap verify <environment>`: every engine against what other implementations recorded. */
export const verifyCommand: CliCommandGroup = {
  configure(command) {
    addExamples(command, [
      ['leap verify alfworld --games json_2.1.1', 'the stored walkthroughs of official games win at the last command'],
      ['leap verify webshop --data shop --pages pages.jsonl', 'recorded search pages come back in order'],
      ['leap verify intercode --data intercode --logs run.json', 'a recorded run gives the rewards it gave'],
    ])
  },
  subcommands: {
    alfworld: {
      summary: 'play stored walkthroughs and transcripts of household games again',
      command: verifyAlfworldCommand,
    },
    webshop: {
      summary: 'compare search, pages, replays and rewards with recorded ones',
      command: verifyWebshopCommand,
    },
    intercode: {
      summary: 'play recorded shell, SQL and Python runs again',
      command: verifyInterCodeCommand,
    },
  },
}
