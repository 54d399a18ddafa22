import { LeapError } from '../contracts/error.ts'
import type { ChatModel } from '../contracts/model.ts'
import type { PolicyRequest } from '../contracts/policy.ts'
import type { PrivilegedState } from '../contracts/privileged-state.ts'
import type { Task } from '../contracts/task.ts'
import { createReactPolicy } from '../policies/react.ts'
import { deriveSeed } from '../support/random.ts'
import { checkTeacherPrompt } from './check-teacher-prompt.ts'
import type { Config } from './config.ts'
import { describeCost } from './describe-cost.ts'
import { estimateCalls } from './estimate-calls.ts'
import type { Workshop } from './workshop.ts'

/** The models of a configuration that are asked over a network, each once, by what they are for. */
export function modelsOf({ teacher, demonstrations, corrections: { checks } }: Config): Map<string, string> {
  const found = new Map<string, string>()
  const add = (spec: string | undefined, purpose: string) => {
    if (spec !== undefined && spec !== 'student' && !found.has(spec)) found.set(spec, purpose)
  }
  add(teacher.model, 'teacher')
  add(demonstrations.labeller, 'labeller')
  if (checks.judge !== 'off') add(checks.judgeModel, 'judge')
  return found
}

/**
 * Looks for what would waste a run before money is spent on it, as a phase of the run: the teacher's prompt for a real training task holds this task's hidden state
 * (or none of it, where it is to have none), every model answers one call, a prompted baseline's answer can be read, and the estimate is printed. Whether
 * the untrained student keeps to the form of an answer is said, too: what it lacks, cloning teaches.
 *
 * Throws a LeapError `PREFLIGHT_PRIVILEGE_MISSING`, `PREFLIGHT_PRIVILEGE_SHOWN`, `PREFLIGHT_MODEL_SILENT`, `PREFLIGHT_ANSWER_UNREADABLE`, or what opening and asking a model throws.
 */
export async function preflight(shop: Workshop): Promise<void> {
  const { run, config, domain, desk, prompts, progress, tasks, signal } = shop
  const models = modelsOf(config)
  if (models.size === 0 && config.baselines.length === 0 && config.teacher.name === 'planner') return
  const inputs = { models: [...models.keys()], baselines: config.baselines.map(({ react }) => react) }
  await run.phase('preflight', inputs, async () => {
    for (const [label, text] of describeCost(config, await estimateCalls({ config, domain, tasks, prompts, signal })))
      progress.print(`${label}: ${text}`)
    const shown = progress.phase('preflight')
    const scene = await setScene(shop)
    if (config.teacher.name === 'llm') await checkTeacherPrompt(shop, scene)
    for (const [spec, purpose] of models) {
      const model = await desk.model(spec, 'preflight')
      await answersAtAll(model, purpose, { messages: prompts.get('test-call').messages({}), signal })
    }
    for (const { react } of config.baselines) {
      const policy = createReactPolicy({ name: react, model: await desk.model(react, 'preflight'), prompts })
      const { action, reason } = await policy.act(scene.request)
      if (action === '') throw unreadable(react, reason)
    }
    const student = await studentKeepsForm(shop, scene.request)
    const answering = models.size + config.baselines.length
    shown.done(
      `${['no model is asked over a network', 'the model answers'][answering] ?? `${answering} models answer`}; the untrained student ${student ? 'keeps to' : 'does not keep to'} the form of an answer`,
    )
    return { models: answering, student }
  })
}

/** The first moment of a training task. */
export interface Scene {
  request: PolicyRequest
  privileged: PrivilegedState
}

async function setScene({ domain, tasks, config, signal }: Workshop): Promise<Scene> {
  const task: Task = tasks.rollouts[0]?.[0] ?? tasks.demonstrations[0]!
  const episode = await domain.environment.open(task)
  try {
    const { text, candidates } = await episode.reset()
    const request: PolicyRequest = {
      task,
      instruction: episode.instruction,
      history: [],
      observation: text,
      ...(candidates ? { candidates } : {}),
      session: 'preflight',
      seed: deriveSeed(config.seed, 'preflight'),
      signal,
    }
    return { request, privileged: await episode.privilegedState() }
  } finally {
    await episode.close()
  }
}

async function answersAtAll(
  model: ChatModel,
  purpose: string,
  { messages, signal }: { messages: Parameters<ChatModel['generate']>[0]['messages']; signal: AbortSignal },
): Promise<void> {
  const { text, finishReason } = await model.generate({ messages, temperature: 0, maxTokens: 64, seed: 0, signal })
  // A model that thinks first may have used its 64 tokens for that.
  if (text.trim() !== '' || finishReason === 'length') return
  throw new LeapError({
    code: 'PREFLIGHT_MODEL_SILENT',
    message: `${model.id} (${purpose}): expected an answer to a test call, found an empty one (${finishReason})`,
    remedy: 'Try the model by hand, or choose another one.',
  })
}

async function studentKeepsForm({ policies, config }: Workshop, request: PolicyRequest): Promise<boolean> {
  const { temperature, constrained } = config.evaluation
  const student = await policies.open('base', { temperature, constrained })
  try {
    const { action } = await student.policy.act(request)
    student.policy.forget?.(request.session)
    return action !== ''
  } finally {
    await student.close()
  }
}

function unreadable(model: string, text: string): LeapError {
  return new LeapError({
    code: 'PREFLIGHT_ANSWER_UNREADABLE',
    message: `baselines: expected an answer with a line "ACTION:" from ${model}, found ${JSON.stringify(text.slice(0, 200))}`,
    remedy:
      'Its row would show how badly it keeps to a form, not how well it plays. Choose another model, or a prompt of your own (prompts: <folder> with react.jinja).',
  })
}
