import {
  CASCADE_ACTIONS,
  type CascadeAction,
  type CascadeConfiguration,
  type ColumnDefinition,
  type ManyToManyDefinition,
  type ModelDefinition,
  type RelationshipDefinition,
  type TableDefinition,
} from '#engine/contract/tables'
import { designViolations } from '#engine/model/design-rules'
import { mergeModels } from '#engine/model/merge-models'
import { didYouMean, listed } from '#engine/model/nearest'
import { relationshipKind } from '#engine/model/relationship-kinds'
import { standardModel } from '#engine/model/standard/standard-model'
import { column, completeTable, NO_CASCADE, SYSTEM_MODEL } from '#engine/model/system-model'
import { activeStateOf, isMergeableByDefault, primaryIdOf, STANDARD_TABLE_NAMES } from '#engine/model/table-defaults'
import { inEnglish } from '#text/english'
import { originText } from '#text/english/origins'
import type { Behavior, DeclaredColumn, DeclaredRelationship, DeclaredTable, ModelSection } from './format/model.ts'
import { checkLogicalName } from './format/names-in-text.ts'
import { invalid, type Located, type Position, ScenarioError } from './scenario-error.ts'

/**
 * Returns the imported model, which has at least the system tables, with the tables and relationships that a file declares.
 * @throws ScenarioError for names that do not match and for broken design-time rules, with the platform's code.
 */
export function declareModel(section: ModelSection, imported: ModelDefinition): ModelDefinition {
  const standard = standardOf(section)
  const given = mergeModels(imported, standard).model
  const tables = new Map(given.tables.map((table) => [table.logicalName, table]))
  const changed = new Map<string, TableDefinition>()
  const put = (table: TableDefinition) => {
    tables.set(table.logicalName, table)
    changed.set(table.logicalName, table)
  }
  for (const declared of section.tables ?? []) put(declareTable(declared, tables.get(declared.name)))
  const relationships: RelationshipDefinition[] = []
  for (const declared of section.relationships ?? []) {
    const relationship = declareRelationship(declared, tables, relationships)
    const child = tables.get(relationship.referencing)
    if (child !== undefined) put(withLookup(child, declared))
    relationships.push(relationship)
  }
  // A later relationship may say of the same lookup that it cannot be empty.
  section.relationships?.forEach((declared, index) => {
    const before = {
      tables: [...tables.values()],
      relationships: overlaid(given.relationships, relationships.slice(0, index + 1)),
      manyToMany: [],
    }
    const broken = designViolations(before, relationships[index] as RelationshipDefinition)[0]
    if (broken !== undefined)
      throw new ScenarioError(broken.platform, `${inEnglish(broken.message)} (${broken.rule})`, placeOf(declared, broken.action))
  })
  return {
    tables: [...standard.tables.filter(({ logicalName }) => !changed.has(logicalName)), ...changed.values()],
    relationships: overlaid(standard.relationships, relationships),
    manyToMany: declareManyToMany(
      section,
      { ...imported, manyToMany: [...imported.manyToMany, ...standard.manyToMany] },
      tables,
      relationships,
    ),
  }
}

/** Returns the platform's own tables that a file names. @throws ScenarioError for a name that is not known */
function standardOf({ standard = [] }: ModelSection): ModelDefinition {
  for (const { value, at } of standard)
    if (!STANDARD_TABLE_NAMES.includes(value))
      throw invalid(
        `"${value}" is no standard table that is known.${didYouMean(value, STANDARD_TABLE_NAMES)} Known: ${listed(STANDARD_TABLE_NAMES)}.`,
        at,
      )
  return standardModel(standard.map(({ value }) => value))
}

/** Returns the given relationships; a declared one replaces that of the same name, and a standard one that leads from the same column to the same table. */
function overlaid(given: RelationshipDefinition[], declared: RelationshipDefinition[]): RelationshipDefinition[] {
  const names = new Set(declared.map(({ schemaName }) => schemaName.toLowerCase()))
  const ends = new Set(declared.map(endsOf))
  const isReplaced = (each: RelationshipDefinition) =>
    names.has(each.schemaName.toLowerCase()) || (each.origin === 'standard' && ends.has(endsOf(each)))
  return [...given.filter((each) => !isReplaced(each)), ...declared]
}

