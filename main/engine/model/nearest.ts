import { closest, distance } from 'fastest-levenshtein'

/** The candidate that somebody who wrote this probably meant, if any is near. */
export function nearest(written: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined
  const best = closest(
    written.toLowerCase(),
    candidates.map((candidate) => candidate.toLowerCase()),
  )
  const found = candidates.find((candidate) => candidate.toLowerCase() === best)
  return distance(written.toLowerCase(), best) <= Math.max(2, Math.ceil(written.length / 2)) ? found : undefined
}

/** ` Did you mean "account"?`, or nothing. */
export function didYouMean(written: string, candidates: readonly string[]): string {
  const found = nearest(written, candidates)
  return found === undefined ? '' : ` Did you mean "${found}"?`
}

const LISTED = 30

/** The candidates for a message, cut where they are many. */
export const listed = (candidates: readonly string[]): string =>
  candidates.length <= LISTED ? candidates.join(', ') : `${candidates.slice(0, LISTED).join(', ')}, …`
