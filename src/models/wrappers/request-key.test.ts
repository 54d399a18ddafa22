import { expect, it } from 'vitest'
import { ask } from '../testing/fake-model.ts'
import { requestKey } from './request-key.ts'

const base = ask('go', { temperature: 0.5 })

it('tells requests apart by all that shapes the answer', () => {
  const variants = [
    base,
    ask('stop', { temperature: 0.5 }),
    { ...base, messages: [{ role: 'system' as const, content: 'go' }] },
    { ...base, messages: [...base.messages, ...base.messages] },
    { ...base, temperature: 0.6 },
    { ...base, seed: 2 },
    { ...base, topP: 0.9 },
    { ...base, maxTokens: 21 },
    { ...base, stop: ['\n'] },
    { ...base, logprobs: true },
    { ...base, choice: { after: '', options: ['a'] } },
    { ...base, choice: { after: '', options: ['a'], open: ['b'] } },
    { ...base, choice: { after: '', options: ['a'], open: ['c'] } },
    { ...base, schema: { name: 'x', schema: { type: 'object' } } },
  ]
  const keys = variants.map((request) => requestKey('model', request))
  expect(new Set(keys).size).toBe(variants.length)
  expect(
    new Set([requestKey('model', base), requestKey('other', base), requestKey('model', base, 'weights')]).size,
  ).toBe(3)
})

it('does not tell apart what gives the same answer', () => {
  const same = [
    { ...base, session: 's', signal: new AbortController().signal, onText: () => {} },
    { ...base, topP: 1, stop: [], logprobs: false },
  ]
  for (const request of same) expect(requestKey('model', request)).toBe(requestKey('model', base))
  const choosing = { ...base, choice: { after: '', options: ['a'] } }
  expect(requestKey('model', { ...choosing, choice: { ...choosing.choice, open: [] } })).toBe(
    requestKey('model', choosing),
  )
  expect(requestKey('model', ask('go', { seed: 1 }))).toBe(requestKey('model', ask('go', { seed: 2 })))
})
