import type { ColumnDefinition, Ownership } from '#engine/contract/tables'
import { findingText } from '#text/english/findings'
import type { ReadTable } from '../model/read-model.ts'
import type { Findings } from '../report/findings.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { childrenOf, descendant, textOf } from '../xml/xml-element.ts'
import { readColumn } from './read-column.ts'

/** The elements of a table that are read. Forms, views and ribbons, most of a file, are skipped. */
export const TABLE_ELEMENTS: ReadonlySet<string> = new Set(
  `Name EntityInfo entity LocalizedNames LocalizedName OwnershipTypeMask IsActivity attributes attribute Type LogicalName
  RequiredLevel MaxLength DisplayMask SourceType OptionSetName optionset states state statuses status options option labels label
  displaynames displayname DataProviderId ExternalName IsBPFEntity`.split(/\s+/),
)

const OWNERSHIP = new Map<string, Ownership>([
  ['userowned', 'UserOwned'],
  ['orgowned', 'OrganizationOwned'],
  ['organizationowned', 'OrganizationOwned'],
  ['businessowned', 'BusinessOwned'],
  ['businessparented', 'BusinessOwned'],
  ['teamowned', 'UserOwned'],
  ['unowned', 'None'],
  ['none', 'None'],
])

/** Returns the strongest ownership among the words. */
export function ownershipOf(words: string | undefined): Ownership | null {
  const found = (words ?? '').split(',').map((word) => OWNERSHIP.get(word.trim().toLowerCase()))
  return found.find((ownership) => ownership === 'UserOwned') ?? found.find((ownership) => ownership !== undefined) ?? null
}

/** Reads an `Entity` element and calls `needOptions` for columns whose options are defined elsewhere. Source: import formats, section 3.1. */
export function readTable(
  element: XmlElement,
  location: string,
  findings: Findings,
  needOptions: (globalOptionSet: string, column: ColumnDefinition) => void,
): ReadTable | undefined {
  const info = descendant(element, 'EntityInfo', 'entity')
  const schemaName = textOf(element, 'Name') ?? info?.attributes.Name
  if (!schemaName) {
    findings.add('skipped', findingText.tableUnnamed, location)
    return undefined
  }
  const logicalName = schemaName.toLowerCase()
  const read = childrenOf(descendant(info, 'attributes'), 'attribute').flatMap(
    (attribute) => readColumn(attribute, logicalName, findings) ?? [],
  )
  for (const { column, globalOptionSet } of read) if (globalOptionSet) needOptions(globalOptionSet, column)
  const columns = read.map(({ column }) => column)
  const primaryId = read.find(({ isPrimaryId }) => isPrimaryId)?.column.logicalName ?? null
  const hasOwner = columns.some(({ type }) => type === 'Owner')
  if (descendant(info, 'DataProviderId') ?? descendant(info, 'ExternalName')) findings.add('note', findingText.virtualTable, logicalName)
  return {
    logicalName,
    schemaName,
    displayName:
      descendant(info, 'LocalizedNames', 'LocalizedName')?.attributes.description ?? element.children[0]?.attributes.LocalizedName ?? null,
    ownership: ownershipOf(textOf(info, 'OwnershipTypeMask')) ?? (hasOwner ? 'UserOwned' : null),
    primaryId,
    primaryName: read.find(({ isPrimaryName }) => isPrimaryName)?.column.logicalName ?? null,
    isActivity: textOf(info, 'IsActivity') === undefined ? null : isYes(textOf(info, 'IsActivity')),
    columns,
    extent: primaryId === null ? 'part' : 'whole',
  }
}

export const isYes = (text: string | undefined): boolean => text === '1' || text?.toLowerCase() === 'true'
