import type { ModelReference } from '../training/model-reference.ts'
import type { Config } from './config.ts'

/**
 * The student to start from where its weights are not fetched by Leap: a name on the Hugging Face hub (`hub:owner/name`, `hub:owner/name@revision`), which
 * Python and the server of models look up themselves, or a model of the service that fine-tunes (`hosted:gpt-...`).
 */
export function remoteBase({ student: { checkpoint = '' }, training: { hosted } }: Config): ModelReference | undefined {
  const [, model, revision] = /^hub:([\w.-]+\/[\w.-]+)(?:@([\w./-]+))?$/.exec(checkpoint) ?? []
  if (model !== undefined) return { kind: 'hub', model, ...(revision === undefined ? {} : { revision }) }
  const [, named] = /^hosted:(.+)$/.exec(checkpoint) ?? []
  return named !== undefined && hosted ? { kind: 'hosted', model: named, baseUrl: hosted.baseUrl } : undefined
}
