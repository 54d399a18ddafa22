import type { ChatModel } from '../../contracts/model.ts'
import type { Step, Trajectory } from '../../contracts/trajectory.ts'
import { findAbsences } from '../absence.ts'
import { asserts } from '../assertion.ts'
import { mentions } from '../mention.ts'
import { findPrivilegePhrases } from '../privilege-phrases.ts'

/**
 * A blind judge without a model behind it: it reads the judge's own prompt, knows no secret, and says no to a reason that places a thing where the record does not
 * show it, names a numbered thing that the record does not, calls a place empty that nobody has looked into, or speaks of a hidden source. It stands in where no
 * model can be asked, and shows what reading the history alone can find.
 */
export function createHistoryJudge(): ChatModel {
  return {
    id: 'history-judge',
    async generate({ messages }) {
      const because = objection(messages.map(({ content }) => content).join('\n'))
      const verdict = { justified: because === undefined ? 'yes' : 'no', because: because ?? 'It follows.' }
      return { text: JSON.stringify(verdict), finishReason: 'stop', tokens: { prompt: 0, completion: 0 } }
    },
  }
}

function objection(prompt: string): string | undefined {
  const reason = /^Reason given: ([\s\S]*?)\nAction chosen:/m.exec(prompt)![1]!
  const record = prompt.slice(prompt.lastIndexOf('\nTask: '), prompt.indexOf('\nReason given: '))
  const [phrase] = findPrivilegePhrases(reason)
  if (phrase !== undefined) return `It speaks of "${phrase}".`
  const unseen = [...reason.matchAll(/\b\p{L}+ \d+\b/gu)].find(([name]) => !mentions(record, name))
  if (unseen) return `${unseen[0]} has not been seen.`
  const steps = stepsOf(record)
  const [empty] = findAbsences({ steps } as Trajectory, steps.length - 1, reason)
  if (empty !== undefined) return `Nobody has looked into ${empty}.`
  const listed = new Set([...record.matchAll(/\b\p{L}+ \d+\b/gu)].map(([name]) => name))
  const meant = [...listed].filter((name) => mentions(reason, name))
  const kinds = Map.groupBy(listed, (name) => name.replace(/ \d+$/, ''))
  // "The cabinet" means any of them: one will do.
  for (const [kind, names] of kinds)
    if (mentions(reason, kind) && !meant.some((name) => names.includes(name))) meant.push(names[0]!)
  // The task tells where things go, and what could be done tells where they are.
  const shown = steps.flatMap(({ observation, action, candidates = [] }) => [observation, action, ...candidates])
  const things = [...reason.matchAll(/\b(?:an?|the|my|this|other|second|one)\s+(\p{L}{3,})\b/giu)]
  for (const thing of new Set(things.map(([, word]) => word!.toLowerCase())))
    for (const place of meant) {
      const kind = place.replace(/ \d+$/, '')
      if (kind === thing || asserts(reason, thing, place) !== 'asserted') continue
      const named = mentions(reason, place) ? place : kind
      if (!shown.some((text) => mentions(text, thing) && mentions(text, named)))
        return `The record does not show a ${thing} at ${named}.`
    }
  return undefined
}

/** The turns of the record. */
function stepsOf(record: string): Step[] {
  const candidates = /^Could do: (.*)$/m.exec(record)?.[1]?.split('; ') ?? []
  const seen = [...record.matchAll(/^(?:Saw|Sees now): (.*)$/gm)]
  const did = [...record.matchAll(/^Did: (.*)$/gm)]
  return seen.map(([, observation = ''], index) => ({
    ...{ observation, reason: '', action: did[index]?.[1] ?? '', score: 0, admissible: true },
    ...(index === seen.length - 1 ? { candidates } : {}),
  }))
}
