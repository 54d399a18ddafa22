import { z } from 'zod'
import type { Correction } from '../../contracts/correction.ts'
import type { Step } from '../../contracts/trajectory.ts'
import { importError } from './import-error.ts'
import { type ImportFormat, importedId } from './imported.ts'
import { splitTask } from './observed-text.ts'

const text = z.string()
const stepSchema = z
  .looseObject({
    observation: text.optional(),
    original_observation: text.optional(),
    candidate_actions: z.array(text).nullish(),
    reason: text.nullish(),
    original_reason: text.nullish(),
    action: text.optional(),
    original_action: text.optional(),
    corrected_reason: text.optional(),
    corrected_action: text.optional(),
    is_corrected: z.boolean().optional(),
    score: z.number().nullish(),
    reward: z.number().nullish(),
  })
  .refine((step) => step.observation !== undefined || step.original_observation !== undefined, 'needs an observation')
  .refine((step) => step.action !== undefined || step.original_action !== undefined, 'needs an action')
const recordSchema = z.looseObject({
  gamefile: text.optional(),
  id: z.union([text, z.number()]).optional(),
  idx: z.union([text, z.number()]).optional(),
  task: text.nullish(),
  trajectory: z.array(stepSchema).min(1),
})
type LoggedStep = z.infer<typeof stepSchema>

/**
 * The logs of LEAP's released code: one JSON file an episode, `{gamefile, task, trajectory}`, as it writes them when it collects demonstrations, labels reasons,
 * rolls out, and corrects (steps then have `original_...` and `corrected_...` fields). Demonstrations have no scores and were won.
 */
export const leapLogs: ImportFormat = {
  summary:
    "LEAP's released code: {gamefile, task, trajectory: [{observation, candidate_actions, reason, action, ...}]}",
  recognises: (record) => typeof record === 'object' && record !== null && 'trajectory' in record,
  read(record, { place, environment }) {
    const parsed = recordSchema.safeParse(record)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      throw importError(place, "a log of LEAP's code", `${issue!.path.join('.') || 'record'}: ${issue!.message}`)
    }
    const { gamefile, idx, id = gamefile ?? idx ?? place, task, trajectory: logged } = parsed.data
    const name = String(id)
    const game = environment ?? (gamefile === undefined ? 'imported' : 'alfworld')
    const first = splitTask(observationOf(logged[0]!))
    const instruction = task ? splitTask(task).instruction : first.instruction
    const steps = logged.map((step, index) => toStep(step, index === 0 ? first.observation : observationOf(step)))
    const isCorrected = logged.some(({ corrected_action: action }) => action !== undefined)
    const isScored = logged.some((step) => scoreOf(step) !== undefined)
    const score = isScored ? (scoreOf(logged.at(-1)!) ?? 0) : isCorrected ? 0 : 1
    steps.at(-1)!.score = score
    const trajectoryId = importedId(name)
    return {
      trajectory: {
        id: trajectoryId,
        task: { id: name, environment: game, split: 'train', category: categoryOf(gamefile) ?? game },
        policy: 'imported',
        instruction,
        steps,
        finalObservation: '',
        score,
        outcome: score >= 1 ? 'success' : 'failure',
      },
      corrections: logged.flatMap((step, index) => toCorrection(step, trajectoryId, index)),
    }
  },
}

const observationOf = (step: LoggedStep) => (step.original_observation ?? step.observation)!.trim()
const actionOf = (step: LoggedStep) => step.original_action ?? step.action!
const scoreOf = ({ score, reward }: LoggedStep) => score ?? reward ?? undefined

function toStep(step: LoggedStep, observation: string): Step {
  const candidates = step.candidate_actions?.length ? [...step.candidate_actions].sort() : undefined
  return {
    observation,
    ...(candidates ? { candidates } : {}),
    reason: step.original_reason ?? step.reason ?? '',
    action: actionOf(step),
    score: scoreOf(step) ?? 0,
    admissible: candidates === undefined || candidates.includes(actionOf(step)),
  }
}

/** A step is corrected unless it says that it is not; an action that was not possible is kept out, which LEAP's code does for some domains only. */
function toCorrection(step: LoggedStep, trajectoryId: string, index: number): Correction[] {
  const { corrected_action: action, corrected_reason: reason = '', candidate_actions: candidates } = step
  if (action === undefined || step.is_corrected === false) return []
  const available = !candidates?.length || candidates.includes(action)
  const isCorrected = action !== actionOf(step) || reason !== (step.original_reason ?? step.reason ?? '')
  const correction = { trajectoryId, step: index, reason, action, isCorrected, checks: { available } }
  return [available ? correction : { ...correction, dropped: 'unavailable' }]
}

/** The task type that stands before the first object in the name of an ALFWorld game's folder. */
function categoryOf(gamefile: string | undefined): string | undefined {
  return gamefile === undefined ? undefined : /(?:^|\/)([a-z_]+)-[A-Z]/.exec(gamefile)?.[1]
}
