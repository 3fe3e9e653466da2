import { MESSAGES, STAGES } from '#engine/contract/messages'
import type { StepWords } from './plugin-words.ts'

/** Sorts steps by message and table, then by execution, asynchronous ones last. */
export const inOrder = <S extends StepWords>(steps: readonly S[]): S[] => steps.toSorted((a, b) => compare(placeOf(a), placeOf(b)))

const placeOf = ({ message, table, stage, mode, rank, ordinal }: StepWords): (string | number)[] => [
  MESSAGES.indexOf(message),
  table ?? '',
  mode === 'Async' ? 1 : 0,
  STAGES.indexOf(stage),
  rank,
  ordinal,
]

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? 0
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}
