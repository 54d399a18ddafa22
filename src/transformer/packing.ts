import { LeapError } from '../contracts/error.ts'
import type { Random } from '../support/random.ts'
import type { PackedBatch } from './packed-batch.ts'
import { createTokenTree, type TreeLoss } from './packing-tree.ts'
import type { TokenExample } from './token-example.ts'

export interface PackingOptions {
  /** Columns that a row has at most, unless a single example is longer. */
  rowTokens: number
  /** rows * columns that a batch has at most, unless a single row is larger. */
  batchTokens: number
  /** An example longer than this is an error (max_position_embeddings). */
  longest: number
}

/** Columns are rounded up to a multiple of this, so that batches come in few shapes and memory can be reused. */
const columnStep = 64

/** A batch that is laid out only when it is asked for: an epoch's plan takes little memory. */
export type PlannedBatch = () => PackedBatch

/**
 * Examples as trees, several trees a row, several rows a batch. Within a group, what prompts have in common is stored and computed once:
 * the loss is that of the examples one by one, at a fraction of the tokens. Trees are visited in the order of `shuffle` (as given, if left
 * out), which together with the examples determines the result. Throws EXAMPLE_EMPTY or EXAMPLE_TOO_LONG naming the example.
 */
export function packExamples(
  examples: readonly TokenExample[],
  options: PackingOptions,
  shuffle?: Random,
): PackedBatch[] {
  return planBatches(treesOf(examples, options), options, shuffle).map((batch) => batch())
}

/** Examples that share a tree. The tree itself is built when its batch is laid out: kept, the trees of a large data set would fill the memory. */
export interface PlannedTree {
  readonly examples: readonly TokenExample[]
  /** Tokens of the tree. */
  readonly size: number
}

/** The trees of all groups, in the order of the examples. Throws as {@link packExamples}. */
export function treesOf(
  examples: readonly TokenExample[],
  options: Omit<PackingOptions, 'batchTokens'>,
): PlannedTree[] {
  const groups = new Map<string, TokenExample[]>()
  examples.forEach((example, index) => {
    check(example, index, options.longest)
    const group = groups.get(example.group)
    if (group) group.push(example)
    else groups.set(example.group, [example])
  })
  return [...groups.values()].flatMap((group) => cutGroup(group, options.rowTokens))
}

/** Places trees in rows and rows in batches; see {@link packExamples}. */
export function planBatches(
  trees: readonly PlannedTree[],
  options: Omit<PackingOptions, 'longest'>,
  shuffle?: Random,
): PlannedBatch[] {
  return batchRows(fillRows(shuffle ? shuffle.shuffle(trees) : trees, options.rowTokens), options.batchTokens)
}

/** The trees of one group: a new one is begun when the next example would make the current one longer than a row. */
function cutGroup(examples: readonly TokenExample[], rowTokens: number): PlannedTree[] {
  const trees: PlannedTree[] = []
  let tree = createTokenTree()
  let members: TokenExample[] = []
  for (const unit of unitsOf(examples)) {
    // What follows the first of a unit adds its completion at most, since they share their prompt.
    const cost = unit.reduce((sum, one, index) => sum + (index === 0 ? tree.cost(one) : one.completion.length), 0)
    if (tree.size > 0 && tree.size + cost > rowTokens) {
      trees.push({ examples: members, size: tree.size })
      tree = createTokenTree()
      members = []
    }
    for (const example of unit) {
      tree.add(example)
      members.push(example)
    }
  }
  return [...trees, { examples: members, size: tree.size }]
}

/** Examples in a row that have to stay together. */
function unitsOf(examples: readonly TokenExample[]): TokenExample[][] {
  const units: TokenExample[][] = []
  for (const example of examples) {
    const last = units.at(-1)
    if (last && example.unit !== undefined && last[0]!.unit === example.unit) last.push(example)
    else units.push([example])
  }
  return units
}

/** How many rows are kept open while trees are placed: enough to fill rows well, few enough to keep the order random. */
const openRows = 8

function fillRows(trees: readonly PlannedTree[], rowTokens: number): PlannedTree[][] {
  const done: PlannedTree[][] = []
  const open: { trees: PlannedTree[]; size: number }[] = []
  for (const tree of trees) {
    const row = open.find(({ size }) => size + tree.size <= rowTokens)
    if (row) {
      row.trees.push(tree)
      row.size += tree.size
      continue
    }
    open.push({ trees: [tree], size: tree.size })
    if (open.length > openRows) {
      const fullest = open.reduce((best, one, index) => (one.size > open[best]!.size ? index : best), 0)
      done.push(open.splice(fullest, 1)[0]!.trees)
    }
  }
  return [...done, ...open.map((row) => row.trees)]
}

function batchRows(rows: readonly PlannedTree[][], batchTokens: number): PlannedBatch[] {
  const batches: PlannedBatch[] = []
  let batch: PlannedTree[][] = []
  let columns = 0
  for (const row of rows) {
    const needed = roundUp(sizeOf(row))
    const wider = Math.max(columns, needed)
    if (batch.length > 0 && wider * (batch.length + 1) > batchTokens) {
      batches.push(planned(batch, columns))
      batch = []
      columns = 0
    }
    batch.push(row)
    columns = Math.max(columns, needed)
  }
  if (batch.length > 0) batches.push(planned(batch, columns))
  return batches
}

const planned = (rows: readonly PlannedTree[][], columns: number) => () => layOut(rows, columns)

function layOut(rows: readonly PlannedTree[][], columns: number): PackedBatch {
  const count = rows.length * columns
  const tokens = new Int32Array(count)
  const positions = new Int32Array(count)
  // Padding sees only itself.
  const ends = Int32Array.from({ length: count }, (_, index) => (index % columns) + 1)
  const losses: TreeLoss[] = []
  rows.forEach((trees, rowIndex) => {
    let column = 0
    for (const tree of trees) {
      const start = rowIndex * columns + column
      const built = createTokenTree()
      for (const example of tree.examples) built.add(example)
      built.write({ tokens, positions, ends, losses }, start, column)
      column += tree.size
    }
  })
  return {
    rows: rows.length,
    columns,
    tokens,
    positions,
    ends,
    lossRows: Int32Array.from(losses, ({ row }) => row),
    targets: Int32Array.from(losses, ({ target }) => target),
    weights: Float32Array.from(losses, ({ weight }) => weight),
    ...(losses[0]?.segment === undefined ? {} : { segments: Int32Array.from(losses, ({ segment }) => segment!) }),
  }
}

const sizeOf = (row: readonly PlannedTree[]) => row.reduce((sum, tree) => sum + tree.size, 0)
const roundUp = (size: number) => Math.ceil(size / columnStep) * columnStep

function check({ prompt, completion, group }: TokenExample, index: number, longest: number): void {
  const name = `example ${index} of group ${group}`
  if (prompt.length === 0 || completion.length === 0)
    throw new LeapError({
      code: 'EXAMPLE_EMPTY',
      message: `${name}: the ${prompt.length === 0 ? 'prompt' : 'completion'} has no tokens, so there is nothing to train on`,
      remedy: 'Every row needs a prompt and a completion of at least one token.',
    })
  // The last token of the completion is only a target.
  if (prompt.length + completion.length - 1 > longest)
    throw new LeapError({
      code: 'EXAMPLE_TOO_LONG',
      message: `${name}: ${prompt.length} prompt and ${completion.length} completion tokens do not fit into ${longest} positions`,
      remedy: 'Shorten the history in the prompt, or use a model with larger max_position_embeddings.',
    })
}