const endsOf = ({ referenced, referencing, attribute }: RelationshipDefinition): string => `${referenced}>${referencing}.${attribute}`

const SYSTEM_TABLES = SYSTEM_MODEL.tables.map(({ logicalName }) => logicalName)

function declareTable({ name, nameAt, value }: DeclaredTable, known: TableDefinition | undefined): TableDefinition {
  if (SYSTEM_TABLES.includes(name)) throw invalid(`"${name}" is a table of every environment and cannot be declared.`, nameAt)
  const primaryName = value.primaryName?.value ?? known?.primaryName ?? 'name'
  const bare: TableDefinition = {
    logicalName: name,
    schemaName: known?.schemaName ?? name,
    displayName: known?.displayName ?? null,
    ownership: value.ownership ?? known?.ownership ?? 'UserOwned',
    mergeable: value.mergeable ?? known?.mergeable ?? isMergeableByDefault(name),
    activeState: value.activeState ?? known?.activeState ?? activeStateOf(name),
    primaryId: known?.primaryId ?? primaryIdOf(name, false),
    primaryName,
    isActivity: known?.isActivity ?? false,
    origin: 'declared',
    originNote: originText.scenario,
    columns: known?.columns ?? [],
  }
  const standard = completeTable({ ...bare, columns: [] }).columns
  const columns = [...bare.columns]
  for (const { name: columnName, nameAt: at, value: declared } of value.columns ?? []) {
    const given = standard.find(({ logicalName }) => logicalName === columnName)
    if (given !== undefined && given.type !== declared.type)
      throw invalid(`Every row of ${name} has a column "${columnName}" (${given.type}) already.`, at)
    const place = columns.findIndex(({ logicalName }) => logicalName === columnName)
    columns.splice(place === -1 ? columns.length : place, place === -1 ? 0 : 1, declareColumn(columnName, declared, columns[place]))
  }
  return completeTable({ ...bare, columns })
}

/** Returns the N:N relationships of a file. A name that is imported is declared anew; those of one file differ. */
function declareManyToMany(
  { manyToMany = [] }: ModelSection,
  imported: ModelDefinition,
  tables: ReadonlyMap<string, TableDefinition>,
  relationships: readonly RelationshipDefinition[],
): ManyToManyDefinition[] {
  const declared: ManyToManyDefinition[] = []
  const isNamed = (name: string) => (each: { schemaName: string }) => each.schemaName.toLowerCase() === name.toLowerCase()
  for (const { name, table1, table2 } of manyToMany) {
    const twin = [...declared, ...relationships, ...imported.relationships].find(isNamed(name.value))
    if (twin !== undefined) throw invalid(`There is a relationship "${twin.schemaName}" already.`, name.at)
    const known = imported.manyToMany.find(isNamed(name.value))
    const intersectTable = known?.intersectTable ?? name.value.toLowerCase()
    checkLogicalName('intersect table', intersectTable, name.at)
    const taken = [...declared, ...imported.manyToMany].find((each) => each !== known && each.intersectTable === intersectTable)
    if (taken !== undefined || tables.has(intersectTable))
      throw invalid(`The intersect table of an N:N relationship has its name, and there is a table "${intersectTable}" already.`, name.at)
    declared.push({
      schemaName: name.value,
      intersectTable,
      firstTable: knownTable(table1, tables).logicalName,
      secondTable: knownTable(table2, tables).logicalName,
      origin: 'declared',
    })
  }
  return declared
}

