import { Command } from 'commander'
import { addExamples, type CliCommand, type CliCommandGroup } from './command.ts'
import type { CommandEntry } from './commands.ts'
import type { CliContext } from './context.ts'

export interface ProgramOptions {
  context: CliContext
  commands: Readonly<Record<string, CommandEntry>>
  /** The command that the arguments name, already loaded. */
  asked: { name: string; command: CliCommand | CliCommandGroup } | undefined
  version: string
  /** Told the exit code of the command that ran. */
  onExitCode: (code: number) => void
}

/** Describes `leap` to the argument parser: every command by name and summary, the one that was asked for in full. */
export function createProgram({ context, commands, asked, version, onExitCode }: ProgramOptions): Command {
  const program = new Command('leap')
    .description(
      'LEAP: take an LLM agent that fails at its task, give back one that succeeds.\nA privileged teacher corrects the student step by step; the student trains on the corrections.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help for a command')
    .option('--no-color', 'no colours (the same as NO_COLOR=1)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      getOutHelpWidth: () => context.stdout.columns || 100,
      getErrHelpWidth: () => context.stderr.columns || 100,
    })
    .showSuggestionAfterError(true)
    .showHelpAfterError('Run with --help for the usage.')
  addExamples(program, [
    ['leap run quickstart', 'the whole loop on this machine, in minutes'],
    ['leap show runs/quickstart', 'what the students did and what the teacher said'],
    ['leap play', 'play a generated game yourself'],
    ['leap play --policy planner', 'watch the privileged planner play it'],
    ['leap runs', 'list the runs under ./runs'],
    ['leap <command> --help', 'options and examples of a command'],
  ])
  for (const [name, { summary }] of Object.entries(commands)) {
    const command = program.command(name).summary(summary).description(sentence(summary))
    if (asked?.name === name) attach(command, asked.command, context, onExitCode)
  }
  return program
}

function attach(
  command: Command,
  described: CliCommand | CliCommandGroup,
  context: CliContext,
  onExitCode: (code: number) => void,
): void {
  described.configure?.(command)
  if ('subcommands' in described) {
    for (const [name, { summary, command: inner }] of Object.entries(described.subcommands))
      attach(command.command(name).summary(summary).description(sentence(summary)), inner, context, onExitCode)
    return
  }
  command.action(async (...received: unknown[]) => {
    const self = received.pop() as Command
    const values = self.processedArgs as string[]
    onExitCode((await described.run(context, self.opts(), ...values)) ?? 0)
  })
}

function sentence(summary: string): string {
  return `${summary[0]!.toUpperCase()}${summary.slice(1)}.`
}
