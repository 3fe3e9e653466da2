import { SYSTEM_MODEL } from '#engine/model/system-model'
import { parseScenario } from '../../../main/scenario/format/scenario.ts'
import { type PreparedScenario, prepareScenario } from '../../../main/scenario/prepare.ts'
import { ScenarioError } from '../../../main/scenario/scenario-error.ts'
import { readSource } from '../../../main/scenario/source.ts'

/** A scenario's text, read and checked as far as that goes without an environment. */
export const read = (text: string): PreparedScenario => prepareScenario(parseScenario(readSource(text)), SYSTEM_MODEL)

export interface Refusal {
  code: string
  message: string
  line: number
  column: number
}

/** Why a text is not a valid scenario. */
export function refusalOf(text: string): Refusal {
  try {
    read(text)
  } catch (error) {
    if (error instanceof ScenarioError) return { code: error.code, message: error.message, ...error.at }
    throw error
  }
  throw new Error('The scenario is valid, but should not be.')
}

/** A scenario of accounts and contacts, with these steps or further sections (at the left margin) added. */
export const withAccounts = (rest: string): string => `scenario: Accounts and contacts
model:
  tables: { account: { columns: { creditlimit: Money, opened: DateTime, vip: Boolean, size: Integer } }, contact: {}, region: { ownership: OrganizationOwned } }
  relationships:
    - { name: contact_customer_accounts, referenced: account, referencing: contact, attribute: parentcustomerid, behavior: Parental }
    - { name: account_parent_account, referenced: account, referencing: account, attribute: parentaccountid, behavior: Referential }
    - { name: contact_manager, referenced: contact, referencing: contact, attribute: managerid, behavior: Referential }
${rest.includes('\nsteps:') || rest.startsWith('steps:') ? rest : `${rest}\nsteps: []`}
`

/** Lines of `withAccounts` before what is added. */
export const LINES_BEFORE = 7
