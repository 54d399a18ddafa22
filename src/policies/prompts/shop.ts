import type { PromptInput, Renderer } from '../../contracts/renderer.ts'
import { readPage, type SeenPage } from '../../environments/webshop/agent/read-page.ts'
import { readRequest, wordsOf } from '../../environments/webshop/agent/read-request.ts'
import { openedBy, recallShopping, type Shopping } from '../../environments/webshop/agent/shopping.ts'
import { parseAnswer } from '../parse-answer.ts'
import { actionMarker, reasonMarker } from './compact.ts'

/** Earlier actions that a prompt shows. */
const shownActions = 8
/** Words of a product's description or features that a prompt shows. */
const shownWords = 40

/**
 * How a small student sees the shop and speaks in it: each page in a few lines, products by their number on the page, every word with a space before it so
 * that a word is the same token wherever it stands, prices in whole dollars with `over` behind those above the request's bound. Everything is read from the same
 * observation that any other agent gets; the shop itself is not simplified.
 */
export const shopRenderer: Renderer = {
  prompt({ instruction, history, observation }) {
    const shopping = recallShopping(instruction, history, observation)
    const past = history.slice(-shownActions).map((step) => `>${spell(step.action, readPage(step.observation))}\n`)
    return `${past.join('')}${describePage(shopping)}\n[${requestLine(instruction)} ]\n${reasonMarker}`
  },
  completion: ({ reason, action }, input) =>
    ` ${reason}${actionMarker.trimEnd()}${spell(action, input ? readPage(input.observation) : { kind: 'index' })}\n`,
  parse(text, input) {
    const { reason, action } = parseAnswer(text)
    return { reason, action: unspell(action, input) }
  },
  choice({ candidates = [], observation }) {
    const page = readPage(observation)
    if (page.kind === 'index') return { after: actionMarker, options: [], open: ['search'] }
    const options = [...new Set(candidates.map((candidate) => spell(candidate, page).trimStart()))]
    return options.length === 0 ? undefined : { after: actionMarker, options }
  },
}

const fixed: Record<string, string> = {
  'click[buy now]': ' buy',
  'click[back to search]': ' search again',
  'click[< prev]': ' back',
  'click[next >]': ' next',
  'click[description]': ' read description',
  'click[features]': ' read features',
  'click[reviews]': ' read reviews',
  'click[attributes]': ' read attributes',
}

/** An action in the student's words, with a space in front: ` search red coat`, ` open 3`, ` choose navy`, ` buy`. */
function spell(action: string, page: SeenPage): string {
  const known = fixed[action]
  if (known !== undefined) return known
  const query = /^search\[(.*)\]/s.exec(action)?.[1]
  if (query !== undefined) return ` search ${query.trim()}`
  const title = openedBy(action)
  if (title !== undefined && page.kind === 'results') {
    const index = page.items.findIndex((item) => item.title.toLowerCase() === title)
    if (index >= 0) return ` open ${index + 1}`
  }
  const value = /^click\[(.*)\]$/s.exec(action)?.[1]
  return value === undefined ? ` ${action}` : ` choose ${value}`
}

/** The inverse of {@link spell} among the candidates; what is none of them stays as it is. */
function unspell(spelled: string, { candidates = [], observation }: PromptInput): string {
  const text = spelled.trim()
  const query = /^search (?!again$)(.+)$/s.exec(text)?.[1]
  const page = readPage(observation)
  if (page.kind === 'index' && query !== undefined) return `search[${query}]`
  return candidates.find((candidate) => spell(candidate, page).trim() === text) ?? text
}

function requestLine(instruction: string): string {
  const { text, priceUpper } = readRequest(instruction)
  const words = text
    .replace(/[,.;:!?]+/g, ' ')
    .split(/\s+/)
    .filter(Boolean)
  return ` ${words.join(' ')}${priceUpper === undefined ? '' : ` under $${Math.round(priceUpper)}`}`
}

function describePage({ page, request, opened }: Shopping): string {
  const priced = ([low]: readonly [number, number]) =>
    `$${Math.ceil(low)}${low > (request.priceUpper ?? Number.POSITIVE_INFINITY) ? ' over' : ''}`
  switch (page.kind) {
    case 'index':
      return 'search page'
    case 'results':
      return [
        `page ${page.number}`,
        ...page.items.map(({ title, price }, index) => {
          const seen = opened.includes(title.toLowerCase()) ? ' seen' : ''
          return ` ${index + 1}${seen} ${plain(title)} ${priced(price)}`
        }),
      ].join('\n')
    case 'item':
      return [
        `item ${plain(page.title)} ${priced(page.price)}`,
        ...page.options.map(({ name, values, chosen }) =>
          chosen === undefined ? `${name}? ${values.join(' , ')}` : `${name} chosen ${chosen}`,
        ),
      ].join('\n')
    case 'sub':
      return `about ${wordsOf(page.lines.join(' ')).slice(0, shownWords).join(' ')}`
    case 'done':
      return 'bought'
    case 'unknown':
      return wordsOf(page.text).slice(0, shownWords).join(' ')
  }
}

/** A title as lower-case words. */
const plain = (title: string) => wordsOf(title).join(' ')
