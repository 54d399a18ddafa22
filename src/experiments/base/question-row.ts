import type { SftExample } from '../../contracts/example.ts'
import type { PromptInput, Renderer } from '../../contracts/renderer.ts'

/**
 * The row of a question about one moment: asked where a request stands, answered as a student would answer, with an action only where one is asked for.
 *
 * @param place the document, the moment in it, and the kind of question
 */
export function questionRow<Kind extends string>(
  { prompt, completion }: Pick<Renderer, 'prompt' | 'completion'>,
  { id, step, kind }: { id: string; step: number; kind: Kind },
  input: PromptInput,
  { reason, action }: { reason: string; action?: string },
): SftExample {
  return {
    trajectoryId: id,
    step,
    source: 'demonstration',
    iteration: 0,
    kind,
    prompt: [{ role: 'user', content: prompt(input) }],
    completion: action === undefined ? ` ${reason}\n` : completion({ reason, action }, input),
  }
}