/** Returns a declared column; what the file leaves out of an imported one stays. */
function declareColumn(name: string, { type, required, maxLength, options }: DeclaredColumn, known: ColumnDefinition | undefined) {
  const before = known ?? column(name, type)
  return {
    ...before,
    type,
    sourceType: null,
    requiredLevel: required === undefined ? before.requiredLevel : required ? ('Mandatory' as const) : ('None' as const),
    maxLength: maxLength ?? before.maxLength,
    options: options ?? before.options,
  }
}

function declareRelationship(
  declared: DeclaredRelationship,
  tables: ReadonlyMap<string, TableDefinition>,
  before: readonly RelationshipDefinition[],
): RelationshipDefinition {
  const parent = knownTable(declared.referenced, tables)
  const child = knownTable(declared.referencing, tables)
  const { value: attribute, at } = declared.attribute
  const twin = before.find(({ schemaName }) => schemaName.toLowerCase() === declared.name.value.toLowerCase())
  if (twin !== undefined) throw invalid(`There is a relationship "${twin.schemaName}" already.`, declared.name.at)
  const same = before.find(
    (other) => other.referenced === parent.logicalName && other.referencing === child.logicalName && other.attribute === attribute,
  )
  if (same !== undefined)
    throw invalid(`${child.logicalName}.${attribute} leads to ${parent.logicalName} by ${same.schemaName} already.`, at)
  return {
    schemaName: declared.name.value,
    referenced: parent.logicalName,
    referencing: child.logicalName,
    attribute,
    hierarchical: parent === child,
    cascade: cascadeOf(declared, parent),
    stated: [...CASCADE_ACTIONS],
    kind: relationshipKind(attribute, parent.logicalName),
    origin: 'declared',
    originNote: originText.scenario,
  }
}

function knownTable({ value, at }: Located<string>, tables: ReadonlyMap<string, TableDefinition>): TableDefinition {
  const table = tables.get(value)
  if (table !== undefined) return table
  const names = [...tables.keys()]
  throw invalid(`There is no table "${value}" in the model.${didYouMean(value, names)} Tables: ${listed(names)}.`, at)
}

/** Returns the child table with the lookup column, which is added if missing, and cannot be empty if the file says so. */
function withLookup(child: TableDefinition, { attribute, required }: DeclaredRelationship): TableDefinition {
  const existing = child.columns.find(({ logicalName }) => logicalName === attribute.value)
  if (existing !== undefined && existing.type !== 'Lookup' && existing.type !== 'Customer')
    throw invalid(`${child.logicalName}.${attribute.value} is a ${existing.type} column, so it cannot be a lookup.`, attribute.at)
  const before = existing ?? column(attribute.value, 'Lookup')
  const lookup = required === undefined ? before : { ...before, requiredLevel: required ? ('Mandatory' as const) : ('None' as const) }
  return { ...child, columns: existing ? child.columns.map((each) => (each === existing ? lookup : each)) : [...child.columns, lookup] }
}

const PRESETS: Record<Behavior, Partial<CascadeConfiguration>> = {
  Parental: { Assign: 'Cascade', Reparent: 'Cascade', Share: 'Cascade', Unshare: 'Cascade', Delete: 'Cascade' },
  Referential: { Delete: 'RemoveLink' },
  ReferentialRestrictDelete: { Delete: 'Restrict' },
}

function cascadeOf({ behavior, cascade }: DeclaredRelationship, parent: TableDefinition): CascadeConfiguration {
  const given = Object.fromEntries(Object.entries(cascade?.value ?? {}).map(([action, type]) => [action, type.value]))
  return {
    ...NO_CASCADE,
    Delete: 'RemoveLink',
    Merge: parent.mergeable ? 'Cascade' : 'NoCascade',
    ...(behavior === undefined ? {} : PRESETS[behavior.value]),
    ...given,
  }
}

function placeOf({ name, behavior, cascade }: DeclaredRelationship, action: CascadeAction | null): Position {
  const types: Partial<Record<string, Located<unknown>>> = cascade?.value ?? {}
  return (action === null ? undefined : types[action]?.at) ?? cascade?.at ?? behavior?.at ?? name.at
}
