import type { Values } from './columns.ts'

/** Lengths that the channel refuses. Source: reference, section 19, point 4. */
export const LONGEST_STREET = 250
export const LONGEST_ADDRESS = 250
export const LONGEST_COUNTY = 10

/** Why a channel refuses an address, under the platform's names where it has one. */
export type AddressProblem = 'StreetLengthExceeded' | 'AddressLengthExceeded' | 'CountyLengthExceeded' | 'empty'

/** The columns of which at least one must be filled. Source: reference, section 7. */
const FILLED = ['STREET', 'CITY', 'ZIP', 'COUNTY', 'COUNTRY', 'EMAIL', 'PHONE', 'URL', 'STREETNUMBER', 'DISTRICTNAME', 'BUILDINGCOMPLIMENT']

/** The parts of the full address, in the order in which it is written. */
const PARTS = ['STREET', 'STREETNUMBER', 'BUILDINGCOMPLIMENT', 'DISTRICTNAME', 'CITY', 'COUNTY', 'STATE', 'ZIP', 'COUNTRY']

const textOf = (values: Values, column: string): string => String(values[column] ?? '')

/** Returns why the channel does not accept an address; `undefined` if it does. */
export function findAddressProblem(values: Values): AddressProblem | undefined {
  if (FILLED.every((column) => textOf(values, column) === '')) return 'empty'
  if (textOf(values, 'STREET').length > LONGEST_STREET) return 'StreetLengthExceeded'
  if (textOf(values, 'COUNTY').length > LONGEST_COUNTY) return 'CountyLengthExceeded'
  return fullAddress(values).length > LONGEST_ADDRESS ? 'AddressLengthExceeded' : undefined
}

const fullAddress = (values: Values): string =>
  PARTS.map((column) => textOf(values, column))
    .filter((part) => part !== '')
    .join(' ')

/** Returns whether the batch job accepts an address: one with a zip or a county. */
export const hasRegion = (values: Values): boolean => textOf(values, 'ZIP') !== '' || textOf(values, 'COUNTY') !== ''
