import { z } from 'zod'

/** The part of a shop's privileged state that the scripted teacher reads. */
export const shopPrivilegeSchema = z.object({
  attributes: z.array(z.string()),
  options: z.array(z.string()),
  query: z.string(),
  /** Lower-case title of a product that meets the request. */
  title: z.string(),
  /** Lower-case title -> what a listed product can earn at best, 0 to 1. */
  worth: z.record(z.string(), z.number()),
  /** Of the open product: what it can earn, and the value that each option needs. */
  open: z.object({ worth: z.number(), options: z.record(z.string(), z.string()) }).optional(),
})
export type ShopPrivilege = z.infer<typeof shopPrivilegeSchema>
