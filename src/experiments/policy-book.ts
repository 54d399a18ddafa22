import type { ChatModel, GenerateRequest } from '../contracts/model.ts'
import type { Policy } from '../contracts/policy.ts'
import type { Renderer } from '../contracts/renderer.ts'
import { createStudentPolicy } from '../policies/student.ts'
import { hashWeights } from './hash-weights.ts'

/** A student that can play, and how to let go of its model. */
export interface OpenedPolicy {
  policy: Policy
  /** Changes when the weights do. */
  hash: string
  close(): Promise<void>
}

/** The bare model of a student. */
export interface OpenedModel {
  model: ChatModel
  /** Changes when the weights do. */
  hash: string
  close(): Promise<void>
}

/** Opens students by name. A model is loaded when it first has to speak, so that a finished phase costs nothing on a resume. */
export interface PolicyBook {
  /** Checkpoint folder of a policy, whether or not it is there yet. */
  folder(name: string): string
  /** Throws a LeapError `WEIGHTS_MISSING` if its checkpoint is not there. */
  open(name: string, sampling: { temperature: number; constrained: boolean }): Promise<OpenedPolicy>
  /** The model of a policy by itself: a student that teaches itself, or tells how surprising a correction is. Throws as `open`. */
  openModel(name: string): Promise<OpenedModel>
}

/** A book over checkpoint folders. */
export function createPolicyBook(options: {
  /** Checkpoint folder of a policy; `base` is the untrained student. */
  folder: (name: string) => string
  openModel: (folder: string) => Promise<ChatModel>
  /** How the students' prompts and answers are written; see {@link createStudentPolicy}. */
  renderer?: Renderer | undefined
}): PolicyBook {
  return {
    folder: options.folder,
    async openModel(name) {
      const folder = options.folder(name)
      const hash = await hashWeights(folder)
      const model = await options.openModel(folder)
      return { model, hash, close: async () => void (await model.close?.()) }
    },
    async open(name, { temperature, constrained }) {
      const folder = options.folder(name)
      let model: Promise<ChatModel> | undefined
      const load = () => (model ??= options.openModel(folder))
      const lazy: ChatModel = {
        id: `local:${name}`,
        generate: async (request: GenerateRequest) => (await load()).generate(request),
        // A model that cannot be opened fails whoever asks it to speak; it has nothing to forget.
        forget: (session) => void model?.then((loaded) => loaded.forget?.(session)).catch(() => {}),
      }
      return {
        policy: createStudentPolicy({
          name,
          model: lazy,
          temperature,
          constrained,
          ...(options.renderer ? { renderer: options.renderer } : {}),
        }),
        hash: await hashWeights(folder),
        close: async () => void (await (await model)?.close?.()),
      }
    },
  }
}
