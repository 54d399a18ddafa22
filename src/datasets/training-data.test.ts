import { describe, expect, it } from 'vitest'
import { type DatasetExample, dpoExampleSchema, ktoExampleSchema } from '../contracts/example.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { correctionExamples } from './correction-examples.ts'
import { privilegeHeading } from './privileged-prompt.ts'
import { compactRenderer } from './step-example.ts'
import { trainingData } from './training-data.ts'

const step = (observation: string, action: string, more: object = {}) => ({
  observation,
  candidates: ['look', 'go to box 1', 'go to box 2'],
  reason: 'So.',
  action,
  score: 0,
  admissible: true,
  privileged: { text: `The key is in box 2 (seen at ${observation})`, data: {}, secrets: ['key @ box 2'] },
  ...more,
})
const trajectory: Trajectory = {
  id: 'rollout-1/t#0',
  task: { id: 't', environment: 'toy', split: 'train', category: 'near' },
  policy: 'pi_0',
  instruction: 'find the key',
  steps: [step('A room.', 'look'), step('Nothing new.', 'go to box 1'), step('Here.', 'look', { byTeacher: true })],
  finalObservation: 'Nothing.',
  score: 0,
  outcome: 'failure',
}
const corrections = [
  { trajectoryId: trajectory.id, step: 0, reason: 'So.', action: 'look', isCorrected: false },
  { trajectoryId: trajectory.id, step: 1, reason: 'Box 2 is near.', action: 'go to box 2', isCorrected: true },
  { trajectoryId: trajectory.id, step: 2, reason: 'Box 1 then.', action: 'go to box 1', isCorrected: true },
]
const rows = (withPrivilege = false) =>
  correctionExamples({
    trajectories: [trajectory],
    corrections,
    iteration: 1,
    renderer: compactRenderer,
    withPrivilege,
  })
const demonstrations: DatasetExample[] = Array.from({ length: 7 }, (_, index) => ({
  trajectoryId: `demonstrations/${index}#0`,
  step: 0,
  source: 'demonstration',
  iteration: 0,
  prompt: [{ role: 'user', content: 'room\nREASON:' }],
  completion: ` So. ACTION: look ${index}\n`,
}))
const make = (rule: 'sft' | 'dpo' | 'kto' | 'distill', mixture: 'union' | 'equal' = 'union', privileged = false) =>
  trainingData([demonstrations, rows(privileged)], { rule, mixture, seed: 1 })

describe('what an update rule is trained on', () => {
  it('sft: the union of all datasets', () => {
    expect(make('sft').examples).toHaveLength(10)
  })

  it('sft, equal mixture: as many rows of each dataset as the smallest has, the same for the same seed', () => {
    const mixed = make('sft', 'equal').examples
    expect(mixed.filter(({ iteration }) => iteration === 0)).toHaveLength(3)
    expect(mixed.filter(({ iteration }) => iteration === 1)).toHaveLength(3)
    expect(make('sft', 'equal').examples).toEqual(mixed)
    const empty = trainingData([demonstrations, []], { rule: 'sft', mixture: 'equal', seed: 1 })
    expect(empty.examples).toHaveLength(7)
  })

  it('dpo: the correction against what the student said, of this iteration, where the two differ and the student acted', () => {
    const { examples } = make('dpo')
    expect(examples).toEqual([
      expect.objectContaining({
        step: 1,
        chosen: ' Box 2 is near. ACTION: go to box 2\n',
        rejected: ' So. ACTION: go to box 1\n',
      }),
    ])
    expect(dpoExampleSchema.parse(examples[0])).toEqual(examples[0])
  })

  it('kto: corrections are desirable, what they replaced is not', () => {
    const { examples } = make('kto')
    expect(examples.map((row) => 'label' in row && [row.step, row.label, row.completion])).toEqual([
      [0, true, ' So. ACTION: look\n'],
      [1, true, ' Box 2 is near. ACTION: go to box 2\n'],
      [1, false, ' So. ACTION: go to box 1\n'],
      [2, true, ' Box 1 then. ACTION: go to box 1\n'],
    ])
    expect(ktoExampleSchema.parse(examples[2])).toEqual(examples[2])
  })

  it("distill: the student's own words; the hidden state is in the teacher's prompt alone", () => {
    const { examples } = make('distill', 'union', true)
    expect(examples).toHaveLength(2)
    for (const row of examples) {
      if (!('privilegedPrompt' in row)) throw new Error('no privileged prompt')
      expect(row.privilegedPrompt![0]!.content).toContain(privilegeHeading)
      expect(row.privilegedPrompt![0]!.content).toContain('The key is in box 2')
      expect(row.prompt[0]!.content).not.toContain('The key is in box 2')
      expect('completion' in row && row.completion).toMatch(/^ So\. ACTION: /)
    }
    expect(() => make('distill')).toThrow(/found none/)
    const bare = { ...trajectory, steps: trajectory.steps.map(({ privileged: _, ...rest }) => rest) }
    const of = () =>
      correctionExamples({
        trajectories: [bare],
        corrections,
        iteration: 1,
        renderer: compactRenderer,
        withPrivilege: true,
      })
    expect(of).toThrow(/expected the hidden state at rollout-1\/t#0, step 0/)
  })
})
