import { LeapError } from '../contracts/error.ts'
import type { Message } from '../contracts/model.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { type Renderer, stepExample } from './step-example.ts'

/**
 * The student's prompt of a step with the hidden state behind the task: what a teacher reads that is a model of the student's kind (SDFT and
 * its relatives condition a model on privilege in the same way). Behind the task, because renderers may leave observations out.
 * Throws a LeapError `PRIVILEGE_MISSING` if the step recorded none, or the renderer does not show it.
 */
export function privilegedPrompt(trajectory: Trajectory, step: number, renderer: Renderer): Message[] {
  const here = trajectory.steps[step]!
  const missing = (found: string) =>
    new LeapError({
      code: 'PRIVILEGE_MISSING',
      message: `expected the hidden state at ${trajectory.id}, step ${step}, found ${found}`,
      remedy:
        'Record privileged states during the training roll-outs (recordPrivilege), and use a renderer that shows the task.',
    })
  if (!here.privileged) throw missing('none')
  const { text } = here.privileged
  const informed = { ...trajectory, instruction: `${trajectory.instruction}\n${privilegeHeading}\n${text}` }
  const { prompt } = stepExample(informed, step, here, { source: 'correction', iteration: 0 }, renderer)
  if (!prompt.some(({ content }) => content.includes(text))) throw missing('a prompt without it')
  return prompt
}

/** The line that sets hidden state apart from what the student sees too. */
export const privilegeHeading = '(hidden from the student)'
