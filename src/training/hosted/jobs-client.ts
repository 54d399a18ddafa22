import { z } from 'zod'
import { LeapError } from '../../contracts/error.ts'
import { redactKeys } from '../../models/keys/redact.ts'
import { messageOf, parseBody, type ServerAnswer } from '../serving/request.ts'

const fileSchema = z.object({ id: z.string(), filename: z.string().nullish() })
export const jobSchema = z.object({
  id: z.string(),
  status: z.string(),
  fine_tuned_model: z.string().nullish(),
  trained_tokens: z.number().nullish(),
  training_file: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
})
export type Job = z.infer<typeof jobSchema>
const eventSchema = z.object({
  type: z.string().nullish(),
  message: z.string().nullish(),
  created_at: z.number().nullish(),
  data: z.record(z.string(), z.unknown()).nullish(),
})
export type JobEvent = z.infer<typeof eventSchema>

export interface JobsConnection {
  /** With its version. */
  baseUrl: string
  key: string
  fetch: typeof globalThis.fetch
  timeout?: number
}

/** Files and fine-tuning jobs in OpenAI's shape. */
export interface JobsClient {
  upload(file: { name: string; content: string }): Promise<string>
  /** Id of a file that was uploaded under this name, where the service lists files. */
  findFile(name: string): Promise<string | undefined>
  create(job: Record<string, unknown>): Promise<Job>
  /** The job whose metadata has this value, where the service keeps metadata and lists jobs. */
  findJob(key: string, value: string): Promise<Job | undefined>
  get(id: string): Promise<Job>
  /** Newest first; empty where the service has none. */
  events(id: string): Promise<JobEvent[]>
}

/** Throws HOSTED_UNREACHABLE, HOSTED_KEY, HOSTED_REFUSED with the service's words, HOSTED_BUSY (429 and 5xx: to be asked again), HOSTED_ANSWER. */
export function createJobsClient({ baseUrl, key, fetch, timeout = 120_000 }: JobsConnection): JobsClient {
  const root = baseUrl.replace(/\/+$/, '')
  const ask = async (path: string, init: RequestInit = {}): Promise<ServerAnswer> => {
    let response: Response
    try {
      response = await fetch(`${root}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${key}`, ...init.headers },
        signal: AbortSignal.timeout(timeout),
      })
    } catch (cause) {
      const inner = cause instanceof Error && cause.cause instanceof Error ? `: ${cause.cause.message}` : ''
      throw new LeapError({
        code: 'HOSTED_UNREACHABLE',
        message: `${root}${path}: ${cause instanceof Error ? cause.message : String(cause)}${inner}`,
        remedy: 'Check the network and training.hosted.baseUrl, and start the run again: it goes on with the same job.',
        cause,
      })
    }
    const text = await response.text()
    const answer = { status: response.status, text, json: parseBody(text) }
    if (answer.status >= 200 && answer.status < 300) return answer
    throw refused(`${root}${path}`, answer, key)
  }
  const read = async <Schema extends z.ZodType>(schema: Schema, path: string, init?: RequestInit) => {
    const answer = await ask(path, init)
    const parsed = schema.safeParse(answer.json)
    if (parsed.success) return parsed.data as z.output<Schema>
    throw new LeapError({
      code: 'HOSTED_ANSWER',
      message: `${root}${path}: expected an answer in the shape of OpenAI's fine-tuning API, found ${answer.text.slice(0, 200)}`,
      remedy: 'Is training.hosted.baseUrl the address of such an API, up to and with its version (/v1)?',
    })
  }
  /** Lists are a convenience that not all services have. */
  const list = async <Schema extends z.ZodType>(item: Schema, path: string): Promise<z.output<Schema>[]> => {
    try {
      return (await read(z.object({ data: z.array(item) }), path)).data
    } catch (error) {
      if (LeapError.is(error) && (error.code === 'HOSTED_REFUSED' || error.code === 'HOSTED_ANSWER')) return []
      throw error
    }
  }
  return {
    async upload({ name, content }) {
      const form = new FormData()
      form.set('purpose', 'fine-tune')
      form.set('file', new File([content], name, { type: 'application/jsonl' }))
      return (await read(fileSchema, '/files', { method: 'POST', body: form })).id
    },
    async findFile(name) {
      return (await list(fileSchema, '/files?purpose=fine-tune')).find(({ filename }) => filename === name)?.id
    },
    create: (job) =>
      read(jobSchema, '/fine_tuning/jobs', {
        method: 'POST',
        body: JSON.stringify(job),
        headers: { 'content-type': 'application/json' },
      }),
    async findJob(field, value) {
      const jobs = await list(jobSchema, '/fine_tuning/jobs?limit=100')
      return jobs.find(({ metadata }) => metadata?.[field] === value)
    },
    get: (id) => read(jobSchema, `/fine_tuning/jobs/${encodeURIComponent(id)}`),
    events: (id) => list(eventSchema, `/fine_tuning/jobs/${encodeURIComponent(id)}/events?limit=100`),
  }
}

function refused(address: string, answer: ServerAnswer, key: string): LeapError {
  const said = redactKeys(messageOf(answer), [key])
  const fail = (code: string, remedy: string) => new LeapError({ code, message: `${address}: ${said}`, remedy })
  if (answer.status === 401 || answer.status === 403)
    return fail(
      'HOSTED_KEY',
      'Check the key, and whether its account may fine-tune: services close this to some of them.',
    )
  if (answer.status === 429 || answer.status >= 500)
    return fail('HOSTED_BUSY', 'Start the run again later: it goes on with the same job.')
  if (answer.status === 404)
    return fail(
      'HOSTED_REFUSED',
      'Check training.hosted.baseUrl (up to and with /v1) and the name of the model to start from.',
    )
  return fail(
    'HOSTED_REFUSED',
    'Check student.checkpoint (hosted:<model>): the service must offer that model for fine-tuning by this rule.',
  )
}
