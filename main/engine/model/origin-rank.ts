import type { Origin } from '../contract/tables.ts'

/** How much a definition's word counts. Ours (`system`) is never changed from outside. */
const RANK: Record<Origin, number> = { stub: 0, standard: 1, imported: 2, declared: 2, system: 3 }

export const outranks = (origin: Origin, other: Origin): boolean => RANK[origin] > RANK[other]
