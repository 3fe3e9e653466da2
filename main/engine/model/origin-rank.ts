import type { Origin } from '../contract/tables.ts'

/** The rank of a definition by its origin; higher ones win. `system` definitions are never changed by a merge. */
const RANK: Record<Origin, number> = { stub: 0, standard: 1, imported: 2, declared: 2, system: 3 }

export const outranks = (origin: Origin, other: Origin): boolean => RANK[origin] > RANK[other]
