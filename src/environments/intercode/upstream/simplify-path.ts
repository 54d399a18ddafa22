/**
 * Where `cd <argument>` leads from a working directory, by text alone, as the original environment works it out: an empty argument stays, a leading
 * slash starts at the root, `.` and empty parts vanish, `..` goes up (never above the root). Nothing is expanded and nothing needs to exist.
 */
export function simplifyPath(current: string, argument: string): string {
  if (argument === '') return current
  const parts = argument.startsWith('/') ? [] : current.split('/')
  const path: string[] = []
  for (const part of [...parts, ...argument.split('/')]) {
    if (part === '..') path.pop()
    else if (part !== '' && part !== '.') path.push(part)
  }
  return `/${path.join('/')}`
}
