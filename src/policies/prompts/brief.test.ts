import { expect, test } from 'vitest'
import { renderBrief } from './brief.ts'

const instruction = 'put a pen in desk.'
const first = { observation: 'You see a bed 1.\nYour task: put a pen in desk.', candidates: ['go to bed 1', 'look'] }
const second = { observation: 'On the bed 1 is a pen 1.', candidates: ['take pen 1 from bed 1', 'look'] }

test('a brief prompt is what was seen and done, without what could be done', () => {
  const prompt = renderBrief({ instruction, history: [{ ...first, action: 'go to bed 1' }], ...second })
  expect(prompt).toBe(`${first.observation}\n> go to bed 1\nOn the bed 1 is a pen 1.\nREASON:`)
})

test('it begins with the task where the first observation does not tell it, and never tells it twice', () => {
  expect(renderBrief({ instruction, history: [], ...second })).toBe(
    'put a pen in desk.\nOn the bed 1 is a pen 1.\nREASON:',
  )
  const later = renderBrief({ instruction, history: [{ ...second, action: 'look' }], ...first })
  expect(later.startsWith('put a pen in desk.\nOn the bed 1')).toBe(true)
  expect(renderBrief({ instruction, history: [], ...first }).match(/put a pen in desk/g)).toHaveLength(1)
})

test('everything but its last line is the beginning of the next prompt', () => {
  const now = renderBrief({ instruction, history: [], ...first })
  const next = renderBrief({ instruction, history: [{ ...first, action: 'look' }], ...second })
  expect(next.startsWith(now.slice(0, now.lastIndexOf('\n') + 1))).toBe(true)
})
