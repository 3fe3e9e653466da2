/** What the benchmark's data looks like: account → contact → salesorder → orderline, and account → task. */

/** `deep` spreads the affected rows over all levels, `wide` puts them directly under the root, as a merge moves them. */
export type Shape = 'deep' | 'wide'

export interface Tree {
  account: string
  contacts: number
  ordersPerContact: number
  linesPerOrder: number
  tasks: number
}

/** A tree with exactly this many affected rows, its root included. */
export function treeOf(account: string, affected: number, shape: Shape): Tree {
  const contacts = Math.floor(affected * (shape === 'deep' ? 0.1 : 0.04))
  const [ordersPerContact, linesPerOrder] = shape === 'deep' ? [2, 2] : [0, 0]
  const below = contacts * (1 + ordersPerContact * (1 + linesPerOrder))
  return { account, contacts, ordersPerContact, linesPerOrder, tasks: affected - 1 - below }
}

export const SMALL_CASCADE = 1_000

/** The large tree that is worked on, a small one, a target to merge into, and other people's rows: a third more. */
export function treesOf(affected: number, shape: Shape): Tree[] {
  const others = Array.from({ length: 10 }, (_, n) => treeOf(`Other ${n}`, Math.max(50, Math.round(affected * 0.036)), shape))
  return [treeOf('Root', affected, shape), treeOf('Small', SMALL_CASCADE, shape), treeOf('Target', 1, shape), ...others]
}

export const rowsOf = (trees: Tree[]): number =>
  trees.reduce(
    (sum, { contacts, ordersPerContact, linesPerOrder, tasks }) =>
      sum + 1 + contacts * (1 + ordersPerContact * (1 + linesPerOrder)) + tasks,
    0,
  )
