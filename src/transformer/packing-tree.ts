import type { TokenExample } from './token-example.ts'

/** Where a tree is written: the flat arrays of a batch, and its losses in order. */
export interface TreeTarget {
  tokens: Int32Array
  positions: Int32Array
  ends: Int32Array
  losses: TreeLoss[]
}

/** A target of the tree: predicted at flat index `row`. */
export interface TreeLoss {
  row: number
  target: number
  weight: number
  /** Number of the completion that it belongs to; undefined where completions are not told apart. */
  segment: number | undefined
}

/** The prefix tree of some examples' tokens. */
export interface TokenTree {
  /** Number of tokens that the model must read. */
  readonly size: number
  /** Tokens that `add` would make the tree longer by. */
  cost(example: TokenExample): number
  add(example: TokenExample): void
  /**
   * Writes the tokens in pre-order from flat index `start` on, which is column `column` of its row. Every target stands at the token before
   * it: a token with several continuations occurs several times among the losses, one with equal continuations once with the sum of weights.
   */
  write(target: TreeTarget, start: number, column: number): void
}

interface Node {
  token: number
  children: Map<number, Node>
  /** Weight of each next token as a target. */
  targets: Map<number, number>
  /** Targets of completions that are told apart. */
  own: { target: number; weight: number; segment: number }[] | undefined
}

const createNode = (token: number): Node => ({ token, children: new Map(), targets: new Map(), own: undefined })

export function createTokenTree(): TokenTree {
  const root = createNode(-1)
  let size = 0
  /** What is read: all but the last token of the completion, which is only a target. */
  const readLength = ({ prompt, completion }: TokenExample) => prompt.length + completion.length - 1
  const tokenAt = ({ prompt, completion }: TokenExample, index: number) =>
    index < prompt.length ? prompt[index]! : completion[index - prompt.length]!

  return {
    get size() {
      return size
    },
    cost(example) {
      const length = readLength(example)
      let node: Node | undefined = root
      let shared = 0
      while (shared < length && (node = node.children.get(tokenAt(example, shared)))) shared++
      return length - shared
    },
    add(example) {
      const { prompt, weight = 1, promptWeight = 0, segment } = example
      const length = readLength(example)
      let node = root
      for (let index = 0; index <= length; index++) {
        const token = tokenAt(example, index)
        if (index >= prompt.length) {
          if (segment === undefined) node.targets.set(token, (node.targets.get(token) ?? 0) + weight)
          else (node.own ??= []).push({ target: token, weight, segment })
        }
        if (index === length) break
        let child = node.children.get(token)
        if (!child) {
          child = createNode(token)
          node.children.set(token, child)
          size++
          if (promptWeight > 0 && index > 0 && index < prompt.length) node.targets.set(token, promptWeight)
        }
        node = child
      }
    },
    write({ tokens, positions, ends, losses }, start, column) {
      let index = start
      // An explicit stack: a trunk may be deeper than the call stack allows.
      const stack: { children: Iterator<Node>; index: number; depth: number }[] = [
        { children: root.children.values(), index: -1, depth: -1 },
      ]
      while (stack.length > 0) {
        const top = stack.at(-1)!
        const next = top.children.next()
        if (next.done) {
          if (top.index >= 0) ends[top.index] = column + (index - start)
          stack.pop()
          continue
        }
        const node = next.value
        tokens[index] = node.token
        positions[index] = top.depth + 1
        for (const [target, weight] of node.targets) losses.push({ row: index, target, weight, segment: undefined })
        for (const one of node.own ?? []) losses.push({ row: index, ...one })
        stack.push({ children: node.children.values(), index, depth: top.depth + 1 })
        index++
      }
    },
  }
}
