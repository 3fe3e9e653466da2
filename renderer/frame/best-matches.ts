/** 3 equal, 2 begins with, 1 contains, 0 not at all. */
function fitOf(search: string, texts: readonly (string | null)[]): number {
  let best = 0
  for (const text of texts) {
    const place = text?.toLowerCase().indexOf(search) ?? -1
    if (place === 0) best = Math.max(best, text?.length === search.length ? 3 : 2)
    else if (place > 0) best = Math.max(best, 1)
  }
  return best
}

/** Returns the items whose texts match a search in lower case, best first. */
export function bestMatches<T>(items: readonly T[], search: string, textsOf: (item: T) => readonly (string | null)[], limit: number): T[] {
  return items
    .map((item) => ({ item, fit: fitOf(search, textsOf(item)) }))
    .filter((candidate) => candidate.fit > 0)
    .sort((a, b) => b.fit - a.fit)
    .slice(0, limit)
    .map((candidate) => candidate.item)
}
