import type { ModelReference } from '../training/model-reference.ts'
import type { Config } from './config.ts'

/**
 * The student to start from where its weights are not fetched by Leap: a name on the Hugging Face hub (`hub:owner/name`, `hub:owner/name@revision`), which
 * Python and the server of models look up themselves.
 */
export function remoteBase({ student: { checkpoint }, training: { trainer } }: Config): ModelReference | undefined {
  const [, model, revision] = /^hub:([\w.-]+\/[\w.-]+)(?:@([\w./-]+))?$/.exec(checkpoint ?? '') ?? []
  if (model === undefined || trainer !== 'trl') return undefined
  return { kind: 'hub', model, ...(revision === undefined ? {} : { revision }) }
}
