import { z } from 'zod'

/** The verdicts of the checks on one corrected step. `undefined` = the check was not run. */
export const checksSchema = z.object({
  /** The corrected action is among the step's candidates (true where the domain lists none). */
  available: z.boolean(),
  /** Privileged strings that the corrected reason holds and the student's history does not. Empty = clean. */
  leaks: z.array(z.string()).optional(),
  /** Privileged pairs that the reason guesses at without asserting them: no leak by itself, but a teacher can hint at the truth every time. */
  hints: z.array(z.string()).optional(),
  /** Phrases that show knowledge of a hidden state or of the future. */
  mentions: z.array(z.string()).optional(),
  /** Mean negative log-probability per token of the correction under the student, nats. */
  surprise: z.number().optional(),
  /** A judge without privilege finds the correction justified by the history. */
  justified: z.boolean().optional(),
  /** What the judge said; without `justified` its verdict could not be read. */
  because: z.string().optional(),
})
export type Checks = z.infer<typeof checksSchema>

/** A teacher's rewrite of one step of a student's trajectory. */
export const correctionSchema = z.object({
  trajectoryId: z.string(),
  /** Index of the step in its trajectory, from 0. */
  step: z.number().int().nonnegative(),
  reason: z.string(),
  action: z.string(),
  /** False when the teacher left the step as it was. */
  isCorrected: z.boolean(),
  /** The kind of decision that was labelled, where the teacher can tell (`search`, `take`, ...). For balancing and for reports. */
  kind: z.string().optional(),
  checks: checksSchema.optional(),
  /** The first version and the objection to it, where the teacher was asked to write the correction again. */
  rewritten: z.object({ cause: z.string(), reason: z.string(), action: z.string() }).optional(),
  /** Set when the correction is kept out of the training data, and why: `unavailable`, `leak`, `malformed`, ... */
  dropped: z.string().optional(),
})
export type Correction = z.infer<typeof correctionSchema>
