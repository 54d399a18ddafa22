import { parseStatus, type StatusEntry } from '../upstream/git-status.ts'
import { roundAsNumpy, roundAsPython } from '../upstream/rounding.ts'
import { splitShellWords } from '../upstream/shlex.ts'
import { tfidfSimilarity } from '../upstream/tfidf.ts'

/** What the reward compares: the agent's file system and last output with the gold command's. */
export interface BashEvidence {
  /** Output of `git status --short` in each file system. */
  agentStatus: string
  goldStatus: string
  /** The agent's last observation, also after its first action was `submit` (then the request itself). */
  agentOutput: string
  /** Output of the gold command; null where it could not be run (`corrupt_gold`). */
  goldOutput: string | null
  /** Output of a command (`md5sum <path>`) in both file systems. */
  hash: (argv: readonly string[]) => Promise<{ agent: string; gold: string }>
}

/** The three parts, each at most 0.33; with 0.01 they make the reward. */
export interface BashReward {
  reward: number
  fileDifference: number
  fileChanges: number
  answerSimilarity: number
  /** Entries only in the gold command's status, only in the agent's, and in both. */
  missing: StatusEntry[]
  extra: StatusEntry[]
  same: StatusEntry[]
  /** Where the original crashes: `status-odd` (a name with a space in a status), `hash-quoted` (a name with a quote). */
  flags: ('status-odd' | 'hash-quoted')[]
}

/**
 * InterCode's Bash reward, 0.01 to 1: a third for the same files changed, a third for the same contents of new ones, a third for the output.
 * Only exactly 1 is success. The two places where the original raises out of `step` are scored as a difference, and flagged.
 */
export async function scoreBash(evidence: BashEvidence): Promise<BashReward> {
  const flags: BashReward['flags'] = []
  const agent = parseStatus(evidence.agentStatus)
  const gold = parseStatus(evidence.goldStatus)
  const missing = without(gold.entries, agent.entries)
  const extra = without(agent.entries, gold.entries)
  const same = unique(agent.entries.filter((entry) => gold.entries.some((other) => isSame(entry, other))))
  const isOdd = agent.isOdd || gold.isOdd
  if (isOdd) flags.push('status-odd')
  const created = same.filter(({ code }) => code === 'A' || code === '??' || code === 'C')
  let equal = 0
  for (const { path } of created) {
    const argv = hashCommand(path)
    if (argv === undefined) {
      if (!flags.includes('hash-quoted')) flags.push('hash-quoted')
    } else {
      const hashes = await evidence.hash(argv)
      if (hashes.agent === hashes.gold) equal++
    }
  }
  const { agentOutput, goldOutput } = evidence
  const different = isOdd ? Number.POSITIVE_INFINITY : missing.length + extra.length
  const parts = scoreBashParts({ different, created: created.length, equal, agentOutput, goldOutput })
  return { ...parts, missing, extra, same, flags }
}

/** What the reward is made of once both file systems have been compared. */
export interface BashCounts extends Pick<BashEvidence, 'agentOutput' | 'goldOutput'> {
  /** Entries that only one of the two statuses has. */
  different: number
  /** New files that both have, and how many of them have the same content. */
  created: number
  equal: number
}

/** The reward and its three parts, each rounded to two decimals as the original does. */
export function scoreBashParts(
  counts: BashCounts,
): Pick<BashReward, 'reward' | 'fileDifference' | 'fileChanges' | 'answerSimilarity'> {
  const { different, created, equal, agentOutput, goldOutput } = counts
  const fileDifference = differenceScore(different)
  const fileChanges = created === 0 ? third : roundAsPython(third * (equal / created), 2)
  const answerSimilarity = outputScore(agentOutput, goldOutput)
  // In the original's order of additions, so that the sum is the same double.
  const reward = 0.01 + fileDifference + fileChanges + answerSimilarity
  return { reward, fileDifference, fileChanges, answerSimilarity }
}

/** The command with which the original compares an entry of a status; undefined where a quote in the name makes it raise. */
export const hashCommand = (path: string): string[] | undefined =>
  splitShellWords(path.includes('.') ? `md5sum ${path}` : `md5deep -r ${path}`)

const third = 0.33

/** round(0.33 * (1 - erf(k)), 2) for k differing entries: all there is to that formula at two decimals. */
function differenceScore(count: number): number {
  if (count === 0) return third
  return count === 1 ? 0.05 : 0
}

/** A third of the similarity of two outputs. Texts without a word between them (`2` and `3`) count as equal or not at all. */
export function outputScore(agent: string, gold: string | null): number {
  if (gold === null) return 0
  return roundAsNumpy(third * (tfidfSimilarity(agent, gold) ?? (agent === gold ? 1 : 0)), 2)
}

const isSame = (a: StatusEntry, b: StatusEntry) => a.path === b.path && a.code === b.code

const without = (entries: StatusEntry[], others: StatusEntry[]) =>
  unique(entries.filter((entry) => !others.some((other) => isSame(entry, other))))

const unique = (entries: StatusEntry[]) =>
  entries.filter((entry, index) => entries.findIndex((other) => isSame(entry, other)) === index)
