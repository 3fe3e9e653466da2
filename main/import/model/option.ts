import type { OptionDefinition } from '#engine/contract/tables'

type OptionNumber = 'state' | 'defaultStatus'

/** Returns a number that a source states of an option, under its name, or nothing where it is missing or no whole number. */
export const optionNumber = (name: OptionNumber, word: string | undefined): Partial<Pick<OptionDefinition, OptionNumber>> =>
  word !== undefined && word.trim() !== '' && Number.isInteger(Number(word)) ? { [name]: Number(word) } : {}
