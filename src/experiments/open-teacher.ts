import type { Domain } from '../contracts/domain.ts'
import type { Teacher } from '../contracts/teacher.ts'
import type { PhaseInputs } from '../runs/phase-book.ts'
import { createIdentityTeacher } from '../teachers/identity.ts'
import { createLlmTeacher } from '../teachers/llm/llm-teacher.ts'
import { teacherSettings, type Workshop } from './workshop.ts'

export interface OpenedTeacher {
  teacher: Teacher
  /** What determines its answers. */
  inputs: PhaseInputs
  close(): Promise<void>
}

const nothingToClose = async () => {}

/**
 * The teacher of the configuration, for the corrections of an iteration: the domain's scripted one, a model by name, or the policy that is corrected, with
 * privilege (self-improvement, paper section 4.6).
 */
export async function openTeacher(shop: Workshop, iteration: number): Promise<OpenedTeacher> {
  const { config, domain } = shop
  const { name, privilege } = config.teacher
  // Distillation scores the student's own words, so there is nothing to rewrite.
  if (config.training.iteration.rule === 'distill')
    return { teacher: createIdentityTeacher(domain.kindOf), inputs: {}, close: nothingToClose }
  const settings = teacherSettings(config)
  const shown = privilege === 'own' ? {} : { privilege }
  if (name === 'planner')
    return {
      teacher: domain.teacher(settings),
      inputs: { teacherSettings: { ...settings, ...shown } },
      close: nothingToClose,
    }
  return openLlmTeacher(shop, iteration)
}

async function openLlmTeacher(
  { config, domain, desk, policies, prompts }: Workshop,
  iteration: number,
): Promise<OpenedTeacher> {
  const { model: spec = 'student', level, privilege, temperature, contextTokens, state } = config.teacher
  const mode = config.teacher.mode ?? (spec === 'student' ? 'step' : 'trajectory')
  const own = spec === 'student' ? await policies.openModel(`pi_${iteration - 1}`) : undefined
  const model = own?.model ?? (await desk.model(spec, `corrections-${iteration}`))
  const teacher = createLlmTeacher({
    model,
    prompts,
    level,
    mode,
    privileged: privilege !== 'none',
    temperature,
    contextTokens,
  })
  const template = prompts.get(mode === 'step' ? 'correct-step' : 'corrections')
  return {
    teacher: withKinds(teacher, domain.kindOf),
    inputs: {
      model: own ? own.hash : spec,
      prompt: template.hash,
      privilege,
      state,
      sampling: { temperature, contextTokens },
    },
    close: async () => void (await own?.close()),
  }
}

/** Names the kind of decision that each correction is, as a scripted teacher does: for balancing and for reports. */
function withKinds(teacher: Teacher, kindOf: Domain['kindOf']): Teacher {
  if (!kindOf) return teacher
  return {
    ...teacher,
    async correct(trajectory, options) {
      const { steps } = trajectory
      return (await teacher.correct(trajectory, options)).map((correction) => {
        const { step, action, dropped } = correction
        if (dropped !== undefined) return correction
        const decided = { ...trajectory, steps: steps.with(step, { ...steps[step]!, action }) }
        return { ...correction, kind: kindOf(decided, step) }
      })
    },
  }
}
