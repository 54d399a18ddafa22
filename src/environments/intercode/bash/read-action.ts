import { splitShellWords } from '../upstream/shlex.ts'
import { simplifyPath } from '../upstream/simplify-path.ts'

/** What an action of InterCode Bash asks for. */
export type BashAction =
  | { kind: 'skip' }
  | { kind: 'submit' }
  /** `argv` is run in `cwd`; if it ends with exit code 0, `becomes` is the new working directory. */
  | { kind: 'run'; argv: string[]; cwd: string; becomes?: string }
  /** The quotes do not close, or no process can be given such words: `Malformed command`. */
  | { kind: 'malformed' }
  /** A line that starts with `cd` and has no space after a `cd`: the original raises ValueError out of `step` (and LEAP then repeats it for ever). */
  | { kind: 'bare-cd' }

/**
 * Reads an action as InterCode's BashEnv does, quirks included, because scores depend on them: `submit` with any suffix ends the episode; the rest of
 * a line that starts with `cd` is taken for a path as it stands (so `cd /a && ls` makes `/a && ls` the working directory); and the command is put between
 * double quotes without escaping, so that double quotes inside it vanish.
 */
export function readAction(action: string, cwd: string, shell = '/bin/bash'): BashAction {
  if (action === 'skip') return { kind: 'skip' }
  if (action.startsWith('submit')) return { kind: 'submit' }
  if (!action.startsWith('cd')) return asCommand(action, cwd, shell)
  const at = action.indexOf('cd ')
  if (at < 0) return { kind: 'bare-cd' }
  const becomes = simplifyPath(cwd, action.slice(at + 3).trim())
  const command = asCommand(`cd ${becomes}`, '/', shell)
  return command.kind === 'run' ? { ...command, becomes } : command
}

/** The argument list that the container engine is given for a command. */
function asCommand(command: string, cwd: string, shell: string): BashAction {
  const argv = splitShellWords(`${shell} -c "${command.trim()}"`)
  return argv === undefined || !argv.every(isArgument) ? { kind: 'malformed' } : { kind: 'run', argv, cwd }
}

/** Bytes of the longest word that Linux passes to a program. */
const longestArgument = 131_071

/** Arguments end at a NUL, which models without training do write. */
const isArgument = (word: string) => !word.includes('\0') && Buffer.byteLength(word) <= longestArgument
