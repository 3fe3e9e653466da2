import { invalid, type Located } from '../scenario-error.ts'
import { dictionaryOf, expected, fields, listOf, located, mappingOf, type Named, type Shape, text, wholeNumber, word } from '../shape.ts'
import type { SourceNode } from '../source.ts'
import { isGuid, normalId } from './names-in-text.ts'

/** Values by column, as written; they are read by the column's type. */
export type WrittenValues = Named<SourceNode>[]
export const writtenValues: Shape<WrittenValues> = dictionaryOf('column: value', (node) => node)

export interface WrittenRow {
  id: Located<string>
  values: WrittenValues
}

const alias = word('an alias or a GUID')

/** An alias of a record: no slash, because `table/id` is how it is named elsewhere. */
export const aliasShape: Shape<Located<string>> = (node) => {
  const id = alias(node)
  if (id.includes('/')) throw expected('an alias without "/", or a GUID', node)
  return { value: normalId(id), at: node.at }
}

const row: Shape<WrittenRow> = (node) => {
  const { entries } = mappingOf('a record', node)
  const id = entries.find((entry) => entry.key === 'id')
  if (id === undefined) throw invalid('Key "id" is missing in a record.', node.at)
  return { id: aliasShape(id.value), values: writtenValues(node).filter(({ name }) => name !== 'id') }
}

export const recordsShape = dictionaryOf('tables with their records', listOf('records', row))
export type RecordsSection = ReturnType<typeof recordsShape>

const MAX_ROWS = 5_000_000
const rows = located(wholeNumber(1, MAX_ROWS))

const ruleFields = fields(
  'a generate rule',
  { table: located(text('a table')), id: aliasShape },
  {
    count: rows,
    per: located(text('a table')),
    attribute: located(text('a lookup column')),
    where: located(writtenValues),
    chain: rows,
    set: writtenValues,
  },
)
export type GenerateEntry = ReturnType<typeof ruleFields>

/** The three kinds of rule: a number of rows, a number for each parent, or a chain. */
const generateRule: Shape<GenerateEntry> = (node) => {
  const rule = ruleFields(node)
  if (isGuid(rule.id.value)) throw invalid('The id of a generate rule is the beginning of its aliases, not a GUID.', rule.id.at)
  if (rule.chain !== undefined) {
    if (rule.per !== undefined) throw invalid('A rule has either "chain" or "per", not both.', rule.per.at)
    if (rule.count !== undefined) throw invalid('A rule has either "chain" or "count", not both.', rule.count.at)
  } else if (rule.per === undefined && rule.count === undefined) {
    throw invalid('Key "count" is missing in a generate rule (or "chain", or "per").', node.at)
  }
  const linked = rule.chain !== undefined || rule.per !== undefined
  if (linked && rule.attribute === undefined)
    throw invalid('Key "attribute" is missing in a generate rule: the lookup that links the rows.', node.at)
  if (!linked && rule.attribute !== undefined) throw invalid('"attribute" needs "per" or "chain" beside it.', rule.attribute.at)
  if (rule.where !== undefined && rule.per === undefined)
    throw invalid('"where" needs "per" beside it: it chooses among the parents.', rule.where.at)
  return rule
}

export const generateShape = listOf('generate rules', generateRule)
