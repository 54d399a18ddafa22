import { z } from 'zod'
import type { PrivilegedState } from '../../../contracts/privileged-state.ts'
import type { BashReward } from './reward.ts'
import type { GoldRun } from './run-gold.ts'
import type { BookedTask } from './task-book.ts'

/** What a scripted teacher reads of an InterCode Bash task. */
export const bashPrivilegeSchema = z.object({
  query: z.string(),
  gold: z.string(),
  /** What the gold command prints. */
  expected: z.string(),
  /** Paths that the gold command needs and the request does not say. */
  hidden: z.array(z.string()),
  /** A command that shows them, where one is known. */
  look: z.string().optional(),
  /** Why the gold command, without quoting it. */
  reason: z.string().optional(),
  /** The gold command leaves changed files. */
  changes: z.boolean(),
  /** The agent's files are as the gold command leaves them. */
  filesRight: z.boolean(),
  /** The agent's last observation is worth as much as the gold command's output. */
  outputRight: z.boolean(),
})
export type BashPrivilege = z.infer<typeof bashPrivilegeSchema>

/**
 * The privileged state of paper appendix D.4: the request, a command that does it, and what that command shows; from the same task table as the roll-out.
 */
export function describePrivilege(
  { query, gold, hidden = [], look, reason }: BookedTask,
  { reward, run }: { reward: BashReward; run: GoldRun },
): PrivilegedState {
  const expected = run.output ?? ''
  const data: BashPrivilege = {
    query,
    gold,
    expected,
    hidden,
    ...(look === undefined ? {} : { look }),
    ...(reason === undefined ? {} : { reason }),
    changes: run.status.trim() !== '',
    filesRight: reward.fileDifference === third && reward.fileChanges === third,
    outputRight: reward.answerSimilarity === third,
  }
  return { text: renderPrivilege({ query, gold, expected }), data, secrets: secretsOf(data) }
}

const third = 0.33

/** The three things in the order of the released code. */
export const renderPrivilege = ({ query, gold, expected }: { query: string; gold: string; expected: string }): string =>
  ['Task:', query, 'A command that does it:', gold, 'What it shows:', expected.trimEnd() || '(nothing)'].join('\n')

/** The command, the places that it needs, and what it shows if that is long enough not to be said by chance. */
function secretsOf({ gold, hidden, expected }: BashPrivilege): string[] {
  const shown = expected.trim()
  return [...new Set([gold, ...hidden, ...(shown.length >= 8 ? [shown] : [])])]
}
