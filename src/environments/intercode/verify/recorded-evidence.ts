import { z } from 'zod'
import { scoreBashParts } from '../bash/reward.ts'

/** What some runners of InterCode Bash noted of the last reward of an episode: all that the reward is made of. */
export interface RecordedEvidence {
  agentOutput: string
  /** Output of the gold command; null where it could not be run. */
  goldOutput: string | null
  /** Entries that only one of the two statuses had. */
  different: number
  created: number
  equal: number
  /** The reward's parts as recorded, in the order in which they were added. */
  parts: readonly [fileDifference: number, fileChanges: number, answerSimilarity: number]
}

const infoSchema = z.object({
  agent_obs: z.string(),
  eval_obs: z.string().nullable(),
  diff_miss: z.array(z.unknown()),
  diff_extra: z.array(z.unknown()),
  diff_same: z.object({ correct: z.number().int(), total: z.number().int() }).optional(),
  reward: z.object({ file_diff: z.number(), file_changes: z.number(), answer_similarity: z.number() }),
})

/** The `info` of an episode; undefined where it is not there, or not that of a Bash reward. */
export function readEvidence(info: unknown): RecordedEvidence | undefined {
  const parsed = infoSchema.safeParse(info)
  if (!parsed.success) return undefined
  const { agent_obs, eval_obs, diff_miss, diff_extra, diff_same, reward } = parsed.data
  return {
    agentOutput: agent_obs,
    goldOutput: eval_obs,
    different: diff_miss.length + diff_extra.length,
    created: diff_same?.total ?? 0,
    equal: diff_same?.correct ?? 0,
    parts: [reward.file_diff, reward.file_changes, reward.answer_similarity],
  }
}

/** True if our arithmetic makes of recorded outputs and counts what was recorded: each part, and the sum to the last bit. */
export function isExplained(evidence: RecordedEvidence, recorded: number): boolean {
  const { reward, fileDifference, fileChanges, answerSimilarity } = scoreBashParts(evidence)
  const [difference, changes, similarity] = evidence.parts
  return (
    fileDifference === difference &&
    fileChanges === changes &&
    answerSimilarity === similarity &&
    Object.is(reward, recorded)
  )
}
