/** What Docker prints in place of output when a command cannot start; recorded runs hold these texts, so students and rewards meet them. */

const prefix = 'OCI runtime exec failed: exec failed: unable to start container process: '

/** The working folder is not there, for example after `cd /a && ls`, which InterCode takes for the name of a folder. */
export function folderMissingMessage(folder: string): string {
  return `${prefix}chdir to cwd (${quote(folder)}) set in config.json failed: no such file or directory: unknown\r\n`
}

/** The program is not in PATH, or the path that was given is not there. */
export function programMissingMessage(program: string): string {
  const reason = program.includes('/')
    ? `stat ${program}: no such file or directory`
    : 'executable file not found in $PATH'
  return `${prefix}exec: ${quote(program)}: ${reason}: unknown\r\n`
}

/** Go's `%q` for what occurs in paths. */
function quote(text: string): string {
  return JSON.stringify(text)
}
