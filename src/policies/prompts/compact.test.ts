import { expect, test } from 'vitest'
import { groupCandidates, renderCompact } from './compact.ts'

const instruction = 'put a pen in desk.'
const first = { observation: 'You see a desk 1.', candidates: ['go to desk 1', 'look'] }
const second = { observation: 'On the desk 1, you see a pen 1.', candidates: ['take pen 1 from desk 1', 'look'] }

test('the prompt of a step holds task, past, observation and candidates', () => {
  const prompt = renderCompact({ instruction, history: [{ ...first, action: 'go to desk 1' }], ...second })
  expect(prompt).toBe(
    '> go to desk 1\nOn the desk 1, you see a pen 1.\ntake from desk 1: pen 1\nlook\n[put a pen in desk.]\nREASON:',
  )
})

test('an opening is left out only if its candidates name everything that it names', () => {
  const opening = (observation: string, candidates?: string[]) =>
    renderCompact({ instruction, history: [], observation, ...(candidates ? { candidates } : {}) })
  expect(opening('You see a desk 1.', ['go to desk 1'])).toBe('go to: desk 1\n[put a pen in desk.]\nREASON:')
  for (const prompt of [
    opening('You see a desk 1, a bed 1.', ['go to desk 1']),
    opening('You see a desk 1.', ['go to desk 12']),
    opening('You see nothing.', ['look']),
    opening('You see a desk 1.'),
  ])
    expect(prompt).toMatch(/^You see /)
  // Once it is past it is judged by what was possible then.
  const later = { instruction, history: [{ observation: 'You see a bed 1.', action: 'look' }], ...second }
  expect(renderCompact(later)).toMatch(/^You see a bed 1\.\n> look\n/)
})

test('everything before the candidates is a prefix of the next prompt', () => {
  const now = renderCompact({ instruction, history: [], ...first })
  const next = renderCompact({ instruction, history: [{ ...first, action: 'look' }], ...second })
  expect(next.startsWith(now.slice(0, now.indexOf('go to: desk 1')))).toBe(true)
})

test('candidates of one shape share a line', () => {
  expect(groupCandidates(['go to bed 1', 'go to desk 12', 'help', 'look', 'move pen 1 to bed 1'])).toBe(
    'go to: bed 1, desk 12\nhelp, look\nmove to bed 1: pen 1',
  )
})
