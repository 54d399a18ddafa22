import { z } from 'zod'
import { LeapError } from '../../contracts/error.ts'
import type { ChatModel, Message } from '../../contracts/model.ts'
import type { PrivilegedState } from '../../contracts/privileged-state.ts'
import type { Trajectory } from '../../contracts/trajectory.ts'
import type { Prompts } from '../../policies/prompts/open-prompts.ts'
import { parseJsonAnswer } from './parse-json-answer.ts'

const name = z.string().trim().min(1)
const extractedSchema = z.object({
  task: name,
  essential_objects: z.array(z.object({ object: name, place: name })),
  critical_locations: z.array(name),
  optimal_actions: z.array(name).min(1),
})
type Extracted = z.infer<typeof extractedSchema>

export type PrivilegeExtractor = (
  demonstration: Pick<Trajectory, 'id' | 'instruction' | 'steps'>,
  options: { seed: number; signal?: AbortSignal },
) => Promise<PrivilegedState>

/**
 * Reads a privileged state out of the log of a solved game (paper D.2: task, essential objects, critical locations, optimal actions), for environments that
 * cannot tell their hidden state. Every action must stand in the log as it is given; an answer that invents some, or cannot be read, is sent back once.
 * Throws a LeapError `EXTRACTION_INVALID`.
 */
export function createPrivilegeExtractor({
  model,
  prompts,
}: {
  model: ChatModel
  prompts: Prompts
}): PrivilegeExtractor {
  const template = prompts.get('extract-privilege')
  return async ({ id, instruction, steps }, { seed, signal }) => {
    const log = steps.map(({ observation, action }) => ({ observation, action }))
    const messages: Message[] = template.messages({ instruction, steps: log })
    const actions = new Set(steps.map(({ action }) => action))
    let problem = ''
    for (let attempt = 0; attempt < 2; attempt++) {
      const { text } = await model.generate({
        messages,
        temperature: 0.3,
        maxTokens: 1500,
        seed: seed + attempt,
        ...(signal ? { signal } : {}),
      })
      const read = readExtracted(text, actions)
      if ('state' in read) return read.state
      problem = read.problem
      messages.push(
        { role: 'assistant', content: text.trim() || '(nothing)' },
        {
          role: 'user',
          content: `This cannot be used: ${problem}. Send the whole JSON object again, corrected, and nothing else.`,
        },
      )
    }
    throw new LeapError({
      code: 'EXTRACTION_INVALID',
      message: `${id}: expected the hidden state of the game from ${model.id}, found in two answers: ${problem}`,
      remedy: 'Try another model, or leave the demonstration out.',
    })
  }
}

function readExtracted(text: string, actions: ReadonlySet<string>): { state: PrivilegedState } | { problem: string } {
  const parsed = parseJsonAnswer(text)
  if ('problem' in parsed) return parsed
  const checked = extractedSchema.safeParse(parsed.value)
  if (!checked.success) {
    const issue = checked.error.issues[0]!
    return { problem: `${issue.path.join('.')}: ${issue.message}` }
  }
  const invented = checked.data.optimal_actions.find((action) => !actions.has(action))
  if (invented !== undefined) return { problem: `optimal_actions: "${invented}" is no command of the log` }
  return { state: toState(checked.data) }
}

function toState(extracted: Extracted): PrivilegedState {
  const { task, essential_objects: objects, critical_locations: places, optimal_actions: optimalActions } = extracted
  const text = [
    `Task: ${task}`,
    'Objects that can serve it:',
    ...objects.map(({ object, place }) => `- ${object}: in or on ${place}`),
    'Places that matter:',
    ...places.map((place) => `- ${place}`),
    `Shortest way from the beginning (${optimalActions.length} actions):`,
    ...optimalActions.map((action, index) => `${index + 1}. ${action}`),
  ].join('\n')
  const secrets = new Set<string>(places)
  for (const { object, place } of objects) {
    secrets.add(object)
    secrets.add(place)
    secrets.add(`${object} @ ${place}`)
  }
  for (const action of optimalActions) secrets.add(action)
  return { text, data: { ...extracted, optimalActions }, secrets: [...secrets] }
}
