import { didYouMean, listed } from '#engine/model/nearest'
import {
  type DetailName,
  type Details,
  ENTITIES,
  type Entity,
  findColumn,
  keptValue,
  type Value,
  type Values,
} from '../commerce/model/columns.ts'
import type { WrittenValues } from './format/records.ts'
import { invalid, type Position } from './scenario-error.ts'
import { choice, dictionaryOf, expected, fields, flag, listOf, mappingOf, type Shape, word } from './shape.ts'
import type { SourceNode } from './source.ts'

/** Returns the column of a staging table that a file means. @throws ScenarioError with the nearest column */
export function readColumn(entity: Entity, name: string, at: Position, further: readonly string[] = []): string {
  const column = findColumn(entity, name)
  if (column !== undefined) return column
  const names = [...further, ...entity.columns, ...Object.keys(entity.aliases)].map((each) => each.toLowerCase())
  throw invalid(`${entity.table} has no column "${name}".${didYouMean(name.toLowerCase(), names)} Columns: ${listed(names)}.`, at)
}

export function readValue(entity: Entity, column: string, node: SourceNode): Value {
  if (node.kind !== 'scalar') throw expected(`a value for ${column.toLowerCase()}`, node)
  const value = keptValue(entity, column, node.value, node.text)
  if (entity.numbers.has(column) && typeof value === 'string') throw expected(`a number for ${column.toLowerCase()}`, node)
  return value
}

/** Reads values by column. @throws ScenarioError for an unknown column, and for one that is given twice */
export function readValues(entity: Entity, written: WrittenValues, further: readonly string[] = []): Values {
  const values: Values = {}
  for (const { name, nameAt, value } of written) {
    const column = readColumn(entity, name, nameAt, further)
    if (Object.hasOwn(values, column)) throw invalid(`The column ${column.toLowerCase()} is given twice.`, nameAt)
    values[column] = readValue(entity, column, value)
  }
  return values
}

const contactShape = fields(
  'a contact',
  { type: choice('phone', 'email', 'url'), value: word('a phone number, an e-mail address or a URL') },
  { id: word('an alias'), primary: flag, extension: word('an extension'), consent: flag },
)

/** Reads a list of contacts by their ids. One without an id is told by what it says. */
export function readContacts(node: SourceNode): Record<string, Values> {
  const contacts: Record<string, Values> = {}
  listOf(
    'contacts',
    contactShape,
  )(node).forEach(({ id, type, value, primary = false, extension, consent }, index) => {
    const key = id ?? `${type} ${value}`
    if (Object.hasOwn(contacts, key)) throw invalid(`There are two contacts "${key}".`, itemAt(node, index))
    contacts[key] = {
      CONTACTID: key,
      TYPE: type,
      VALUE: value,
      ISPRIMARY: primary ? 1 : 0,
      ...(extension === undefined ? {} : { EXTENSION: extension }),
      ...(consent === undefined ? {} : { CONSENT: consent ? 1 : 0 }),
    }
  })
  return contacts
}

const itemAt = (node: SourceNode, index: number): Position => (node.kind === 'list' ? (node.items[index]?.at ?? node.at) : node.at)

/** Reads a list of affiliations by their names. */
export function readAffiliations(node: SourceNode): Record<string, Values> {
  const affiliations: Record<string, Values> = {}
  listOf(
    'affiliations',
    word('an affiliation'),
  )(node).forEach((name, index) => {
    if (Object.hasOwn(affiliations, name)) throw invalid(`The affiliation "${name}" is given twice.`, itemAt(node, index))
    affiliations[name] = { AFFILIATION: name }
  })
  return affiliations
}

const attributesShape = dictionaryOf('attribute: value', (node) => node)

/** Reads a mapping of attributes to values. */
export const readAttributes = (node: SourceNode): Record<string, Values> =>
  Object.fromEntries(
    attributesShape(node).map(({ name, value }) => [
      name,
      { ATTRIBUTERECID: name, ATTRIBUTEVALUESTRING: readValue(ENTITIES.attribute, 'ATTRIBUTEVALUESTRING', value) },
    ]),
  )

const addressesShape = dictionaryOf('address: its columns', (node) => mappingOf('the columns of an address', node))

const readAddresses = (node: SourceNode): Record<string, Values> =>
  Object.fromEntries(
    addressesShape(node).map(({ name, value }) => {
      const written = value.entries.map(({ key, keyAt, value: inner }) => ({ name: key, nameAt: keyAt, value: inner }))
      return [name, { ...readValues(ENTITIES.address, written), ADDRESSID: name }]
    }),
  )

/** Lists that a new customer can bring along, beside its columns. */
const LISTS: Readonly<Record<string, { detail: DetailName; read: (node: SourceNode) => Record<string, Values> }>> = {
  contacts: { detail: 'contact', read: readContacts },
  affiliations: { detail: 'affiliation', read: readAffiliations },
  attributes: { detail: 'attribute', read: readAttributes },
  addresses: { detail: 'address', read: readAddresses },
}

/** Reads a whole customer: its columns, and lists of what hangs from it. */
export function readCustomer(written: WrittenValues): { values: Values; details: Partial<Details> } {
  const details: Partial<Details> = {}
  for (const { name, value } of written) {
    const list = LISTS[name.toLowerCase()]
    if (list !== undefined) details[list.detail] = list.read(value)
  }
  const columns = written.filter(({ name }) => LISTS[name.toLowerCase()] === undefined)
  return { values: readValues(ENTITIES.customer, columns, Object.keys(LISTS)), details }
}

/** The shape of a list or mapping that a later check reads. */
export const anyNode: Shape<SourceNode> = (node) => node
