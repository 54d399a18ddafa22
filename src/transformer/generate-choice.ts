import { LeapError } from '../contracts/error.ts'
import type { Tokenizer } from './tokenizer.ts'

/** Follows one generation and says which tokens keep the text after `after` within the options. */
export interface ChoiceGuide {
  /** The only tokens that may come next; undefined while anything may. */
  allowed(): readonly number[] | undefined
  /** Whether this text so far, `token` being its last token, can still become `after` and an option. Asked before a token is taken. */
  accepts(text: string): boolean
  /** Takes a token; `text` is the text with it. */
  take(token: number, text: string): void
  /** Set once only one option can follow: the whole text up to the option's end, and the tokens that spell the rest of it. */
  settled(): { text: string; rest: readonly number[] } | undefined
}

interface Node {
  children: Map<number, Node>
  /** The option that ends here. */
  option: string | undefined
  /** Options that end here or below. */
  count: number
}

export interface ChoiceSettings {
  after: string
  options: readonly string[]
  /** Beginnings behind which anything may follow: free text among fixed options (`search[`). */
  open?: readonly string[]
  /** Strings and tokens that end a generation: the way out where one option is the beginning of another. */
  stop: readonly string[]
  endTokens: readonly number[]
}

/**
 * Restricts what follows `after` to the options, each spelled as the tokenizer spells it after `after` (the spelling that the model was
 * trained on). Where the tokenizer draws the end of `after` and the beginning of an option together into one token, the restriction begins
 * with that token. Throws CHOICE_EMPTY if there is no option.
 */
export function createChoiceGuide(tokenizer: Tokenizer, settings: ChoiceSettings): ChoiceGuide {
  const { after, stop, endTokens, open = [] } = settings
  const options = [...settings.options, ...open]
  const openings = new Set(open)
  if (options.length === 0)
    throw new LeapError({
      code: 'CHOICE_EMPTY',
      message: 'a choice among no options was asked for',
      remedy: 'Leave `choice` out where the domain lists no candidates.',
    })
  const spelled = options.map((option) => tokenizer.encode(after + option))
  const alone = tokenizer.encode(after)
  // The tokens of `after` that stand whatever follows: the restriction begins behind them.
  let common = 0
  while (common < alone.length && spelled.every((ids) => ids[common] === alone[common])) common++
  const anchor = tokenizer.decode(alone.slice(0, common))
  const anchored = after.startsWith(anchor) && (common > 0 || after === '')
  const mark = anchored ? anchor : after
  const exits = [...endTokens, ...stop.flatMap((text) => tokenizer.encode(text).slice(0, 1))]

  let node: Node | undefined
  let before = ''
  // Set once the text is behind an opening.
  let free = false
  const begin = (text: string): { node: Node; before: string } | undefined => {
    const found = text.indexOf(mark)
    if (found < 0) return undefined
    const surplus = text.slice(found + mark.length)
    const root: Node = { children: new Map(), option: undefined, count: 0 }
    options.forEach((option, index) => {
      const rest = after.slice(mark.length) + option
      if (!rest.startsWith(surplus)) return
      const ids =
        surplus === '' && anchored ? spelled[index]!.slice(common) : tokenizer.encode(rest.slice(surplus.length))
      insert(root, ids, option)
    })
    return { node: root, before: text.slice(0, found) + after }
  }
  if (after === '') node = begin('')?.node

  return {
    allowed() {
      if (!node || free) return undefined
      const ids = [...node.children.keys()]
      if (node.option === undefined) return ids
      return [...new Set([...ids, ...exits])]
    },
    accepts(text) {
      if (node || free) return true
      const begun = begin(text)
      return begun === undefined || begun.node.count > 0
    },
    take(token, text) {
      if (free) return
      if (node) {
        const child = node.children.get(token)
        if (child) node = child
        // The way out: only the option that ends here is left.
        else node = { children: new Map(), option: node.option, count: 1 }
        free = child?.option !== undefined && openings.has(child.option)
        return
      }
      const begun = begin(text)
      if (begun) ({ node, before } = begun)
    },
    settled() {
      if (node?.count !== 1 || free || leadsToOpening(node, openings)) return undefined
      const rest: number[] = []
      let end = node
      while (end.option === undefined) {
        const [token, child] = [...end.children][0]!
        rest.push(token)
        end = child
      }
      return { text: before + end.option, rest }
    },
  }
}

function insert(root: Node, ids: readonly number[], option: string): void {
  const path = [root]
  for (const id of ids) {
    const last = path.at(-1)!
    const child = last.children.get(id) ?? { children: new Map(), option: undefined, count: 0 }
    last.children.set(id, child)
    path.push(child)
  }
  if (path.at(-1)!.option !== undefined) return
  path.at(-1)!.option = option
  for (const node of path) node.count++
}

/** True if what can still follow is an opening: what comes behind it has yet to be written. */
function leadsToOpening(node: Node, openings: ReadonlySet<string>): boolean {
  let end = node
  while (end.option === undefined) end = end.children.values().next().value!
  return openings.has(end.option)
}
