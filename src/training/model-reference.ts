import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { LeapError } from '../contracts/error.ts'
import { writeFolderAtomic } from '../support/atomic-folder.ts'

/** A model whose weights are elsewhere: on a hub, or with a service that fine-tunes and serves it. */
export const modelReferenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('hub'),
    /** `owner/name` on the Hugging Face hub, as transformers and vLLM take it. */
    model: z.string().min(1),
    revision: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('hosted'),
    /** As the service names it, `ft:...` after a job. */
    model: z.string().min(1),
    baseUrl: z.string().min(1),
    /** The job that made it. */
    job: z.string().optional(),
  }),
])
export type ModelReference = z.infer<typeof modelReferenceSchema>

/** File in a checkpoint folder that holds no weights. */
export const referenceFile = 'model-reference.json'

/** The reference in a checkpoint folder, if it holds one. Throws MODEL_REFERENCE_INVALID naming the file and the field. */
export async function readModelReference(folder: string): Promise<ModelReference | undefined> {
  const path = join(folder, referenceFile)
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const invalid = (found: string, cause: unknown) =>
    new LeapError({
      code: 'MODEL_REFERENCE_INVALID',
      message: `${path}: ${found}`,
      remedy: 'The file was changed after it was written. Restore it, or delete its folder and resume the run.',
      cause,
    })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw invalid('expected JSON', cause)
  }
  const parsed = modelReferenceSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  throw invalid(`field "${issue.path.join('.')}": ${issue.message}`, parsed.error)
}

/** Writes a checkpoint folder that refers to a model elsewhere; it appears whole or not at all. */
export async function writeModelReference(folder: string, reference: ModelReference): Promise<void> {
  await writeFolderAtomic(folder, (temporary) =>
    writeFile(join(temporary, referenceFile), `${JSON.stringify(reference, null, 2)}\n`),
  )
}
