/** A command that a request asks for, as far as its words tell. */
export interface Reading {
  /** Name of a file or folder whose place the request does not say, and where to look for it. */
  unknown?: { name: string; top: string }
  /** The command, given the path of what the request names. */
  command: (path: string) => string
  reason: string
}

/** A file in a request: by its path, or by its name and the tree that it lies in. */
const thing = String.raw`the (?:file|folder) (?<path>\/\S*?[\w]|[\w.-]+\w \(somewhere under (?<under>\/\S+)\))`

type Make = (groups: Record<string, string>, path: string) => string

/** Requests that can be answered by knowing the usual commands: about half of those that Leap generates, and some of the official ones. */
const rules: readonly (readonly [pattern: string, command: Make, reason: string])[] = [
  [
    String.raw`^count (?:the |all )?(?:regular )?files (?:under|in) (?<top>\/\S+)`,
    ({ top }) => `find ${top} -type f | wc -l`,
    'I list the files and count them.',
  ],
  [
    String.raw`^how many files are there in the tree (?<top>\/\S+)\?`,
    ({ top }) => `find ${top} -type f | wc -l`,
    'I list the files and count them.',
  ],
  [
    String.raw`^count the (?<ext>\.\w+) files under (?<top>\/\S+)`,
    ({ top, ext }) => `find ${top} -type f -name '*${ext}' | wc -l`,
    'I list the files with this ending and count them.',
  ],
  [
    String.raw`^list all (?<ext>\.\w+) files under (?<top>\/\S+)`,
    ({ top, ext }) => `find ${top} -type f -name '*${ext}'`,
    'I search for names with this ending.',
  ],
  [
    String.raw`^which files under (?<top>\/\S+) end in (?<ext>\.\w+)\?`,
    ({ top, ext }) => `find ${top} -type f -name '*${ext}'`,
    'I search for names with this ending.',
  ],
  [
    String.raw`\bempty files (?:under|in) (?:the )?(?<top>\/[\w/.-]+)`,
    ({ top }, path) => (path === 'delete' ? `find ${top} -type f -empty -delete` : `find ${top} -type f -empty`),
    'The search can test for emptiness.',
  ],
  [
    String.raw`^list all folders in (?<top>\/\S+) and below`,
    ({ top }) => `find ${top} -type d`,
    'The search can keep to folders.',
  ],
  [
    String.raw`^delete all (?<ext>\.\w+) files under (?<top>\/\S+)`,
    ({ top, ext }) => `find ${top} -type f -name '*${ext}' -delete`,
    'The search can delete what it finds.',
  ],
  [
    String.raw`^list the files under (?<top>\/\S+) that contain the word (?<word>\w+)`,
    ({ top, word }) => `grep -rlw ${word} ${top}`,
    'I look into all files for the word.',
  ],
  [`^count the lines of ${thing}`, (_, path) => `wc -l < ${path}`, 'I count its lines.'],
  [`^count the words of ${thing}`, (_, path) => `wc -w < ${path}`, 'I count its words.'],
  [
    String.raw`^print the first (?<count>\d+) lines of ${thing}`,
    ({ count }, path) => `head -n ${count} ${path}`,
    'I print its beginning.',
  ],
  [
    String.raw`^print the last (?<count>\d+) lines of ${thing}`,
    ({ count }, path) => `tail -n ${count} ${path}`,
    'I print its end.',
  ],
  [`^print the lines of ${thing} in alphabetical order`, (_, path) => `sort ${path}`, 'I put its lines in order.'],
  [`^sort ${thing} and print it`, (_, path) => `sort ${path}`, 'I put its lines in order.'],
  [
    String.raw`^print the lines with (?<word>\w+) in ${thing}$`,
    ({ word }, path) => `grep ${word} ${path}`,
    'I keep the lines with the word.',
  ],
  [`^(?:delete|remove) ${thing}$`, (_, path) => `rm ${path}`, 'I remove it.'],
  [`^compress ${thing} with gzip`, (_, path) => `gzip ${path}`, 'I compress it.'],
  [`^decompress ${thing} with gunzip`, (_, path) => `gunzip ${path}`, 'I unpack it.'],
  [`^list what is in ${thing}`, (_, path) => `ls ${path}`, 'I list it.'],
  [
    String.raw`^print the full path of (?<name>\S+) under (?<top>\/\S+)`,
    ({ top, name }) => `find ${top} -name ${name}`,
    'I search for the name.',
  ],
]

const compiled = rules.map(([pattern, make, reason]) => [new RegExp(pattern, 'i'), make, reason] as const)

/** What a person who knows the usual commands would type, by the wording of the request; undefined for a request of another kind. */
export function readRequest(request: string): Reading | undefined {
  for (const [pattern, make, reason] of compiled) {
    const match = pattern.exec(request)
    if (!match) continue
    const groups = (match.groups ?? {}) as Record<string, string>
    const { path, under } = groups
    if (under !== undefined) {
      const name = path!.slice(0, path!.indexOf(' '))
      return { unknown: { name, top: under.replace(/\)+$/, '') }, command: (place) => make(groups, place), reason }
    }
    const deletes = /^(delete|remove)/i.test(request) ? 'delete' : ''
    return { command: () => make(groups, path ?? deletes), reason }
  }
  return undefined
}
