import { openingOf } from '../../contracts/candidates.ts'
import type { Episode, Observation } from '../../contracts/environment.ts'
import type { PastStep } from '../../contracts/policy.ts'
import type { CliContext } from '../context.ts'
import { columnsOf, print } from '../context.ts'
import { sanitize, sanitizeLine } from '../text/sanitize.ts'
import { wrap } from '../text/wrap.ts'
import { type HandCommand, handCommands, readTypedLine } from './hand-commands.ts'
import type { Advise } from './hints.ts'
import { createLineReader } from './line-reader.ts'
import { numberedActions } from './numbered-actions.ts'

/** How a game by hand ended. */
export interface HandGame {
  end: 'solved' | 'over' | 'limit' | 'quit'
  actions: number
}

/** Lets a person play one episode: observations out, actions in, until it is solved, the limit is reached or the person leaves. */
export async function playByHand(
  context: CliContext,
  episode: Episode,
  { maxSteps, advise }: { maxSteps: number; advise: Advise },
): Promise<HandGame> {
  const { style } = context
  const say = (text: string) => {
    for (const line of wrap(sanitize(text), columnsOf(context))) print(context, line)
  }
  let observation = await episode.reset()
  let taken: PastStep[] = []
  let helped = false
  const reader = createLineReader({
    ...context,
    completions: () => [
      ...(observation.candidates ?? []).map((candidate) => openingOf(candidate) ?? candidate),
      ...Object.keys(handCommands),
    ],
    onInterrupt: context.interrupt,
  })

  const take = async (action: string) => {
    const { text, candidates } = observation
    taken.push({ observation: text, ...(candidates ? { candidates } : {}), reason: '', action })
    observation = await episode.step(action)
  }
  const act = async (action: string) => {
    await take(action)
    print(context)
    say(observation.text)
  }
  const undo = async () => {
    if (taken.length === 0) return say('There is nothing to take back.')
    const undone = taken.at(-1)!.action
    const kept = taken.slice(0, -1)
    // Tasks are deterministic: playing the shorter history again leads to the same state.
    observation = await episode.reset()
    taken = []
    for (const { action } of kept) await take(action)
    say(`Took back: ${undone}`)
    print(context)
    say(observation.text)
  }
  const perform: Record<HandCommand, () => Promise<void> | void> = {
    '?': () => {
      for (const line of numberedActions(observation.candidates, columnsOf(context))) print(context, line)
    },
    ':hint': async () => {
      helped = true
      const action = await advise(episode, taken, observation)
      say(action === undefined ? 'The planner knows no way from here.' : `The planner would: ${action}`)
    },
    ':privilege': async () => {
      helped = true
      print(context, style.warning('Only a teacher may see this; no student ever does:'))
      say((await episode.privilegedState()).text)
    },
    ':undo': undo,
    ':help': () => {
      for (const [name, what] of Object.entries(handCommands)) print(context, `  ${name.padEnd(11)} ${what}`)
    },
    ':quit': () => {},
  }

  const loop = async (): Promise<HandGame['end']> => {
    for (;;) {
      if (observation.done) return isSolved(observation) ? 'solved' : 'over'
      if (taken.length >= maxSteps) return 'limit'
      const line = await reader.next(style.accent(`${taken.length + 1}> `))
      if (line === undefined) return 'quit'
      const typed = readTypedLine(line)
      if (typed.kind === 'command') {
        if (typed.command === ':quit') return 'quit'
        await perform[typed.command]()
      } else if (typed.kind === 'unknown-command') say(`There is no ${typed.text}; :help lists what there is.`)
      else if (typed.kind === 'number') {
        const action = observation.candidates?.[typed.index]
        const opening = action === undefined ? undefined : openingOf(action)
        if (action === undefined) say(`There is no action ${typed.index + 1}; ? lists them.`)
        else if (opening !== undefined) say(`The words are yours: type ${opening}...]`)
        else {
          print(context, style.dim(`> ${sanitizeLine(action)}`))
          await act(action)
        }
      } else if (typed.kind === 'action') await act(typed.action)
    }
  }
  try {
    say(observation.text)
    if (!observation.text.includes(episode.instruction)) say(`Your task: ${episode.instruction}`)
    print(context, style.dim(`Type an action, ? for the possible ones, :help for more. ${maxSteps} actions at most.`))
    const end = await loop()
    print(
      context,
      `\n${verdict(context, { end, actions: taken.length, limit: maxSteps, helped, score: observation.score })}`,
    )
    return { end, actions: taken.length }
  } finally {
    reader.close()
  }
}

function isSolved({ score }: Observation): boolean {
  return score >= 1
}

function verdict(
  { style }: CliContext,
  { end, actions, limit, helped, score }: HandGame & { limit: number; helped: boolean; score: number },
): string {
  const count = `${actions} ${actions === 1 ? 'action' : 'actions'}`
  // Where there is nothing between won and lost, a score says nothing.
  const worth = score > 0 ? `, score ${(100 * score).toFixed(0)} of 100` : ''
  if (end === 'solved') return style.good(`Solved in ${count}${helped ? ', with a look at the hidden state' : ''}.`)
  if (end === 'over') return style.bad(`Over after ${count}, not solved${worth}.`)
  if (end === 'limit') return style.bad(`Not solved within the limit of ${limit} actions${worth}.`)
  return `Left after ${count}.`
}
