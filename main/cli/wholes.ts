import { InvalidArgumentError } from 'commander'

/** Returns a parser for an option that is a whole number of at least this value. */
export const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const value = Number(text.replaceAll('_', ''))
    if (!Number.isInteger(value) || value < least) throw new InvalidArgumentError(`Expected a whole number of at least ${least}.`)
    return value
  }
