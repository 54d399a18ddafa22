import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRandom } from '../../src/support/random.ts'

/** What the server does to a request that it sees for the first time. */
export type Fault = 'none' | 'malformed' | 'overloaded' | 'broken' | 'hang' | 'leak'

/** One request as the server saw it. */
export interface LoggedCall {
  /** Hash of the body: equal requests are one call. */
  key: string
  fault: Fault
  /** 200 = an answer was sent in full, which is what a provider bills. 0 = none was sent. */
  status: number
}

export interface TeacherServer {
  /** `http://127.0.0.1:<port>/v1` */
  readonly url: string
  readonly log: readonly LoggedCall[]
  /** Reasons with a secret in them that were sent. */
  readonly leaks: readonly string[]
  /** Whether faults are made from now on. */
  faulty: boolean
  /** Lets the server keep quiet once it has sent so many answers; resolves when a further request waits. `release` lets it speak again. */
  hold(answers: number): Promise<void>
  release(): void
  close(): Promise<void>
}

interface Step {
  timestep: number
  observation: string
  action: string
  privileged_state?: string
}

/** Of a hundred calls: 5 malformed, 5 with 429 or 500, 2 that hang, 10 that leak. */
const deck: readonly Fault[] = [
  ...Array<Fault>(5).fill('malformed'),
  ...Array<Fault>(3).fill('overloaded'),
  ...Array<Fault>(2).fill('broken'),
  ...Array<Fault>(2).fill('hang'),
  ...Array<Fault>(10).fill('leak'),
  ...Array<Fault>(78).fill('none'),
]

/**
 * An OpenAI-compatible server whose only model is a teacher of household games: it reads turns and hidden states out of the prompt and answers with the planner's
 * next action. A request is spoilt only when it comes for the first time, and only where it is no repair or rewrite, so that asking again helps.
 */
export async function startTeacherServer({ key, seed }: { key: string; seed: number }): Promise<TeacherServer> {
  const log: LoggedCall[] = []
  const leaks: string[] = []
  const seen = new Map<string, Fault>()
  // The first dozen holds each kind of fault, however few calls a test makes.
  const kinds: Fault[] = [
    'malformed',
    'overloaded',
    'broken',
    'hang',
    'leak',
    'leak',
    'none',
    'none',
    'none',
    'none',
    'none',
    'none',
  ]
  const random = createRandom(seed, 'faults')
  const drawn = [...random.shuffle(kinds), ...random.shuffle(deck)]
  let dealt = 0
  let limit = Number.POSITIVE_INFINITY
  let isHeld = () => {}
  const waiting: ServerResponse[] = []
  const state = { faulty: false }

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(request)
    if (request.headers.authorization !== `Bearer ${key}`) {
      const message = `Incorrect API key provided: ${request.headers.authorization}`
      return send(response, 401, { error: { message, code: 'invalid_api_key' } })
    }
    const hash = createHash('sha256').update(body).digest('hex')
    const paid = log.filter(({ status }) => status === 200).length
    if (paid >= limit) {
      waiting.push(response)
      return isHeld()
    }
    const { messages } = JSON.parse(body.toString('utf8')) as { messages: { role: string; content: string }[] }
    const isFirst = !seen.has(hash)
    if (isFirst && state.faulty) {
      // What is asked again, with the first answer before it, is answered well: a second leak would rightly be dropped, and the data would differ.
      const isAgain = messages.some(({ role }) => role === 'assistant')
      seen.set(hash, isAgain ? 'none' : drawn[dealt++ % drawn.length]!)
    }
    const fault = isFirst ? (seen.get(hash) ?? 'none') : 'none'
    const entry: LoggedCall = { key: hash, fault, status: 0 }
    log.push(entry)
    if (fault === 'hang') return void waiting.push(response)
    if (fault === 'overloaded') {
      entry.status = 429
      return send(response, 429, { error: { message: 'Slow down.' } }, { 'retry-after': '0' })
    }
    if (fault === 'broken') {
      entry.status = 500
      return send(response, 500, { error: { message: 'Internal error.' } })
    }
    const told = (reason: string) => void leaks.push(reason)
    const content = spoil(
      teach(
        messages.map((message) => message.content),
        fault === 'leak' ? told : undefined,
      ),
      fault,
    )
    entry.status = 200
    const usage = { prompt_tokens: Math.ceil(body.length / 4), completion_tokens: Math.ceil(content.length / 4) }
    const message = { role: 'assistant', content }
    send(response, 200, {
      id: 'x',
      object: 'chat.completion',
      created: 0,
      model: 'teacher',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
      usage,
    })
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => send(response, 500, { error: { message: String(error) } }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    log,
    leaks,
    get faulty() {
      return state.faulty
    },
    set faulty(value) {
      state.faulty = value
    },
    hold(answers) {
      limit = answers
      return new Promise((resolve) => {
        isHeld = resolve
      })
    },
    release() {
      limit = Number.POSITIVE_INFINITY
    },
    async close() {
      for (const response of waiting) response.destroy()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** The planner's corrections for what the last message asks; other questions are answered with a word. */
function teach(messages: readonly string[], leak?: (reason: string) => void): string {
  const turns = messages.map((text) => /The turns to correct:\n(\[.*\])\n/s.exec(text)?.[1]).find((found) => found)
  if (turns === undefined) return 'ready'
  const steps = JSON.parse(turns) as Step[]
  const again = /entries with timestep ([\d, ]+)/.exec(messages.at(-1)!)?.[1]?.split(', ').map(Number)
  let hidden = ''
  let history = ''
  let told = false
  const trajectory = steps.flatMap(({ timestep, observation, action, privileged_state: state = '' }) => {
    if (state !== 'unchanged') hidden = state
    history += `${observation}\n${action}\n`
    const next = /^1\. (.+)$/m.exec(hidden)?.[1] ?? action
    const place = /^go to (.+)$/.exec(next)?.[1]
    let reason = place
      ? `I have not found all that I need, and I go to ${place}.`
      : `What I need is here, so I ${next}.`
    const secret = /^- (\S+ \d+): in or on (\S+ \d+)/m.exec(hidden)
    if (leak && !told && secret && !history.includes(secret[1]!)) {
      told = true
      reason = `The ${secret[1]} is in ${secret[2]}.`
      leak(reason)
    }
    if (again && !again.includes(timestep)) return []
    return [{ timestep, original_action: action, corrected_reason: reason, corrected_action: next }]
  })
  return JSON.stringify({ summary: 'It wanders.', trajectory })
}

/** Cuts the answer off in its middle, in a fence. */
function spoil(content: string, fault: Fault): string {
  return fault === 'malformed' ? `\`\`\`json\n${content.slice(0, Math.floor(content.length * 0.6))}` : content
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
