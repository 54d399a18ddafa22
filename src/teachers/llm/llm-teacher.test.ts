import { describe, expect, it } from 'vitest'
import type { GenerateRequest } from '../../contracts/model.ts'
import { openPrompts } from '../../policies/prompts/open-prompts.ts'
import { scriptedModel } from '../../policies/testing/scripted-model.ts'
import { createLlmTeacher } from './llm-teacher.ts'
import { lostGame } from './testing/household.ts'

const prompts = openPrompts({ environment: 'alfworld' })
const options = { prompts, level: 3, privileged: true, mode: 'trajectory' } as const
const said = (request: GenerateRequest) => request.messages.map(({ content }) => content).join('\n')
const entry = (timestep: number, reason: string, action: string) => ({
  timestep,
  original_action: lostGame.steps[timestep]!.action,
  corrected_reason: reason,
  corrected_action: action,
})
const answer = (...entries: object[]) => JSON.stringify({ summary: 's', trajectory: entries })
const whole = [
  entry(0, 'I have not looked at cabinet 1.', 'go to cabinet 1'),
  entry(1, 'Cabinets hold mugs.', '"Go to cabinet 1."'),
  entry(2, 'The shelf is empty.', 'go to cabinet 1'),
]

describe('an LLM as teacher', () => {
  it('corrects a whole trajectory in one call that shows the hidden state of every turn', async () => {
    const model = scriptedModel(() => answer(...whole))
    const corrections = await createLlmTeacher({ ...options, model }).correct(lostGame, { seed: 1 })
    expect(corrections.map(({ step, action, isCorrected }) => [step, action, isCorrected])).toEqual([
      [0, 'go to cabinet 1', true],
      [1, 'go to cabinet 1', true],
      [2, 'go to cabinet 1', true],
    ])
    expect(model.requests).toHaveLength(1)
    const [request] = model.requests
    expect(request!.schema?.name).toBe('corrections')
    expect(said(request!)).toContain('open cabinet 1; take mug 1 from cabinet 1')
    expect(said(request!).match(/The mug 1 is in cabinet 1/g)).toHaveLength(2)
    expect(said(request!)).toContain('"privileged_state":"unchanged"'.replace(':', ': '))
  })

  it('prints what an observation says, and never runs it', async () => {
    const model = scriptedModel(() => answer(...whole))
    await createLlmTeacher({ ...options, model }).correct(lostGame, { seed: 1 })
    expect(said(model.requests[0]!)).toContain('{{ 7 * 6 }} {% if true %}yes{% endif %}')
  })

  it('is told at each level to use more of the state, and shown none at level 1 or without privilege', async () => {
    const texts = new Map<string, string>()
    for (const [name, more] of Object.entries({
      none: { privileged: false },
      1: { level: 1 },
      2: { level: 2 },
      3: {},
      4: { level: 4 },
      5: { level: 5 },
    } as const)) {
      const model = scriptedModel(() => answer(...whole))
      await createLlmTeacher({ ...options, ...more, model }).correct(lostGame, { seed: 1 })
      texts.set(name, said(model.requests[0]!))
    }
    expect(texts.get('none')).toBe(texts.get('1'))
    expect(texts.get('1')).not.toMatch(/privileged|mug 1 is in/)
    expect(new Set(texts.values()).size).toBe(5)
    for (const level of ['2', '3', '4', '5']) expect(texts.get(level)).toContain('The mug 1 is in cabinet 1.')
    expect(texts.get('2')).toContain('sparingly')
    expect(texts.get('3')).toContain('Never put into a reason')
    expect(texts.get('4')).toContain('now and then')
    expect(texts.get('5')).toContain('say in the reasons what it tells')
  })

  it('sends an answer back once with what is wrong with it, asking only for what is missing', async () => {
    const model = scriptedModel(({ messages }) =>
      messages.length === 2 ? answer(whole[0]!, { ...whole[1], corrected_action: '' }) : answer(whole[1]!, whole[2]!),
    )
    const corrections = await createLlmTeacher({ ...options, model }).correct(lostGame, { seed: 1 })
    expect(corrections.map(({ step, dropped }) => [step, dropped])).toEqual([
      [0, undefined],
      [1, undefined],
      [2, undefined],
    ])
    const repair = model.requests[1]!.messages.at(-1)!
    expect(repair.role).toBe('user')
    expect(repair.content).toContain('timestep 1: corrected_action is missing or empty')
    expect(repair.content).toContain('exactly the entries with timestep 1, 2')
  })

  it('drops only the steps that stay wrong, and says why', async () => {
    const model = scriptedModel(({ messages }) => (messages.length === 2 ? answer(whole[0]!) : 'Sorry.'))
    const corrections = await createLlmTeacher({ ...options, model }).correct(lostGame, { seed: 1 })
    expect(model.requests).toHaveLength(2)
    expect(corrections.map(({ step, dropped }) => [step, dropped])).toEqual([
      [0, undefined],
      [1, 'malformed'],
      [2, 'malformed'],
    ])
    expect(corrections[1]!.reason).toContain('holds no JSON object')
  })

  it('takes a refusal for an answer', async () => {
    const model = scriptedModel(() => 'I would rather not.')
    const generate = model.generate
    model.generate = async (request) => ({ ...(await generate(request)), finishReason: 'refusal' })
    const corrections = await createLlmTeacher({ ...options, model }).correct(lostGame, { seed: 1 })
    expect(model.requests).toHaveLength(1)
    expect(corrections.map(({ dropped }) => dropped)).toEqual(['refused', 'refused', 'refused'])
  })

  it('corrects in pieces what is longer than the context, with what came before', async () => {
    const steps = Array.from({ length: 12 }, (_, i) => ({
      ...lostGame.steps[1]!,
      observation: `Room ${i}. ${'x'.repeat(900)}`,
    }))
    const model = scriptedModel((request) => {
      const asked = /from timestep (\d+) to (\d+)/.exec(said(request))!
      const list = []
      for (let i = Number(asked[1]); i <= Number(asked[2]); i++)
        list.push({ timestep: i, corrected_reason: `r${i}`, corrected_action: 'look' })
      return answer(...list)
    })
    const teacher = createLlmTeacher({ ...options, model, contextTokens: 6000 })
    const corrections = await teacher.correct({ ...lostGame, steps }, { seed: 1 })
    expect(corrections.map(({ reason }) => reason)).toEqual(steps.map((_, i) => `r${i}`))
    expect(model.requests.length).toBeGreaterThan(1)
    const last = said(model.requests.at(-1)!)
    expect(last).toContain('Earlier turns')
    expect(last).toContain('Room 1')
    for (const request of model.requests) expect(said(request).length / 3 + request.maxTokens).toBeLessThan(6000)
  })

  it('rewrites what a check objected to, with the finding shown', async () => {
    const model = scriptedModel(() => answer(entry(1, 'Mugs are often in cabinets.', 'go to cabinet 1')))
    const teacher = createLlmTeacher({ ...options, model })
    const correction = {
      trajectoryId: lostGame.id,
      step: 1,
      reason: 'The mug 1 is in cabinet 1.',
      action: 'go to cabinet 1',
      isCorrected: true,
    }
    const rewritten = await teacher.rewrite!(lostGame, [{ correction, finding: 'it tells "mug 1 @ cabinet 1"' }], {
      seed: 1,
    })
    expect(rewritten).toEqual([{ ...correction, reason: 'Mugs are often in cabinets.' }])
    const text = model.requests[0]!.messages.at(-1)!.content
    expect(text).toContain('it tells "mug 1 @ cabinet 1"')
    expect(text).toContain('exactly the entries with timestep 1.')
  })

  it('will not work without the hidden state that it is to use', async () => {
    const model = scriptedModel(() => '')
    const bare = { ...lostGame, steps: lostGame.steps.map(({ privileged: _, ...step }) => step) }
    for (const mode of ['trajectory', 'step'] as const) {
      const correct = createLlmTeacher({ ...options, mode, model }).correct(bare, { seed: 1 })
      await expect(correct).rejects.toMatchObject({ code: 'PRIVILEGE_MISSING' })
    }
    expect(model.requests).toHaveLength(0)
    await createLlmTeacher({ ...options, privileged: false, model }).correct(bare, { seed: 1 })
  })
})

