import { commerceText } from '#text/english/commerce'
import { findAddressProblem, LONGEST_ADDRESS, LONGEST_COUNTY, LONGEST_STREET } from '../model/address.ts'
import type { Values } from '../model/columns.ts'
import { refused } from '../refused.ts'

/** Checks what a channel checks of an address. @throws COMMERCE_REFUSED */
export function checkAddress(values: Values): void {
  switch (findAddressProblem(values)) {
    case 'empty':
      throw refused(commerceText.emptyAddress)
    case 'StreetLengthExceeded':
      throw refused(commerceText.StreetLengthExceeded({ most: LONGEST_STREET }))
    case 'CountyLengthExceeded':
      throw refused(commerceText.CountyLengthExceeded({ most: LONGEST_COUNTY }))
    case 'AddressLengthExceeded':
      throw refused(commerceText.AddressLengthExceeded({ most: LONGEST_ADDRESS }))
  }
}
