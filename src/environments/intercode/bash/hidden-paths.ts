/** Absolute paths in a command that a text does not name: what has to be seen before the command can be written. */
export function hiddenPaths(command: string, text: string): string[] {
  const paths = [...command.matchAll(/(?<![\w.*-])\/(?:[\w.-]+\/?)+/g)].map(([path]) => path.replace(/\/$/, ''))
  return [...new Set(paths)].filter((path) => !text.includes(path) && path !== '/dev/null')
}
