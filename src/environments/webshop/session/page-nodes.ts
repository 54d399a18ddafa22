import type { Product } from '../product.ts'
import { compareCodePoints, dumpDictionary, floatText } from '../python/python-text.ts'
import type { Page } from './page.ts'

/** A piece of visible text of a page, in document order, and what a click on it means. */
export interface PageNode {
  readonly kind: 'text' | 'button' | 'product' | 'option'
  readonly text: string
  /** The option that this value belongs to. */
  readonly option?: string
}

/** What pages show besides the page itself. */
export interface PageContext {
  readonly instruction: string
  readonly options: ReadonlyMap<string, string>
  readonly showAttributes: boolean
}

/**
 * The visible texts of a page as an HTML parser finds them in WebShop's templates: nothing for an empty text; white space alone is one
 * space, or is dropped if there is a line break in it.
 */
export function pageNodes(page: Page, context: PageContext): PageNode[] {
  return [...compose(page, context)].flatMap((node) => {
    if (node.text === '') return []
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the white space of HTML
    if (!/^[\x09\x0a\x0c\x0d\x20]+$/.test(node.text)) return [node]
    return node.text.includes('\n') ? [] : [{ ...node, text: ' ' }]
  })
}

function* compose(page: Page, context: PageContext): Generator<PageNode> {
  if (page.kind === 'done') yield* composeDone(page, context)
  else if (page.kind === 'index') {
    yield text('WebShop')
    yield text('Instruction: ')
    yield text(context.instruction)
    yield button('Search')
  } else {
    yield text('Instruction:')
    yield text(context.instruction)
    yield button('Back to Search')
    if (page.kind === 'results') yield* composeResults(page)
    else {
      yield button('< Prev')
      if (page.kind === 'item') yield* composeItem(page.product, context.showAttributes)
      else yield* composeSubPage(page)
    }
  }
}

function* composeResults({ number, total, products }: Extract<Page, { kind: 'results' }>): Generator<PageNode> {
  yield text(`Page ${number} (Total results: ${total})`)
  if (number > 1) yield button('< Prev')
  yield button('Next >')
  for (const { asin, title, priceTag } of products) {
    yield { kind: 'product', text: asin }
    yield text(title)
    yield text(priceTag)
  }
}

function* composeItem(product: Product, showAttributes: boolean): Generator<PageNode> {
  for (const { name, values } of product.options) {
    yield text(name)
    for (const value of values) yield { kind: 'option', text: value, option: name }
  }
  yield text(product.title)
  yield text(`Price: ${product.priceTag}`)
  yield text('Rating: N.A.')
  yield button('Description')
  yield button('Features')
  yield button('Reviews')
  if (showAttributes) yield button('Attributes')
  yield button('Buy Now')
}

function* composeSubPage({ product, name }: Extract<Page, { kind: 'sub' }>): Generator<PageNode> {
  if (name === 'Description') yield text(product.description)
  if (name === 'Features') for (const point of product.bulletPoints) yield text(` ${point}`)
  if (name !== 'Attributes') return
  for (const attribute of product.attributes) yield text(` ${attribute}`)
  yield text(product.category)
  yield text(product.query)
  yield text(product.productCategory)
}

function* composeDone(
  { product, reward }: Extract<Page, { kind: 'done' }>,
  { options }: PageContext,
): Generator<PageNode> {
  const chosen = [...options].sort(([a], [b]) => compareCodePoints(a, b))
  const lines = [
    ...['Thank you for shopping with us!', 'Your code: ', 'None', ' (Paste it in your MTurk interface.)'],
    ...['Purchased', 'asin', product.asin, 'options', escapeMarkup(dumpDictionary(chosen)), 'attrs', 'None'],
    ...['category', 'None', 'query', 'None', 'product category', 'None'],
    ...[
      'Target',
      'asin',
      'options',
      'attrs',
      'price upper',
      'instuction text',
      'category',
      'product category',
      'query',
    ],
    ...['Goal ', 'None', 'Reward', 'Your score (min 0.0, max 1.0)', floatText(reward.total), 'Reward Details ', 'None'],
  ]
  yield* lines.map(text)
}

/** As Flask's `tojson` does, so that the text can stand in a script. */
const escapeMarkup = (json: string) =>
  json.replace(/[<>&']/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

const text = (value: string): PageNode => ({ kind: 'text', text: value })
const button = (value: string): PageNode => ({ kind: 'button', text: value })
