import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomic } from '../../support/atomic-file.ts'

const stateSchema = z.object({
  /** Hash of all that determines the training. */
  training: z.string(),
  file: z.string().optional(),
  validationFile: z.string().optional(),
  job: z.string().optional(),
})
export type JobState = z.infer<typeof stateSchema>

/** What has been uploaded and started already, in a trainer's scratch folder: neither is done or paid for twice. */
export async function readJobState(scratch: string, training: string): Promise<JobState> {
  const text = await readFile(join(scratch, 'hosted.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return { training }
  const found = stateSchema.safeParse(JSON.parse(text)).data
  return found?.training === training ? found : { training }
}

export async function writeJobState(scratch: string, state: JobState): Promise<void> {
  await writeFileAtomic(join(scratch, 'hosted.json'), `${JSON.stringify(state, null, 2)}\n`)
}
