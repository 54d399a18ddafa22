import { z } from 'zod'

/** What only a teacher may see of one step (paper section 3.1, appendix D). Never reaches a policy. */
export const privilegedStateSchema = z.object({
  /** Rendered for a prompt: task, essential objects, critical locations, optimal actions (ALFWorld), attributes (WebShop), gold command (InterCode). */
  text: z.string().min(1),
  /** The same as data, in the domain's own shape, for scripted teachers. */
  data: z.record(z.string(), z.unknown()),
  /** Strings that give the secret away when a student that has not met them reads them: object ids, places, plan steps, gold commands. */
  secrets: z.array(z.string().min(1)),
})
export type PrivilegedState = z.infer<typeof privilegedStateSchema>
