import { z } from 'zod'

/** What only a teacher may see of one step (paper section 3.1, appendix D). Never reaches a policy. */
export const privilegedStateSchema = z.object({
  /** Rendered for a prompt: task, essential objects, critical locations, optimal actions (ALFWorld), attributes (WebShop), gold command (InterCode). */
  text: z.string().min(1),
  /** The same as data, in the domain's own shape, for scripted teachers. */
  data: z.record(z.string(), z.unknown()),
  /**
   * What gives the secret away to a student that has not met it. Two shapes:
   * a term (`mug 1`, a plan step, a gold command), which must not be named before it was seen; and
   * a pair `mug 1 @ cabinet 3` (object @ place), which must not be asserted before the two were seen together, though both may be named.
   */
  secrets: z.array(z.string().min(1)),
})
export type PrivilegedState = z.infer<typeof privilegedStateSchema>
