import type { ChatModel } from '../../contracts/model.ts'

/** The model with another way to generate (and to score); what it cannot do stays absent. */
export function wrapModel(
  model: ChatModel,
  instead: Pick<ChatModel, 'generate'> & Partial<Pick<ChatModel, 'score'>>,
): ChatModel {
  const score = model.score && (instead.score ?? ((request) => model.score!(request)))
  return {
    id: model.id,
    generate: instead.generate,
    ...(score ? { score } : {}),
    ...(model.forget ? { forget: (session) => model.forget!(session) } : {}),
    ...(model.close ? { close: () => model.close!() } : {}),
  }
}
