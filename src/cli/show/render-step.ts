import type { Correction } from '../../contracts/correction.ts'
import type { Step } from '../../contracts/trajectory.ts'
import { sanitize } from '../text/sanitize.ts'
import type { Style } from '../text/style.ts'
import { twoColumns } from '../text/two-columns.ts'
import { wrap } from '../text/wrap.ts'
import { describeChecks } from './describe-checks.ts'

/** From this width on, the teacher stands beside the student; below it, under the student. */
export const besideFrom = 100

export interface RenderOptions {
  /** Width of the terminal. */
  columns: number
  style: Style
  /** Show the privileged state of every step too. */
  privileged?: boolean
}

/** One step as lines: what was seen, what the student answered, what the teacher made of it. Text of models and games is made safe to print. */
export function renderStep(
  step: Step,
  index: number,
  correction: Correction | undefined,
  options: RenderOptions,
): string[] {
  const { columns, style } = options
  const title = `── step ${index + 1} `
  const beside = correction !== undefined && columns >= besideFrom
  const width = beside ? Math.floor((columns - 5) / 2) : columns - 4
  const student = studentLines(step, width, style)
  const teacher = correction === undefined ? [] : teacherLines(step, correction, width, style)
  // Part by part, so that action stands beside action however long the reasons are.
  const sideBySide = () => student.flatMap((part, index) => twoColumns(part, teacher[index] ?? [], width + 1))
  return [
    style.dim(title + '─'.repeat(Math.max(0, columns - title.length))),
    ...wrap(sanitize(step.observation), columns),
    ...privilegedLines(step, options),
    '',
    ...(beside ? sideBySide() : [...student, ...teacher].flat().map((line) => `  ${line}`)),
    '',
  ]
}

/** Heading, reason, action and remarks of one side. */
type Parts = [heading: string[], reason: string[], action: string[], remarks: string[]]

function studentLines(step: Step, width: number, style: Style): Parts {
  const who = step.byTeacher ? 'teacher acting (roll-in mixture)' : 'student'
  const remarks = [
    ...(step.admissible ? [] : [style.bad('not among the possible actions')]),
    ...(step.score > 0 ? [style.good(`score ${step.score}`)] : []),
  ]
  return [
    [style.heading(who)],
    field('reason', step.reason, width),
    field('action', step.action, width, style.accent),
    remarks,
  ]
}

function teacherLines(step: Step, correction: Correction, width: number, style: Style): Parts {
  const kind = correction.kind === undefined ? '' : `, ${sanitize(correction.kind)}`
  const remarks = describeChecks(correction).flatMap((remark) => wrap(sanitize(remark), width))
  const paint = correction.dropped === undefined ? style.dim : style.warning
  if (!correction.isCorrected) return [[style.heading(`teacher: agrees${kind}`)], [], [], remarks.map(paint)]
  const sameAction = correction.action === step.action
  return [
    [style.heading(`teacher: ${sameAction ? 'same action, other reason' : 'corrects'}${kind}`)],
    field('reason', correction.reason, width),
    field('action', correction.action, width, sameAction ? style.accent : style.good),
    remarks.map(paint),
  ]
}

function privilegedLines({ privileged }: Step, { columns, style, privileged: wanted }: RenderOptions): string[] {
  if (!wanted) return []
  if (privileged === undefined) return [style.dim('  (no privileged state was recorded)')]
  return ['', ...wrap(sanitize(privileged.text), columns - 4).map((line) => style.warning(`  ! ${line}`))]
}

function field(name: string, text: string, width: number, paint = (line: string) => line): string[] {
  const label = `${name}: `
  const content = sanitize(text) === '' ? '(empty)' : sanitize(text)
  return wrap(content, width - label.length).map(
    (line, index) => (index === 0 ? label : ' '.repeat(label.length)) + paint(line),
  )
}
