import { expect, it } from 'vitest'
import { holdsPhrase, readRequest } from './read-request.ts'

it('keeps the words that can describe goods, once each and in order, and reads the price', () => {
  expect(
    readRequest(
      'Instruction: i am looking for a pair of women’s water resistant boots, water resistant, in size 8 wide, and price lower than 40.00 dollars',
    ),
  ).toEqual({
    text: 'i am looking for a pair of women’s water resistant boots, water resistant, in size 8 wide',
    words: ['pair', 'women’s', 'water', 'resistant', 'boots', '8', 'wide'],
    priceUpper: 40,
  })
  expect(readRequest('i need a wig').priceUpper).toBeUndefined()
})

it('finds phrases as whole words in a row', () => {
  expect(holdsPhrase('in a pack of 12 please', 'pack of 12')).toBe(true)
  expect(holdsPhrase('in a pack of 12 please', 'pack of 1')).toBe(false)
  expect(holdsPhrase('light and blue', 'light blue')).toBe(false)
  expect(holdsPhrase('size xx-large', 'large')).toBe(false)
  expect(holdsPhrase('anything', ' ')).toBe(false)
})