describe('an LLM as teacher, step by step', () => {
  it('sees at each step the past, the hidden state and nothing later', async () => {
    const model = scriptedModel(() => 'REASON:\nMugs are often\nin cabinets.\nACTION:\nGo to cabinet 1')
    const teacher = createLlmTeacher({ ...options, mode: 'step', model })
    const corrections = await teacher.correct(lostGame, { seed: 1 })
    expect(corrections).toEqual(
      [0, 1, 2].map((step) => ({
        trajectoryId: lostGame.id,
        step,
        reason: 'Mugs are often in cabinets.',
        action: 'go to cabinet 1',
        isCorrected: true,
      })),
    )
    expect(model.requests).toHaveLength(3)
    expect(said(model.requests[0]!)).toContain('take mug 1 from cabinet 1')
    expect(said(model.requests[0]!)).not.toContain('On the shelf 1')
    expect(said(model.requests[2]!)).toContain('On the shelf 1')
    expect(new Set(model.requests.map(({ seed }) => seed)).size).toBe(3)
  })

  it('counts no correction where the action stays, asks again once for a form, and drops what stays wrong', async () => {
    const answers = ['REASON: fine\nACTION: look', 'go to cabinet 1', 'REASON: r\nACTION: go to cabinet 1', 'no', 'no']
    const model = scriptedModel(() => answers.shift()!)
    const corrections = await createLlmTeacher({ ...options, mode: 'step', model }).correct(lostGame, { seed: 1 })
    expect(corrections.map(({ step, action, dropped }) => [step, action, dropped])).toEqual([
      [1, 'go to cabinet 1', undefined],
      [2, '', 'malformed'],
    ])
    expect(model.requests[2]!.messages.at(-1)!.content).toContain('there is no line "ACTION:"')
  })
})
