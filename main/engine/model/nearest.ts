import { closest, distance } from 'fastest-levenshtein'

/** Longer words are nobody's misspelling, and comparing them takes long. */
const LONGEST_WORD = 200

/** Returns the candidate that was probably meant, if one is similar enough. */
export function nearest(written: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0 || written.length > LONGEST_WORD) return undefined
  const best = closest(
    written.toLowerCase(),
    candidates.map((candidate) => candidate.toLowerCase()),
  )
  const found = candidates.find((candidate) => candidate.toLowerCase() === best)
  return distance(written.toLowerCase(), best) <= Math.max(2, Math.ceil(written.length / 2)) ? found : undefined
}

/** Returns ` Did you mean "account"?`, or an empty text. */
export function didYouMean(written: string, candidates: readonly string[]): string {
  const found = nearest(written, candidates)
  return found === undefined ? '' : ` Did you mean "${found}"?`
}

const LISTED = 30

/** Lists candidates for a message, shortened if there are many. */
export const listed = (candidates: readonly string[]): string =>
  candidates.length <= LISTED ? candidates.join(', ') : `${candidates.slice(0, LISTED).join(', ')}, …`
