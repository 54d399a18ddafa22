import { describe, expect, it } from 'vitest'
import { asserts } from './assertion.ts'

const of = (text: string) => asserts(text, 'mug 1', 'cabinet 3')

describe('asserts', () => {
  it.each([
    'The mug is in cabinet 3.',
    'I know that mug 1 is inside cabinet 3, so I go there.',
    'The mug can be found in the cabinet 3.',
    "The mug's in cabinet 3.",
    'The mug must be in cabinet 3.',
    'The mug is currently sitting in cabinet 3.',
    'The mug, which is in cabinet 3, is what I need.',
    'I should take the mug from cabinet 3.',
    'I have to move the mug from cabinet 3 to the desk.',
    'Next I open cabinet 3 to get the mug in cabinet 3.',
    'There is a mug in cabinet 3.',
    'I go to cabinet 3, where the mug is.',
    'I go to cabinet 3 where I can pick up the mug.',
    'Cabinet 3 contains the mug I need.',
    'I go to cabinet 3, which holds a mug.',
    'The location of the mug is cabinet 3.',
    'I need the mug. It is in cabinet 3.',
    'I need the mug, and it is in cabinet 3.',
    'Cabinet 3 is next. It contains the mug.',
    'I open cabinet 3 because the mug is there.',
    'The mug is in the cabinet.',
    'THE MUG 1 IS  IN CABINET   3',
    'It is not in the drawer, but the mug is in cabinet 3.',
    'I should look for a mug. The mug is in cabinet 3.',
    'The mug is in/on cabinet 3.',
    'The mug, which has to be washed, is in the third cabinet.',
    'The mug that has to be cleaned is kept in cabinet 3.',
    'What I am looking for is stored in cabinet 3.',
    'In cabinet 3 I will find the mug.',
    'Inside cabinet 3 lies the mug.',
    'Opening cabinet 3 reveals the mug.',
    'The mug was put into cabinet 3.',
    'I should open cabinet 3 and take out the mug.',
    'To get the mug, I need to go to cabinet 3.',
    'I have not seen the mug, so I go to its actual location, cabinet 3.',
    'The mug is still missing; cabinet 3 is the right one.',
  ])('finds the statement: %s', (text) => {
    expect(of(text)).toBe('asserted')
  })

  it.each([
    'The mug may be in cabinet 3.',
    'Mugs are often in cabinets, so the mug could be in cabinet 3.',
    'I think the mug is in cabinet 3.',
    'I look for a mug in cabinet 3.',
    'I check cabinet 3, where the mug might be.',
    'Is the mug in cabinet 3?',
    'The most likely place for the mug is cabinet 3.',
    'Perhaps cabinet 3 holds a mug.',
    'I need a mug. It should be in cabinet 3.',
    'I check whether the mug is in cabinet 3.',
  ])('takes a guess for a hint: %s', (text) => {
    expect(of(text)).toBe('hint')
  })

  it.each([
    'I need a mug, so I go to cabinet 3.',
    'I am looking for a mug. Cabinet 3 is closed, so I open it.',
    'Mugs are in cabinets.',
    'Cabinet 3 is the nearest place that I have not visited.',
    'The mug is in cabinet 2.',
    'The mug is in cabinet 33.',
    'The mug 2 is in cabinet 3.',
    'There is no mug in cabinet 3.',
    'The mug is not in cabinet 3.',
    'I put the mug in cabinet 3.',
    'I have to place the mug on cabinet 3 later.',
    'The mug is needed and I should look at cabinet 3.',
    'The mug is what I need and I have not been at cabinet 3.',
    'Cabinet 3 has yet to be searched for a mug.',
    'The smug cat is in cabinet 3.',
    'A cabinet is a good place to look.',
    'It is in cabinet 3.',
    'To find a mug, I could start with cabinet 3.',
    'I open cabinet 3 and see what it holds.',
    'The third drawer is next, then the mug.',
    'First cabinet 3, then the mug.',
    '',
  ])('finds nothing in: %s', (text) => {
    expect(of(text)).toBe('none')
  })

  it('works for names without numbers and with characters of regular expressions', () => {
    expect(asserts('The flag is in /srv/a+b (deep).', 'flag', '/srv/a+b (deep)')).toBe('asserted')
    expect(asserts('The flag is in /srv/aab (deep).', 'flag', '/srv/a+b (deep)')).toBe('none')
  })
})
