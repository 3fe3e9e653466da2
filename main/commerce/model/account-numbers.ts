/** A number sequence: the text around its digits, how many there are, and the number before the next one. */
interface Sequence {
  before: string
  after: string
  digits: number
  last: number
}

/** The longest run of digits or number signs at the end: `C-000000`, `C-######`. */
const SEQUENCE = /^(.*?)([0-9]+|#+)([^0-9#]*)$/

/** Longer runs would not be exact numbers. */
const MOST_DIGITS = 15

/** Reads a number sequence; `undefined` for a text without digits. */
export function readSequence(text: string): Sequence | undefined {
  const [, before, run, after] = SEQUENCE.exec(text) ?? []
  if (before === undefined || run === undefined || after === undefined || run.length > MOST_DIGITS) return undefined
  return { before, after, digits: run.length, last: run.startsWith('#') ? 0 : Number(run) }
}

/** Returns the account number for the n-th number that is taken, from 1; `undefined` where the sequence has no number left. */
export function accountNumber({ before, after, digits, last }: Sequence, taken: number): string | undefined {
  const number = last + taken
  return number >= 10 ** digits ? undefined : `${before}${String(number).padStart(digits, '0')}${after}`
}
