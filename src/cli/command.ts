import type { Command } from 'commander'
import type { CliContext } from './context.ts'

/**
 * One command of `leap`. Its module is loaded only when the command is asked for, and should itself load heavy rooms
 * (models, engine) inside `run`, so that `leap <command> --help` stays quick too.
 */
export interface CliCommand<Options extends object = Record<string, unknown>> {
  /** Declares arguments, options and examples. */
  configure(command: Command): void
  /** Does the work. `values` are the arguments in order. Returns the exit code; nothing means 0. */
  run(context: CliContext, options: Options, ...values: string[]): Promise<number | undefined>
}

/** A command that only groups others, for example `leap verify <environment>`. */
export interface CliCommandGroup {
  /** Declares examples that concern all of them. */
  configure?(command: Command): void
  // Options differ from command to command; only the command itself knows their type.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly subcommands: Readonly<Record<string, { readonly summary: string; readonly command: CliCommand<any> }>>
}

/** Adds examples below a command's help: [command line, what it does]. */
export function addExamples(command: Command, examples: readonly (readonly [line: string, what: string])[]): void {
  const width = Math.max(...examples.map(([line]) => line.length))
  const lines = examples.map(([line, what]) => `  ${line.padEnd(width)}  ${what}`)
  command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`)
}
