import { describe, expect, it } from 'vitest'
import type { PolicyRequest } from '../contracts/policy.ts'
import { renderCompact } from './prompts/compact.ts'
import { createStudentPolicy } from './student.ts'
import { scriptedModel } from './testing/scripted-model.ts'

const request: PolicyRequest = {
  task: { id: 'train/0', environment: 'alfworld', split: 'train', category: 'x' },
  instruction: 'put a pen in desk.',
  history: [
    {
      observation: 'You see a desk 1.',
      candidates: ['go to desk 1'],
      reason: 'SECRET THOUGHT',
      action: 'go to desk 1',
    },
  ],
  observation: 'On the desk 1, you see a pen 1.',
  candidates: ['look', 'take pen 1 from desk 1'],
  session: 'rollout-1/train/0#0',
  seed: 7,
}

describe('a student', () => {
  it('sends the rendered prompt, and takes reason and action from the answer', async () => {
    const model = scriptedModel(() => ' I see pen 1 here. ACTION: take pen 1 from desk 1')
    const student = createStudentPolicy({ name: 'pi_1', model, temperature: 0.5 })
    const decision = await student.act(request)
    expect(decision).toEqual({
      reason: 'I see pen 1 here.',
      action: 'take pen 1 from desk 1',
      promptHash: expect.stringMatching(/^[0-9a-f]{16}$/),
      tokens: { prompt: renderCompact(request).length, completion: 49 },
    })
    expect(model.requests).toEqual([
      {
        messages: [{ role: 'user', content: renderCompact(request) }],
        temperature: 0.5,
        maxTokens: 48,
        stop: ['\n'],
        seed: 7,
        session: request.session,
        choice: { after: ' ACTION: ', options: request.candidates },
      },
    ])
  })

  it('does not see its earlier reasons, as in the paper', async () => {
    const model = scriptedModel(() => '')
    await createStudentPolicy({ name: 'pi', model, temperature: 0 }).act(request)
    expect(model.requests[0]!.messages[0]!.content).not.toContain('SECRET THOUGHT')
  })

  it('is held to the candidates only where there are some and it should be', async () => {
    const model = scriptedModel(() => ' What now? ACTION: dance')
    const free = createStudentPolicy({ name: 'pi', model, temperature: 0, constrained: false })
    expect((await free.act(request)).action).toBe('dance')
    const { candidates: _, ...open } = request
    await createStudentPolicy({ name: 'pi', model, temperature: 0 }).act(open)
    await createStudentPolicy({ name: 'pi', model, temperature: 0 }).act({ ...request, candidates: [] })
    for (const { choice } of model.requests) expect(choice).toBeUndefined()
  })

  it('gives an empty action for an answer without one, which no environment accepts', async () => {
    const model = scriptedModel(() => ' I think that')
    expect(await createStudentPolicy({ name: 'pi', model, temperature: 0 }).act(request)).toMatchObject({
      reason: 'I think that',
      action: '',
    })
  })

  it('hashes the prompt: equal for equal prompts, another one for another prompt', async () => {
    const model = scriptedModel(() => '')
    const student = createStudentPolicy({ name: 'pi', model, temperature: 0 })
    const hashes = [
      request,
      { ...request, seed: 8, session: 'other' },
      { ...request, instruction: 'put a mug in desk.' },
    ]
    const [first, same, other] = await Promise.all(hashes.map(async (one) => (await student.act(one)).promptHash))
    expect(same).toBe(first)
    expect(other).not.toBe(first)
  })

  it('passes the abort signal on, and tells the model when an episode is over', async () => {
    const model = scriptedModel(() => '')
    const student = createStudentPolicy({ name: 'pi', model, temperature: 0 })
    const { signal } = new AbortController()
    await student.act({ ...request, signal })
    expect(model.requests[0]!.signal).toBe(signal)
    student.forget!('s')
    expect(model.forgotten).toEqual(['s'])
  })
})
