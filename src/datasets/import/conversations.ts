import { z } from 'zod'
import type { Step } from '../../contracts/trajectory.ts'
import { importError, shorten } from './import-error.ts'
import { type ImportFormat, importedId } from './imported.ts'
import { splitAnswer, splitCandidates, splitTask } from './observed-text.ts'

const turnSchema = z.looseObject({ from: z.string(), value: z.string(), loss: z.boolean().nullish() })
const recordSchema = z.looseObject({
  item_id: z.union([z.string(), z.number()]).optional(),
  id: z.union([z.string(), z.number()]).optional(),
  conversations: z.array(turnSchema).min(2),
  reward: z.number().optional(),
  score: z.number().optional(),
})
type Turn = z.infer<typeof turnSchema>

const agents = ['gpt', 'assistant']

/**
 * The conversations of AgentGym (AgentTraj), ETO and AgentInstruct: `human` and `gpt` turns, the first of which explain the game, then observations and
 * answers `Thought: ... Action: ...`. Turns with `loss: false` stay in the history and are not trained on.
 */
export const conversations: ImportFormat = {
  summary: 'AgentGym (AgentTraj), ETO, AgentInstruct: {item_id or id, conversations: [{from, value, loss}]}',
  recognises: (record) => typeof record === 'object' && record !== null && 'conversations' in record,
  read(record, { place, environment }) {
    const parsed = recordSchema.safeParse(record)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw importError(place, 'conversations with turns {from, value}', `${issue!.path.join('.')}: ${issue!.message}`)
    }
    const { item_id, id = item_id ?? place, conversations: turns, reward, score = reward ?? 1 } = parsed.data
    const name = String(id)
    const game = environment ?? (/^([a-z]+)_\d+$/.exec(name)?.[1] || 'imported')
    const steps: Step[] = []
    const episode = withoutPreamble(turns)
    let instruction = ''
    for (let index = 0; index + 1 < episode.length; index += 2) {
      const [seen, said] = [episode[index]!, episode[index + 1]!]
      const step = `${place}, turn ${turns.indexOf(seen) + 1}`
      if (agents.includes(seen.from)) throw importError(step, 'a turn of the environment', `one of ${seen.from}`)
      if (!agents.includes(said.from))
        throw importError(step, 'an answer of the agent after it', `a turn of ${said.from}`)
      const answer = splitAnswer(said.value)
      if (!answer) throw importError(step, 'an answer with `Action:`', shorten(said.value))
      const { text, candidates } = splitCandidates(seen.value)
      const task = index === 0 ? splitTask(text) : undefined
      instruction = task?.instruction ?? instruction
      steps.push({
        observation: task?.observation ?? text,
        ...(candidates ? { candidates } : {}),
        ...answer,
        score: 0,
        admissible: candidates === undefined || candidates.includes(answer.action),
        ...(said.loss === false ? { untrained: true } : {}),
      })
    }
    if (steps.length === 0) throw importError(place, 'an answer with `Action:`', 'none')
    steps.at(-1)!.score = score
    const last = episode.length % 2 === 1 ? splitCandidates(episode.at(-1)!.value).text : ''
    return {
      trajectory: {
        id: importedId(name),
        task: { id: name, environment: game, split: 'train', category: game },
        policy: 'imported',
        instruction,
        steps,
        finalObservation: last,
        score,
        outcome: score >= 1 ? 'success' : 'failure',
      },
      corrections: [],
    }
  },
}

/** The turns from the first observation on: pairs of an explanation and an answer without an action are no steps. */
function withoutPreamble(turns: readonly Turn[]): Turn[] {
  let start = turns[0]!.from === 'system' ? 1 : 0
  while (start + 1 < turns.length && !splitAnswer(turns[start + 1]!.value) && start < 4) start += 2
  return turns.slice(start)
}
