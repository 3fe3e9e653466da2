import type { Ownership, TableDefinition } from '../contract/tables.ts'

/** What is known about a standard table without having its definition. */
export interface StandardTable {
  ownership: Ownership
  primaryName: string | null
  isActivity: boolean
}

/** Ownership and primary name of standard tables. Source: table reference pages; inferred where a table has none. */
const STANDARD_TABLES: Record<string, StandardTable> = {
  ...named('UserOwned', 'name', 'account opportunity quote salesorder invoice campaign connection goal entitlement bookableresource'),
  ...named('UserOwned', 'name', 'socialprofile workflow sla slakpiinstance sharepointdocumentlocation sharepointsite feedback'),
  ...named('UserOwned', 'name', 'processsession asyncoperation duplicaterule connectionreference customeropportunityrole'),
  ...named('UserOwned', 'fullname', 'contact lead'),
  ...named('UserOwned', 'title', 'incident contract knowledgearticle actioncard'),
  ...named('UserOwned', 'subject', 'annotation'),
  ...named('UserOwned', 'listname', 'list'),
  ...named(
    'OrganizationOwned',
    'name',
    'organization product pricelevel competitor competitoraddress discounttype uom uomschedule resource',
  ),
  ...named('OrganizationOwned', 'name', 'connectionrole site service salesliterature teamtemplate leadaddress customeraddress'),
  ...named('OrganizationOwned', 'name', 'equipment mobileofflineprofile processtrigger knowledgebaserecord'),
  ...named('OrganizationOwned', 'title', 'queueitem subject kbarticle contractdetail'),
  ...named('OrganizationOwned', 'currencyname', 'transactioncurrency'),
  ...named('OrganizationOwned', 'stagename', 'processstage'),
  ...named('OrganizationOwned', null, 'opportunityproduct quotedetail salesorderdetail invoicedetail postfollow knowledgearticleincident'),
  ...named('OrganizationOwned', null, 'customerrelationship interactionforemail'),
  ...named('UserOwned', 'name', 'queue mailbox'),
  ...named('None', 'name', 'owner principalobjectattributeaccess duplicaterecord bulkdeletefailure fileattachment userentityinstancedata'),
  ...named('None', 'partyidname', 'activityparty'),
  ...named('BusinessOwned', 'fullname', 'systemuser'),
  ...named('BusinessOwned', 'name', 'team businessunit role calendar'),
  ...activities('task email phonecall appointment letter fax recurringappointmentmaster serviceappointment socialactivity activitypointer'),
  ...activities('campaignactivity campaignresponse bulkoperation opportunityclose quoteclose orderclose incidentresolution'),
}

function named(ownership: Ownership, primaryName: string | null, tables: string): Record<string, StandardTable> {
  return Object.fromEntries(tables.split(' ').map((table) => [table, { ownership, primaryName, isActivity: false }]))
}

function activities(tables: string): Record<string, StandardTable> {
  return Object.fromEntries(
    tables.split(' ').map((table) => [table, { ownership: 'UserOwned' as const, primaryName: 'subject', isActivity: true }]),
  )
}

/** Names of the tables whose platform's definition is known. */
export const STANDARD_TABLE_NAMES: readonly string[] = Object.keys(STANDARD_TABLES).sort()

export const standardTable = (logicalName: string): StandardTable | undefined =>
  Object.hasOwn(STANDARD_TABLES, logicalName) ? STANDARD_TABLES[logicalName] : undefined

const ACTIVE_STATES: Record<string, number> = {
  quote: 1,
  contract: 2,
  appointment: 3,
  serviceappointment: 3,
  recurringappointmentmaster: 3,
}

/** Returns the state code that counts as active for Cascade Active. Source: dataverse reference, section 6.1. */
export const activeStateOf = (logicalName: string): number =>
  Object.hasOwn(ACTIVE_STATES, logicalName) ? (ACTIVE_STATES[logicalName] ?? 0) : 0

/** Status reasons for active and inactive, for tables that define none. */
const DEFAULT_STATUS: Record<number, number> = { 0: 1, 1: 2 }

/** Returns the status reason that a record gets with a state: the one that the model states, else the first of that state. */
export function defaultStatusOf({ columns }: TableDefinition, statecode: number): number {
  const optionsOf = (name: string) => columns.find(({ logicalName }) => logicalName === name)?.options ?? []
  const stated = optionsOf('statecode').find(({ value }) => value === statecode)?.defaultStatus
  return stated ?? optionsOf('statuscode').find(({ state }) => state === statecode)?.value ?? DEFAULT_STATUS[statecode] ?? 1
}

/** State and status reason of merged rows where they are not just inactive: a case is canceled, a lead disqualified. */
const MERGED_STATES: Record<string, { statecode: number; statuscode: number }> = {
  incident: { statecode: 2, statuscode: 2000 },
  lead: { statecode: 2, statuscode: 7 },
}

/**
 * Returns state and status reason of a merged subordinate: inactive, as for accounts and contacts; for a table whose active
 * state is 1, state 0. The status reasons of cases and leads are our readings. Source: dataverse reference, section 3.3.
 */
export function mergedState({ logicalName, activeState }: TableDefinition): { statecode: number; statuscode: number } {
  const known = Object.hasOwn(MERGED_STATES, logicalName) ? MERGED_STATES[logicalName] : undefined
  return known ?? (activeState === 1 ? { statecode: 0, statuscode: 1 } : { statecode: 1, statuscode: 2 })
}

const MERGEABLE = new Set(['account', 'contact', 'lead', 'incident'])

/** Returns whether rows of a standard table can be merged. Source: dataverse reference, section 3.1. */
export const isMergeableByDefault = (logicalName: string): boolean => MERGEABLE.has(logicalName)

/** Returns the primary key's name of a table without a definition. Source: import formats, section 8. */
export function primaryIdOf(logicalName: string, isActivity: boolean): string {
  if (isActivity || standardTable(logicalName)?.isActivity) return 'activityid'
  return `${logicalName}id`
}

/**
 * Returns the ownership of a table without a definition: as documented for standard tables, user-owned for all others, like five of
 * six tables of real solutions.
 */
export const ownershipOfStub = (logicalName: string): Ownership => standardTable(logicalName)?.ownership ?? 'UserOwned'

/** Returns the name column of a table without a definition. */
export function primaryNameOfStub(logicalName: string): string | null {
  const known = standardTable(logicalName)
  return known ? known.primaryName : 'name'
}
