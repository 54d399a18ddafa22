import { describe, expect, it } from 'vitest'
import type { PromptInput } from '../../contracts/renderer.ts'
import { LeapSession } from '../../environments/webshop/leap-session.ts'
import { smallShop } from '../../environments/webshop/testing/small-shop.ts'
import { shopRenderer } from './shop.ts'

/** What a student is shown after these actions; a function is told what it could do. */
function shownAfter(...actions: (string | ((candidates: string[]) => string))[]): PromptInput {
  const live = new LeapSession(smallShop().start(2))
  const history: { observation: string; action: string; candidates: string[] }[] = []
  let seen = live.reset()
  for (const wanted of actions) {
    const action = typeof wanted === 'string' ? wanted : wanted(seen.candidates)
    history.push({ observation: seen.text, action, candidates: seen.candidates })
    seen = live.step(action)
  }
  return { instruction: live.instruction, history, observation: seen.text, candidates: seen.candidates }
}

const goal = smallShop().goals[2]!
const search = `search[${goal.query}]`
const openThird = (candidates: string[]) => candidates.filter((candidate) => candidate.startsWith('click[item - '))[2]!
const lastLines = (text: string) => text.split('\n').slice(-2)

describe('the shop in a small student’s words', () => {
  it('ends with the request, its price in whole dollars, and the marker of the reason', () => {
    const prompt = shopRenderer.prompt(shownAfter())
    expect(prompt.startsWith('search page\n')).toBe(true)
    const [request, marker] = lastLines(prompt)
    expect(marker).toBe('REASON:')
    expect(request).toMatch(/^\[ [a-z].* under \$\d+ \]$/)
    expect(request).not.toContain('Instruction')
  })

  it('numbers products, marks those above the bound and those seen, and shows what was done', () => {
    const input = shownAfter(search, openThird, 'click[< prev]')
    const lines = shopRenderer.prompt(input).split('\n')
    expect(lines.slice(0, 4)).toEqual([`> search ${goal.query}`, '> open 3', '> back', 'page 1'])
    expect(lines[6]).toMatch(/^ seen 3 /)
    expect(lines.filter((line) => line.includes(' seen '))).toHaveLength(1)
    for (const [index, line] of lines.slice(4, -2).entries()) {
      const price = Number(/\$(\d+)$/.exec(line)![1])
      if (index !== 2) expect(/^ over \d+ /.test(line)).toBe(price > goal.priceUpper)
    }
  })

  it('shows the open product with its options, and which are chosen', () => {
    const { candidates } = shownAfter(search, openThird)
    const value = /^click\[(.*)\]$/.exec(candidates!.at(-1)!)![1]!
    const prompt = shopRenderer.prompt(shownAfter(search, openThird, `click[${value}]`))
    expect(prompt).toMatch(/\nitem( over)? [a-z].* \$\d+\n/)
    expect(prompt).toMatch(new RegExp(`\\? .*\\d chosen ${value}`))
  })

  it('marks values that the request names, and lists the words of the request that the page does not show', () => {
    const items = (action: string) => /^click\[item - /.test(action)
    const { candidates } = shownAfter(search)
    const counts = { asked: 0, unsaid: 0 }
    for (const action of candidates!.filter(items)) {
      const lines = shopRenderer.prompt(shownAfter(search, action)).split('\n')
      const [unsaid = ''] = lines.filter((line) => line.startsWith('unsaid'))
      const shown = lines.filter((line) => /^(item|\S+\?) /.test(line)).join(' ')
      for (const [, value] of shown.matchAll(/ asked (\S+)/g)) {
        expect(goal.options.map((option) => option.value)).toContain(value)
        counts.asked++
      }
      for (const word of unsaid.split(' ').slice(1)) {
        expect(goal.instruction).toContain(word)
        expect(shown.split(' ')).not.toContain(word)
        counts.unsaid++
      }
      for (const { value } of goal.options)
        expect(` ${unsaid} `.includes(` ${value} `)).toBe(!shown.includes(` asked ${value}`))
    }
    expect(counts.asked).toBeGreaterThan(0)
    expect(counts.unsaid).toBeGreaterThan(0)
  })

  it('says when time is short', () => {
    const wait = (times: number) => shownAfter(search, ...Array.from({ length: times }, () => 'click[next >]'))
    expect(shopRenderer.prompt(wait(8))).not.toContain('\nlate\n')
    expect(shopRenderer.prompt(wait(9))).toContain('\nlate\n[')
  })

  it('is spoken as it is read: every candidate comes back from its spelling', () => {
    for (const input of [
      shownAfter(search),
      shownAfter(search, openThird),
      shownAfter(search, 'click[next >]'),
      shownAfter(search, openThird, 'click[features]'),
    ]) {
      const { options } = shopRenderer.choice!(input)!
      for (const candidate of input.candidates!) {
        const written = shopRenderer.completion({ reason: 'I see it.', action: candidate }, input)
        expect(written).toMatch(/^ I see it\. ACTION: \S.*\n$/)
        expect(options).toContain(written.slice(' I see it. ACTION: '.length, -1))
        expect(shopRenderer.parse!(written, input)).toEqual({ reason: 'I see it.', action: candidate })
      }
    }
  })

  it('lets the student write its own search words, and only there', () => {
    const start = shownAfter()
    expect(shopRenderer.choice!(start)).toEqual({ after: ' ACTION: ', options: [], open: ['search'] })
    expect(shopRenderer.parse!(' I look. ACTION: search red wool coat\n', start).action).toBe('search[red wool coat]')
    expect(shopRenderer.completion({ reason: 'I look.', action: 'search[red wool coat]' }, start)).toBe(
      ' I look. ACTION: search red wool coat\n',
    )
    expect(shopRenderer.parse!(' Again. ACTION: search again\n', shownAfter(search)).action).toBe(
      'click[back to search]',
    )
    expect(shopRenderer.parse!(' Odd. ACTION: fly away\n', shownAfter(search)).action).toBe('fly away')
  })
})
