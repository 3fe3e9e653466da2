import { inputInvalid } from '#engine/contract/errors'
import type { CommerceSetUp } from '../commerce/headquarters/set-up.ts'
import { CommerceNames } from './commerce-names.ts'
import { prepareCommerce } from './commerce-section.ts'
import { commerceShape } from './format/commerce.ts'
import { ScenarioError } from './scenario-error.ts'
import { entryOf } from './shape.ts'
import { readSource } from './source.ts'

/** Reads channels, features and customers from a file that holds the section `commerce` of a scenario, or a whole scenario. @throws INPUT_INVALID */
export function readCommerceFile(text: string, file: string): CommerceSetUp {
  try {
    const source = readSource(text)
    return prepareCommerce(commerceShape(entryOf(source, 'commerce')?.value ?? source), new CommerceNames())
  } catch (error) {
    if (error instanceof ScenarioError)
      throw inputInvalid(`${file}:${error.at.line}:${error.at.column}: ${error.message}`, { file, ...error.at })
    throw error
  }
}
