import { expect, it } from 'vitest'
import { noPriceBound } from '../goal.ts'
import { smallShop } from '../testing/small-shop.ts'
import { readPriceBounds, readPriceTable, withPriceBounds } from './recorded-prices.ts'

const { goals } = smallShop()

it('puts recorded bounds into goals and their requests, and leaves the others alone', () => {
  const text = '{"idx":0,"price_upper":70,"asin":"x"}\r\n\r\n{"idx":2,"price_upper_in_that_run":1000000}\n'
  const changed = withPriceBounds(goals, readPriceBounds(text, 'bounds.jsonl'))
  const words = (index: number) => goals[index]!.instruction.replace(/, and price lower than .*/, '')
  expect(changed[0]).toEqual({
    ...goals[0],
    priceUpper: 70,
    instruction: `${words(0)}, and price lower than 70.00 dollars`,
  })
  expect(changed[1]).toBe(goals[1])
  expect(changed[2]).toEqual({ ...goals[2], priceUpper: noPriceBound, instruction: words(2) })
  expect(changed).toHaveLength(goals.length)
})

it('says where and how a file is not as expected', () => {
  expect(readPriceTable('{"B01": 12.5}', 'p.json').get('B01')).toBe(12.5)
  const error = (read: () => unknown) => {
    try {
      return read()
    } catch (thrown) {
      return thrown
    }
  }
  expect(error(() => readPriceTable('{"B01": "12"}', 'p.json'))).toMatchObject({
    code: 'PRICES_INVALID',
    message: 'p.json: expected {ASIN: dollars}, found something else in field "B01"',
  })
  expect(error(() => readPriceTable('{', 'p.json'))).toMatchObject({ message: 'p.json: expected JSON, found "{"' })
  expect(error(() => readPriceBounds('{"idx":1,"price_upper":3}\n{"idx":-1}', 'b.jsonl'))).toMatchObject({
    code: 'PRICES_INVALID',
    message: expect.stringMatching(/^b\.jsonl:2: expected \{"idx", "price_upper"\}/),
  })
})
