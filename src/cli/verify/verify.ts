import type { CliCommandGroup } from '../command.ts'
import { verifyAlfworldCommand } from './verify-alfworld.ts'
import { verifyInterCodeCommand } from './verify-intercode.ts'
import { verifyWebshopCommand } from './verify-webshop.ts'

/** `leap verify <environment>`: every engine against what other implementations recorded. */
export const verifyCommand: CliCommandGroup = {
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
