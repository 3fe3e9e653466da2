import { CASCADE_TYPES, type CascadeAction, type OptionDefinition, OWNERSHIPS } from '#engine/contract/tables'
import { invalid, type Position } from '../scenario-error.ts'
import { choice, dictionaryOf, fields, flag, listOf, located, type Named, orEmpty, type Shape, text, wholeNumber } from '../shape.ts'
import { checkLogicalName } from './names-in-text.ts'

/** The actions that a scenario can configure; Archive is not among them. */
export const SCENARIO_ACTIONS = [
  'Assign',
  'Delete',
  'Merge',
  'Reparent',
  'Share',
  'Unshare',
  'RollupView',
] as const satisfies CascadeAction[]

export const BEHAVIORS = ['Parental', 'Referential', 'ReferentialRestrictDelete'] as const
export type Behavior = (typeof BEHAVIORS)[number]

/** Declared columns; lookups come from relationships. */
export const DECLARED_COLUMN_TYPES = ['String', 'Memo', 'Integer', 'Decimal', 'Money', 'Boolean', 'DateTime', 'Choice'] as const

const cascadeType = located(choice(...CASCADE_TYPES))

/** Some of the seven actions, each with its type. */
export const cascadeShape = fields(
  'a cascade configuration',
  {},
  {
    Assign: cascadeType,
    Delete: cascadeType,
    Merge: cascadeType,
    Reparent: cascadeType,
    Share: cascadeType,
    Unshare: cascadeType,
    RollupView: cascadeType,
  },
)
export type DeclaredCascade = ReturnType<typeof cascadeShape>

const columnType = choice(...DECLARED_COLUMN_TYPES)

/** The greatest length of a text column of the platform. */
const MOST_CHARACTERS = 1_048_576

const columnFields = fields(
  'a column',
  { type: columnType },
  {
    required: flag,
    maxLength: located(wholeNumber(1, MOST_CHARACTERS)),
    options: located(dictionaryOf('number: label', text('a label'))),
  },
)

/** A column as a file declares it: its type alone, or what it takes besides. */
export interface DeclaredColumn {
  type: (typeof DECLARED_COLUMN_TYPES)[number]
  required?: boolean
  maxLength?: number
  options?: OptionDefinition[]
}

const column: Shape<DeclaredColumn> = (node) => {
  if (node.kind === 'scalar') return { type: columnType(node) }
  const { type, required, maxLength, options } = columnFields(node)
  if (maxLength !== undefined && type !== 'String' && type !== 'Memo')
    throw invalid(`"maxLength" is for String and Memo, and this column is ${type}.`, maxLength.at)
  if (options !== undefined && type !== 'Choice') throw invalid(`"options" are for Choice, and this column is ${type}.`, options.at)
  return {
    type,
    ...(required === undefined ? {} : { required }),
    ...(maxLength === undefined ? {} : { maxLength: maxLength.value }),
    ...(options === undefined ? {} : { options: options.value.map(optionOf) }),
  }
}

function optionOf({ name, nameAt, value }: Named<string>): OptionDefinition {
  if (!/^-?\d{1,10}$/.test(name)) throw invalid(`An option is a whole number with its label, as 1: New; found "${name}".`, nameAt)
  return { value: Number(name), label: value }
}

const table = orEmpty(
  fields(
    'a table',
    {},
    {
      ownership: choice(...OWNERSHIPS),
      mergeable: flag,
      activeState: wholeNumber(0),
      primaryName: located(text('a column name')),
      columns: dictionaryOf('columns', column),
    },
  ),
)
export type DeclaredTable = Named<ReturnType<typeof table>>

const relationshipFields = fields(
  'a relationship',
  {
    name: located(text('a name')),
    referenced: located(text('a table')),
    referencing: located(text('a table')),
    attribute: located(text('a column name')),
  },
  { behavior: located(choice(...BEHAVIORS)), cascade: located(cascadeShape), required: flag },
)
export type DeclaredRelationship = ReturnType<typeof relationshipFields> & { at: Position }

const relationship: Shape<DeclaredRelationship> = (node) => {
  const read = relationshipFields(node)
  if (read.behavior !== undefined && read.cascade !== undefined)
    throw invalid('A relationship has either "behavior" or "cascade", not both.', read.cascade.at)
  checkLogicalName('column', read.attribute.value, read.attribute.at)
  return { ...read, at: node.at }
}

const manyToMany = fields(
  'an N:N relationship',
  { name: located(text('a name')), table1: located(text('a table')), table2: located(text('a table')) },
  {},
)
export type DeclaredManyToMany = ReturnType<typeof manyToMany>

const model = fields(
  'the model',
  {},
  {
    import: located(text('a path')),
    standard: listOf('standard tables', located(text('a table'))),
    tables: dictionaryOf('tables', table),
    manyToMany: listOf('N:N relationships', manyToMany),
    relationships: listOf('relationships', relationship),
  },
)
export type ModelSection = ReturnType<typeof model>

export const modelShape: Shape<ModelSection> = (node) => {
  const read = model(node)
  for (const { name, nameAt, value } of read.tables ?? []) {
    checkLogicalName('table', name, nameAt)
    if (value.primaryName !== undefined) checkLogicalName('column', value.primaryName.value, value.primaryName.at)
    for (const column of value.columns ?? []) checkLogicalName('column', column.name, column.nameAt)
  }
  return read
}
