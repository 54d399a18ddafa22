import { beforeAll, describe, expect, it } from 'vitest'
import { sftExampleSchema } from '../contracts/example.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import type { PlacementPrior } from '../environments/alfworld/agent/placement-prior.ts'
import { hashText } from '../support/hash.ts'
import { createPlannerTeacher } from '../teachers/planner.ts'
import { correctionExamples } from './correction-examples.ts'
import { demonstrationExamples } from './demonstration-examples.ts'
import { compactRenderer, stepExample } from './step-example.ts'
import { rollOutStudent } from './testing/student-rollout.ts'

let trajectories: Trajectory[]
let prior: PlacementPrior
beforeAll(async () => {
  ;({ trajectories, prior } = await rollOutStudent({ games: 4, maxSteps: 8 }))
})

const promptOf = ({ prompt }: { prompt: { content: string }[] }) => prompt.map(({ content }) => content)

describe('a training row has the very prompt that the student was given', () => {
  it('as the hashes of roll-outs and rows prove, for corrections', async () => {
    const teacher = createPlannerTeacher({ level: 3, lambda: 1, prior })
    const corrections = (await Promise.all(trajectories.map((one) => teacher.correct(one, { seed: 1 })))).flat()
    const rows = correctionExamples({ trajectories, corrections, iteration: 1, renderer: compactRenderer })
    const steps = trajectories.flatMap((trajectory) => trajectory.steps)
    expect(rows).toHaveLength(steps.length)
    expect(rows.map((row) => hashText(promptOf(row)))).toEqual(steps.map(({ promptHash }) => promptHash))
    expect(new Set(steps.map(({ promptHash }) => promptHash)).size).toBeGreaterThan(20)
  })

  it('or it is refused', async () => {
    const teacher = createPlannerTeacher({ level: 3, lambda: 1, prior })
    const corrections = await teacher.correct(trajectories[0]!, { seed: 1 })
    const renderer = { ...compactRenderer, prompt: () => 'another prompt' }
    const rows = () => correctionExamples({ trajectories, corrections, iteration: 1, renderer })
    expect(rows).toThrow(
      /step 0: expected the prompt of the roll-out \([0-9a-f]{16}\), found that training would use another/,
    )
  })

  it('and for demonstrations', () => {
    const rows = demonstrationExamples(trajectories, compactRenderer)
    const hashes = trajectories.flatMap(({ steps }) => steps.map(({ promptHash }) => promptHash))
    expect(rows.map((row) => hashText(promptOf(row)))).toEqual(hashes)
  })
})

describe('stepExample', () => {
  const origin = { source: 'correction', iteration: 2, kind: 'search' } as const

  it('puts the corrected answer behind the ORIGINAL history, as LEAP’s released code does', () => {
    const trajectory = trajectories[0]!
    const answer = { reason: 'I have not looked at bed 9.', action: 'go to bed 9' }
    const row = stepExample(trajectory, 3, answer, origin, compactRenderer)
    expect(sftExampleSchema.parse(row)).toEqual(row)
    expect(row).toMatchObject({ trajectoryId: trajectory.id, step: 3, ...origin })
    expect(row.completion).toBe(' I have not looked at bed 9. ACTION: go to bed 9\n')
    const [prompt] = promptOf(row)
    const played = trajectory.steps.slice(0, 3).map(({ action }) => `> ${action}`)
    expect(prompt!.match(/^> .*$/gm)).toEqual(played)
    expect(prompt).not.toContain('bed 9')
    expect(prompt).not.toContain('thought')
  })

  it('renders with the renderer it is given, candidates only where the step has them', () => {
    const { candidates: _, ...bare } = trajectories[0]!.steps[0]!
    const trajectory = { ...trajectories[0]!, steps: [bare] }
    const renderer = { prompt: (input: object) => Object.keys(input).sort().join(), completion: () => 'done' }
    expect(stepExample(trajectory, 0, bare, origin, renderer)).toMatchObject({
      prompt: [{ role: 'user', content: 'history,instruction,observation' }],
      completion: 'done',
    })
    expect(promptOf(stepExample(trajectories[0]!, 0, bare, origin, renderer))).toEqual([
      'candidates,history,instruction,observation',
    ])
  })
})

describe('demonstrationExamples', () => {
  it('makes a row of every step, with its kind where the domain tells', () => {
    const kind = (trajectory: Trajectory, step: number) => `${trajectory.task.split} ${step}`
    const rows = demonstrationExamples(trajectories, compactRenderer, kind)
    const steps = trajectories.flatMap((trajectory) => trajectory.steps.map((step, index) => ({ step, index })))
    expect(rows.map(({ completion, kind: found }) => ({ completion, found }))).toEqual(
      steps.map(({ step, index }) => ({
        completion: ` ${step.reason} ACTION: ${step.action}\n`,
        found: `train ${index}`,
      })),
    )
    for (const row of rows) expect(row).toMatchObject({ source: 'demonstration', iteration: 0 })
    expect(demonstrationExamples(trajectories, compactRenderer)[0]).not.toHaveProperty('kind')
  })
})

describe('correctionExamples', () => {
  const correction = (step: number, more = {}) => ({
    trajectoryId: trajectories[0]!.id,
    step,
    reason: 'So.',
    action: 'look',
    isCorrected: true,
    ...more,
  })
  const rowsOf = (...corrections: ReturnType<typeof correction>[]) =>
    correctionExamples({ trajectories, corrections, iteration: 3, renderer: compactRenderer })

  it('leaves out what was dropped, for whatever cause', () => {
    const rows = rowsOf(correction(0, { kind: 'take' }), correction(1, { dropped: 'leak' }), correction(2))
    expect(rows.map(({ step, kind, source, iteration }) => ({ step, kind, source, iteration }))).toEqual([
      { step: 0, kind: 'take', source: 'correction', iteration: 3 },
      { step: 2, kind: undefined, source: 'correction', iteration: 3 },
    ])
  })

  it('refuses corrections of other trajectories or steps', () => {
    for (const stray of [correction(0, { trajectoryId: 'rollout-9/x#0' }), correction(99)])
      expect(() => rowsOf(stray)).toThrow(expect.objectContaining({ code: 'TRAJECTORY_MISSING' }))
    expect(() => rowsOf(correction(99))).toThrow(/step 99 of trajectory rollout-1\/train/)
    expect(rowsOf(correction(99, { dropped: 'unknown-step' }))).toEqual([])
  })
})
