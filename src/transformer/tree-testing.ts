import type { PackedBatch } from './packed-batch.ts'

/** A token with what may follow it. `loss` is the weight of predicting this token from its parent. */
export interface TokenNode {
  token: number
  loss?: number
  next?: readonly TokenNode[]
}

/** For tests: one tree per row, laid out as {@link PackedBatch} says, straight from the definition. */
export function packTree(trees: readonly TokenNode[], columns: number): PackedBatch {
  const size = trees.length * columns
  const batch = {
    tokens: new Int32Array(size),
    positions: new Int32Array(size),
    ends: Int32Array.from({ length: size }, (_, index) => (index % columns) + 1),
  }
  const losses: { row: number; target: number; weight: number }[] = []
  trees.forEach((tree, row) => {
    let column = 0
    const visit = (node: TokenNode, depth: number, parent: number) => {
      const place = row * columns + column++
      batch.tokens[place] = node.token
      batch.positions[place] = depth
      if (node.loss !== undefined) losses.push({ row: parent, target: node.token, weight: node.loss })
      for (const child of node.next ?? []) visit(child, depth + 1, place)
      batch.ends[place] = column
    }
    visit(tree, 0, -1)
  })
  return {
    rows: trees.length,
    columns,
    ...batch,
    lossRows: Int32Array.from(losses, (loss) => loss.row),
    targets: Int32Array.from(losses, (loss) => loss.target),
    weights: Float32Array.from(losses, (loss) => loss.weight),
  }
}

/** The paths from the root to every leaf of a tree, each as a tree without branches. */
export function pathsOf(tree: TokenNode): TokenNode[] {
  if (!tree.next?.length) return [tree]
  return tree.next.flatMap((child) => pathsOf(child).map((path) => ({ ...tree, next: [path] })))
}
