import type { Teacher } from '../../contracts/teacher.ts'
import type { LlmTeacherOptions, LlmTeacherSettings } from './settings.ts'
import { createStepTeacher } from './step-teacher.ts'
import { createTrajectoryTeacher } from './trajectory-teacher.ts'

/** A language model as teacher (paper section 3.2 and appendix E). Level 1 shows no hidden state, whatever `privileged` says. */
export function createLlmTeacher(options: LlmTeacherOptions): Teacher {
  const settings: LlmTeacherSettings = {
    temperature: 0.3,
    contextTokens: 32_000,
    stepTokens: 256,
    ...options,
    privileged: options.privileged && options.level > 1,
  }
  return settings.mode === 'step' ? createStepTeacher(settings) : createTrajectoryTeacher(settings)
}
