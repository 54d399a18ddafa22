/** What the explanation of a difference is made from. */
export interface DifferenceFacts {
  action: string
  /** Gold command of the task. */
  gold: string
  recorded: string
  found: string
  /** Outputs of the gold command, where the log tells what it was then. */
  goldOutputs?: { recorded: string | null; found: string | null }
}

const network = /\b(curl|wget|ping|dig|nslookup|host|apt|apt-get|pip|git clone|ssh|telnet|nc)\b/

/** True for a command that can print nothing but an error where there is no network. */
export const asksNetwork = (command: string): boolean => network.test(command)

/** Commands whose output depends on the machine, the moment or the network, and what to call that. */
const kinds: readonly (readonly [pattern: RegExp, cause: string])[] = [
  [network, 'network'],
  [
    /\b(date|uptime|who|w|last|cal|find\b.*-[acm](?:time|min)|-newer|ls\b.* -\w*[lt]|ls -\w*[lt]|stat|-printf|-ls)\b/,
    'dates and times',
  ],
  [
    /-(?:mtime|mmin|ctime|cmin|atime|amin|newer\w*)\b|\bls\s+-\w*[lt]|\bstat\b|-printf|-ls\b|\btouch\b/,
    'dates and times',
  ],
  [/\b(du|df)\b|-size\b|\bls\s+-\w*s/, 'sizes on disk'],
  [
    /\b(uname|nproc|lscpu|free|top|ps|pstree|pgrep|lsof|mount|env|printenv|export|set|hostname|id|whoami|groups|ulimit|bind|ifconfig|netstat|ip)\b|\/proc\b|\/sys\b|\/etc\b/,
    'machine, processes and environment',
  ],
  [/\b(tar|gzip|zip|cpio|bzip2|xz|compress)\b/, 'times inside archives'],
  [
    /(?:^|[\s;|(])(?:find|ls|du|tree)\s+(?:-\S+\s+)*(?:\/|\/usr\S*|\/bin\S*|\/lib\S*|~|\/root\S*)(?:\s|$)|\$PATH\b|\bwhich\b|\btype\b/,
    'files of the system',
  ],
]

/**
 * Why a turn is not as it was recorded, by rules of thumb, from the most certain to the least. Anything that no rule explains is `other`: that is where a
 * mistake of the engine would show.
 */
export function explainDifference({ action, gold, recorded, found, goldOutputs }: DifferenceFacts): string {
  if (recorded === found) {
    const cause = causeOf(gold)
    if (cause !== undefined) return `the gold command depends on ${cause}`
    if (goldOutputs === undefined)
      return 'same output, another reward (gold edited after the run, or state left by earlier tasks)'
    return goldOutputs.recorded === goldOutputs.found
      ? 'same outputs, other files (state left by earlier tasks)'
      : 'the gold command printed something else then (edited after the run, or state left by earlier tasks)'
  }
  if (/command not found|No such file or directory.*\bbin\b/.test(found) && !/command not found/.test(recorded))
    return 'a program is not installed here'
  if (/command not found/.test(recorded) && !/command not found/.test(found))
    return 'a program is installed here and was not there'
  if (sortedLines(recorded) === sortedLines(found)) return 'order of files in a folder'
  if (wordsWithoutNumbers(recorded) === wordsWithoutNumbers(found)) return 'numbers, dates or sizes'
  const cause = causeOf(action) ?? causeOf(gold)
  if (cause !== undefined) return cause
  if (isOnlyErrorWording(recorded, found)) return 'wording of an error'
  return 'other'
}

const causeOf = (command: string) => kinds.find(([pattern]) => pattern.test(command))?.[1]

const sortedLines = (text: string) => text.split('\n').sort().join('\n')

const wordsWithoutNumbers = (text: string) =>
  text
    .replace(/\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b/g, '')
    .replace(/[\d.:,KMG+-]+/g, '')
    .replace(/\s+/g, ' ')

const isOnlyErrorWording = (a: string, b: string) => /^[\w/$}{-]+: /.test(a) && /^[\w/$}{-]+: /.test(b)
