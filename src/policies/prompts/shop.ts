import type { PromptInput, Renderer } from '../../contracts/renderer.ts'
import { lateAfter, unsaidWords } from '../../environments/webshop/agent/explain.ts'
import { readPage, type SeenPage } from '../../environments/webshop/agent/read-page.ts'
import { readRequest, wordsOf } from '../../environments/webshop/agent/read-request.ts'
import { namedValue, openedBy, recallShopping, type Shopping } from '../../environments/webshop/agent/shopping.ts'
import { parseAnswer } from '../parse-answer.ts'
import { actionMarker, reasonMarker } from './compact.ts'

/** Earlier actions that a prompt shows; on the search page all earlier searches instead. */
const shownActions = 4
/** Words of a product's description or features that a prompt shows. */
const shownWords = 40

/**
 * How a small student sees the shop and speaks in it: each page in a few lines, every word with a space before it so that a word is the same token wherever it
 * stands, prices in whole dollars. Products and option values stand behind their number on the page, and what there is to notice is a mark next to it: `seen` (opened before),
 * `over` (dearer than asked), `asked` (an option value that the request names), `chosen`; `unsaid` precedes the words of the request that an open product's page does not show, `late`
 * says that no time is left to look at another. A network of a million weights does not learn to compare words in the time there is; what to do about the marks is its own affair. Everything
 * is read from the same observation that any other agent gets; the shop itself is not simplified.
 */
export const shopRenderer: Renderer = {
  prompt({ instruction, history, observation }) {
    const shopping = recallShopping(instruction, history, observation)
    const isStart = shopping.page.kind === 'index'
    const told = isStart ? history.filter(({ action }) => action.startsWith('search[')) : history.slice(-shownActions)
    const past = told.map((step) => `>${spell(step.action, readPage(step.observation))}\n`).join('')
    const late = shopping.actions >= lateAfter ? 'late\n' : ''
    return `${past}${describePage(shopping)}\n${late}[${requestLine(instruction)} ]\n${reasonMarker}`
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

function describePage(shopping: Shopping): string {
  const { page, request, opened } = shopping
  const isDear = ([low]: readonly [number, number]) => low > (request.priceUpper ?? Number.POSITIVE_INFINITY)
  switch (page.kind) {
    case 'index':
      return 'search page'
    case 'results':
      return [
        `page ${page.number}`,
        ...page.items.map(({ title, price }, index) => {
          const mark = opened.includes(title.toLowerCase()) ? ' seen' : isDear(price) ? ' over' : ''
          return `${mark} ${index + 1} ${plain(title)} ${dollars(price)}`
        }),
      ].join('\n')
    case 'item':
      return [
        `item${isDear(page.price) ? ' over' : ''} ${plain(page.title)} ${dollars(page.price)}`,
        ...page.options.map((option) => {
          const asked = namedValue(request, option)
          const markOf = (value: string) => (value === option.chosen ? ' chosen' : value === asked ? ' asked' : '')
          return `${option.name}?${option.values.map((value, index) => ` ${index + 1}${markOf(value)} ${value}`).join('')}`
        }),
        `unsaid ${unsaidWords(shopping).join(' ')}`,
      ].join('\n')
    case 'sub':
      return `about ${wordsOf(page.lines.join(' ')).slice(0, shownWords).join(' ')}`
    case 'done':
      return 'bought'
    case 'unknown':
      return wordsOf(page.text).slice(0, shownWords).join(' ')
  }
}

const dollars = ([low]: readonly [number, number]) => `$${Math.ceil(low)}`

/** A title as lower-case words. */
const plain = (title: string) => wordsOf(title).join(' ')
