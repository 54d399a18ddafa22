import { LeapError } from '../contracts/error.ts'
import type { DatasetExample } from '../contracts/example.ts'
import { demonstrationExamples } from '../datasets/demonstration-examples.ts'
import { privilegedPrompt } from '../datasets/privileged-prompt.ts'
import type { RunSteps } from './create-steps.ts'
import { cloningSettings } from './trainer-settings.ts'
import { teacherSettings, type Workshop } from './workshop.ts'

/** Name of the policy that distillation learns from; it plays nothing itself. */
const name = 'teacher'

/**
 * Trains the model that `distill` with `teacher: cloned` learns from, as the policy `teacher`: the base, cloned from the domain's teacher acting by
 * itself on the demonstration tasks, with the hidden state in every prompt. A base that has never seen privilege could not use it.
 * Throws a LeapError `TEACHER_CANNOT_ACT`.
 */
export async function trainPrivilegedTeacher(
  { config, domain, tasks, renderer }: Workshop,
  steps: Pick<RunSteps, 'play' | 'train'>,
): Promise<string> {
  if (!domain.teacherPolicy)
    throw new LeapError({
      code: 'TEACHER_CANNOT_ACT',
      message: `training.iteration.distill.teacher: the teacher of the domain ${domain.environment.name} cannot act itself, so no model can be cloned from it`,
      remedy: 'Set it to `previous` or to a checkpoint folder, or give the domain a `teacherPolicy` function.',
    })
  const file = await steps.play('privileged-demonstrations', {
    policy: domain.teacherPolicy(teacherSettings(config)),
    tasks: tasks.demonstrations,
    inputs: { ...teacherSettings(config) },
    recordPrivilege: true,
  })
  const rows: DatasetExample[] = []
  for await (const trajectory of file) {
    if (trajectory.outcome !== 'success') continue
    for (const row of demonstrationExamples([trajectory], renderer, domain.kindOf))
      rows.push({ ...row, prompt: privilegedPrompt(trajectory, row.step, renderer) })
  }
  await steps.train(name, { from: 'base', data: rows, settings: cloningSettings(config) })
  return name
}
