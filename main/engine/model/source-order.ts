import type { SourceIdentity } from '../contract/tables.ts'
import { SOURCE_KINDS } from '../contract/tables.ts'

/** As on the platform, an unmanaged solution lies above managed ones. */
const LAYERS = ['managed', 'both', 'unmanaged', null] as const

/**
 * Compares two sources: what the later one states counts where they contradict each other. The order is that of their kinds, then of managed
 * and unmanaged solutions, then of their names, then of their versions, so that it does not depend on when they came.
 */
export function compareSources(a: SourceIdentity, b: SourceIdentity): number {
  return (
    SOURCE_KINDS.indexOf(a.kind) - SOURCE_KINDS.indexOf(b.kind) ||
    LAYERS.indexOf(a.managed) - LAYERS.indexOf(b.managed) ||
    compareTexts(a.name.toLowerCase(), b.name.toLowerCase()) ||
    compareVersions(a.version ?? '', b.version ?? '') ||
    compareTexts(a.place, b.place)
  )
}

/** Returns the name under which a source is kept: equal for two imports of the same source. */
export const sourceKey = ({ kind, name, version, managed, place }: SourceIdentity): string =>
  JSON.stringify([kind, name.toLowerCase(), version, managed, place])

const compareTexts = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** Compares versions number by number: 1.10 is later than 1.9. */
function compareVersions(a: string, b: string): number {
  const [first, second] = [a, b].map((version) => version.split('.').map(Number))
  for (let index = 0; index < Math.max(first?.length ?? 0, second?.length ?? 0); index++) {
    const difference = (first?.[index] ?? 0) - (second?.[index] ?? 0)
    if (difference !== 0 && !Number.isNaN(difference)) return difference
  }
  return compareTexts(a, b)
}
