import type { Row } from '#plugin-api'
import type { Settings } from './settings.ts'

/** Returns whether a record fails. Depends only on its id and its texts, so that each run gives the same result. */
export function isChosen({ records, names, rate, seed }: Settings, id: string, row: Row): boolean {
  if (records.includes(id)) return true
  if (names !== null && Object.values(row).some((value) => typeof value === 'string' && new RegExp(names, 'i').test(value))) return true
  return share(`${seed}${id}`) < rate
}

/** Hashes a text to a number from 0 to 1: FNV-1a, with its bits mixed once more. */
export function share(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000
}
