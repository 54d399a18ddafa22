import type { PastStep } from '../../../contracts/policy.ts'
import { readRequest } from './read-request.ts'

/** What to do now, by what the history shows. */
export interface BashMove {
  action: string
  reason: string
  /** `look`, `command`, `submit`. */
  kind: 'look' | 'command' | 'submit'
}

/** What an agent without privilege has seen so far. */
export interface BashSituation {
  instruction: string
  history: readonly Pick<PastStep, 'observation' | 'action'>[]
  observation: string
}

/**
 * An agent that knows the usual commands and no more: finds what is named without its place, gives the command that the wording asks for, submits.
 * Where it cannot read a request it looks around once and gives up.
 */
export function nextBashMove({ instruction, history, observation }: BashSituation): BashMove {
  const submit: BashMove = { action: 'submit', reason: 'The command was given, so I submit.', kind: 'submit' }
  const reading = readRequest(instruction)
  if (reading === undefined) {
    if (history.length > 0) return { ...submit, reason: 'I do not know how to go on, so I submit.' }
    const place = /\/[\w./-]*\w/.exec(instruction)?.[0] ?? '/'
    return { action: `ls ${place}`, reason: 'I am not sure what is meant, so I look at what is there.', kind: 'look' }
  }
  const done = new Set(history.map(({ action }) => action))
  const { unknown } = reading
  if (unknown === undefined) return giveOnce(reading.command(''), reading.reason, done, submit)
  const texts = [...history.map((step) => step.observation), observation].slice(1)
  const path = texts.map((text) => findPath(text, unknown.name)).find((found) => found !== undefined)
  if (path !== undefined)
    return giveOnce(reading.command(path), `Now I know its place. ${reading.reason}`, done, submit)
  const look = `find ${unknown.top} -name ${unknown.name}`
  if (done.has(look)) return { ...submit, reason: 'It is nowhere to be found, so I submit.' }
  return { action: look, reason: searching([unknown.name], unknown.top), kind: 'look' }
}

/** Why to look for things: also what a teacher says. */
export const searching = (names: readonly string[], top: string): string =>
  `The request does not say where ${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'}, so I search ${top} for the name.`

/** Why to submit: also what a teacher says. A change shows nothing when it works. */
export const finished = (isChange: boolean): string =>
  isChange ? 'The change is made, so I submit.' : 'The output is what the request asks for, so I submit.'

function giveOnce(action: string, reason: string, done: ReadonlySet<string>, submit: BashMove): BashMove {
  return done.has(action) ? submit : { action, reason, kind: 'command' }
}

/** An absolute path in a text that ends in a name. */
export function findPath(text: string, name: string): string | undefined {
  return text.split(/\s+/).find((word) => word.startsWith('/') && word.endsWith(`/${name}`))
}
