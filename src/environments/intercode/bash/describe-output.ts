import type { CommandResult } from '../sandbox/contract.ts'

/**
 * What the agent sees of a command, in the words of the original (and of its container engine).
 *
 * @returns undefined for output that is not UTF-8, which the original calls a malformed command
 */
export function describeOutput(
  { output, cut, restarted }: Pick<CommandResult, 'output' | 'cut' | 'restarted'>,
  { directory, program }: { directory: string; program: string },
): string | undefined {
  const note = restarted ? ' (the file system was put back to its start)' : ''
  // Endless output ends as a time-out in the original too, which never cuts it.
  if (cut === 'time' || cut === 'output') return `Command timed out${note}`
  if (cut === 'directory-missing')
    return `${refused}chdir to cwd (${quote(directory)}) set in config.json failed: no such file or directory: unknown\r\n`
  if (cut === 'program-missing')
    return program.includes('/')
      ? `${refused}exec: ${quote(program)}: stat ${program}: no such file or directory: unknown\r\n`
      : `${refused}exec: ${quote(program)}: executable file not found in $PATH: unknown\r\n`
  const text = decode(output)
  return text === undefined ? undefined : `${text}${note}`
}

const refused = 'OCI runtime exec failed: exec failed: unable to start container process: '

/** As Go's `%q` quotes what these messages hold. */
const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
