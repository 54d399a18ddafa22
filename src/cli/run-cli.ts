import { CommanderError } from 'commander'
import { commands as allCommands, type CommandEntry } from './commands.ts'
import type { CliContext } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { createProgram } from './program.ts'
import { reportError } from './report-error.ts'
import { leapVersion } from './version.ts'

/** Runs one command line and returns its exit code; never throws. Everything it does goes through the context. */
export async function runCli(
  argv: readonly string[],
  context: CliContext,
  commands: Readonly<Record<string, CommandEntry>> = allCommands,
): Promise<number> {
  let exitCode: number = exitCodes.ok
  try {
    const name = commandNamed(argv)
    const entry = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
    const program = createProgram({
      context,
      commands,
      asked: entry && name !== undefined ? { name, command: await entry.load() } : undefined,
      version: leapVersion(),
      onExitCode: (code) => (exitCode = code),
    })
    if (name === undefined && argv.every((argument) => argument === '--no-color')) program.outputHelp()
    else await program.parseAsync(argv, { from: 'user' })
    return context.signal.aborted ? exitCodes.interrupted : exitCode
  } catch (error) {
    // The parser has printed its message already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    return reportError(error, context)
  }
}

/** The command that the arguments ask for, also as `leap help <command>`. Global options take no values, so the first word is it. */
function commandNamed(argv: readonly string[]): string | undefined {
  const words = argv.filter((argument) => !argument.startsWith('-'))
  return words[0] === 'help' ? words[1] : words[0]
}
