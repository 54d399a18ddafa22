/** A product in a list of results. */
export interface ListedItem {
  /** As printed, upper-case. */
  readonly asin: string
  readonly title: string
  /** Dollars: lowest and highest price of the tag. */
  readonly price: readonly [number, number]
  /** Opened since the last search from the index page. */
  readonly isVisited: boolean
}

export interface ShownOption {
  readonly name: string
  readonly values: readonly string[]
  /** The value that is shown as clicked. */
  readonly chosen: string | undefined
}

/** A page of the shop as an agent can read it from a `text_rich` observation. */
export type SeenPage =
  | { readonly kind: 'index' }
  | { readonly kind: 'results'; readonly number: number; readonly total: number; readonly items: readonly ListedItem[] }
  | {
      readonly kind: 'item'
      readonly title: string
      readonly price: readonly [number, number]
      readonly options: readonly ShownOption[]
    }
  | { readonly kind: 'sub'; readonly lines: readonly string[] }
  | { readonly kind: 'done' }
  /** Not a page of the shop. */
  | { readonly kind: 'unknown'; readonly text: string }

const button = /^( *)\[(clicked )?button\] (.*) \[(?:clicked )?button_\]$/

/** Reads a `text_rich` observation. Texts of products are taken as they stand; nothing in them can change the kind of the page. */
export function readPage(observation: string): SeenPage {
  const lines = observation.split('\n')
  if (lines[0] === 'WebShop' && lines[1]?.startsWith('Instruction:')) return { kind: 'index' }
  if (lines[0] === 'Thank you for shopping with us!') return { kind: 'done' }
  let start = 0
  while (lines[start]?.startsWith('You have clicked ')) start++
  if (lines[start] !== 'Instruction:') return { kind: 'unknown', text: observation }
  const back = lines.findIndex((line, index) => index > start && line === '[button] Back to Search [button_]')
  if (back < 0) return { kind: 'unknown', text: observation }
  const body = lines.slice(back + 1)
  const heading = /^Page (\d+) \(Total results: (\d+)\)$/.exec(body[0] ?? '')
  if (heading) return { kind: 'results', number: Number(heading[1]), total: Number(heading[2]), items: readItems(body) }
  return readItem(body.slice(1))
}

function readItems(lines: readonly string[]): ListedItem[] {
  return lines.flatMap((line, index) => {
    const match = button.exec(line)
    // A link to a product stands behind an empty line; the buttons of the page do not.
    if (!match || lines[index - 1] !== '') return []
    const [title = '', tag = ''] = lines.slice(index + 1)
    return [{ asin: match[3]!, title, price: readPriceTag(tag), isVisited: match[2] !== undefined }]
  })
}

function readItem(lines: readonly string[]): SeenPage {
  const options: { name: string; values: string[]; chosen: string | undefined }[] = []
  let text = ''
  for (const line of lines) {
    const match = button.exec(line)
    if (match && match[1] === '  ') {
      if (text !== '') options.push({ name: text, values: [], chosen: undefined })
      text = ''
      const option = options.at(-1)
      option?.values.push(match[3]!)
      if (option && match[2]) option.chosen = match[3]!
    } else if (line.startsWith('Price: ') && text !== '') {
      return { kind: 'item', title: text, price: readPriceTag(line.slice('Price: '.length)), options }
    } else if (!match) text = line
  }
  return { kind: 'sub', lines: lines.filter((line) => line !== '') }
}

/** `$18.0` or `$10.99 to $11.99`. */
function readPriceTag(tag: string): [number, number] {
  const found = [...tag.matchAll(/\$(\d+(?:\.\d+)?)/g)].map((match) => Number(match[1]))
  const [low = 0, high = low] = found
  return [low, high]
}
