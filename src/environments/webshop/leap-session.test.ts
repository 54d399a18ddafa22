import { describe, expect, it } from 'vitest'
import { LeapSession } from './leap-session.ts'
import { goal, handMadeShop, product } from './testing/hand-made-shop.ts'

const sizes = Array.from({ length: 30 }, (_, i) => `${i + 1} inch`)
const lamp = product('B0LAMP0001', { title: 'Brass Lamp', options: [{ name: 'size', values: sizes }] })
const twins = [product('B0TWIN0001', { title: 'Twin Cup' }), product('B0TWIN0002', { title: 'Twin Cup' })]
const others = Array.from({ length: 12 }, (_, i) =>
  product(`B0CUP${String(i).padStart(5, '0')}`, { title: `Cup ${i}` }),
)
const wanted = goal({ instruction: 'i need a lamp of 17 inch', options: [{ value: '29 inch' }] })
const shop = handMadeShop([lamp, ...twins, ...others], { goals: [wanted] })
const open = (options: ConstructorParameters<typeof LeapSession>[1] = {}) => new LeapSession(shop.start(0), options)

function atLamp(options: ConstructorParameters<typeof LeapSession>[1] = {}) {
  const session = open(options)
  session.reset()
  session.step('search[lamp]')
  return { session, seen: session.step('click[item - brass lamp]') }
}

describe('LeapSession', () => {
  it('offers a search, then products by title, then nothing but the end', () => {
    const session = open()
    expect(session.reset().candidates).toEqual(['search[<search query>]'])
    expect(session.step('search[lamp]').candidates).toEqual([
      'click[back to search]',
      'click[next >]',
      'click[item - brass lamp]',
    ])
    session.step('click[item - brass lamp]')
    const bought = session.step('click[buy now]')
    expect(bought.candidates).toEqual(['finish'])
    expect(bought.parts).toMatchObject({ total: bought.reward, options: 0 })
  })

  it('keeps buttons, chosen options, the ones that count, and those that the request names, among 20', () => {
    const { session, seen } = atLamp()
    expect(seen.candidates).toHaveLength(20)
    for (const text of ['buy now', '17 inch', '29 inch']) expect(seen.candidates).toContain(`click[${text}]`)
    expect(session.step('click[30 inch]').candidates).toContain('click[30 inch]')
    expect(atLamp().seen.candidates).toEqual(seen.candidates)
  })

  it('samples as LEAP on demand: the first six, and never more than 20', () => {
    const all = atLamp({ cut: 'none' }).seen.candidates
    expect(all).toHaveLength(36)
    const lists = [1, 2, 3].map((seed) => atLamp({ cut: 'sample', seed }).seen.candidates)
    for (const list of lists) {
      expect(list.length).toBeLessThanOrEqual(20)
      expect(list.slice(0, 6)).toEqual(all.slice(0, 6))
      for (const action of list) expect(all).toContain(action)
    }
    expect(lists[0]).not.toEqual(lists[1])
    expect(atLamp({ cut: 'sample', seed: 1 }).seen.candidates).toEqual(lists[0])
  })

  it('takes actions that are not listed', () => {
    const { session, seen } = atLamp()
    const missing = sizes.find((size) => !seen.candidates.includes(`click[${size}]`))!
    expect(session.step(`click[${missing}]`).isPerformed).toBe(true)
  })

  it('means the listed product where two have one title; strictly, the last of the catalogue', () => {
    for (const strictUpstream of [false, true]) {
      const session = open({ strictUpstream })
      session.reset()
      session.step('search[twin cup]')
      session.step('click[item - twin cup]')
      expect(session.session.product?.asin).toBe(strictUpstream ? 'B0TWIN0002' : 'B0TWIN0001')
    }
  })

  it('looks around after a click on a product only if strict', () => {
    expect(atLamp().session.session.actionCounts.get('Features')).toBeUndefined()
    const { session, seen } = atLamp({ strictUpstream: true })
    expect(session.session.actionCounts.get('Features')).toBe(1)
    expect(session.session.page.kind).toBe('item')
    expect(seen.text).toContain('[button] Buy Now [button_]')
  })

  it('turns back a page, if strict, after a click on a product that is not there', () => {
    const session = open({ strictUpstream: true })
    session.reset()
    session.step('search[cup]')
    session.step('click[next >]')
    const seen = session.step('click[item - brass lamp]')
    expect(seen.isPerformed).toBe(false)
    expect(seen.text).toContain('Page 2 ')
    expect(session.session.pageNumber).toBe(1)
  })
})
