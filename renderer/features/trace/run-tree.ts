import type { StepRun } from '#engine/contract/trace'

/** A run as a visible row of the tree. */
export interface TreeRow {
  run: StepRun
  /** From 1. */
  level: number
  /** From 1, among runs with the same parent. */
  position: number
  siblings: number
  hasChildren: boolean
  isExpanded: boolean
}

/** Returns the visible rows, without those below a collapsed run. `runs` is in the order in which they began. */
export function treeRows(runs: readonly StepRun[], collapsed: ReadonlySet<number>): TreeRow[] {
  const known = new Set(runs.map((run) => run.number))
  const children = Map.groupBy(runs, ({ parent }) => (parent !== null && known.has(parent) ? parent : null))
  const rows: TreeRow[] = []
  const add = (of: number | null, level: number) => {
    const siblings = children.get(of) ?? []
    for (const [index, run] of siblings.entries()) {
      const hasChildren = children.has(run.number)
      const isExpanded = hasChildren && !collapsed.has(run.number)
      rows.push({ run, level, position: index + 1, siblings: siblings.length, hasChildren, isExpanded })
      if (isExpanded) add(run.number, level + 1)
    }
  }
  add(null, 1)
  return rows
}

/** The effect of a key in a tree: another row becomes active, or a run is expanded or collapsed. */
export type TreeMove = { kind: 'go'; row: number } | { kind: 'expand' | 'collapse'; run: number }

/** Returns the effect of a key, or null if it has none. */
export function moveInTree(key: string, rows: readonly TreeRow[], active: number): TreeMove | null {
  const row = rows[active]
  if (row === undefined) return null
  const go = (to: number): TreeMove | null => (to >= 0 && to < rows.length && to !== active ? { kind: 'go', row: to } : null)
  switch (key) {
    case 'ArrowUp':
      return go(active - 1)
    case 'ArrowDown':
      return go(active + 1)
    case 'Home':
      return go(0)
    case 'End':
      return go(rows.length - 1)
    case 'ArrowRight':
      if (!row.hasChildren) return null
      return row.isExpanded ? go(active + 1) : { kind: 'expand', run: row.run.number }
    case 'ArrowLeft':
      return row.isExpanded ? { kind: 'collapse', run: row.run.number } : go(parentRow(rows, active))
    default:
      return null
  }
}

function parentRow(rows: readonly TreeRow[], of: number): number {
  const level = rows[of]?.level ?? 1
  return rows.findLastIndex((row, index) => index < of && row.level < level)
}
