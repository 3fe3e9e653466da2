import type { ColumnDefinition, ModelDefinition, TableDefinition } from '#engine/model'
import { isLookupColumn } from '../model/column.ts'
import { fixedTargets } from '../model/fixed-targets.ts'
import type { Findings } from '../report/findings.ts'
import type { PlainValue } from '../values.ts'
import { guidOf, parseValue } from '../values.ts'
import type { CmtLink, CmtTableData, CmtValue } from './package-types.ts'

/** Data that is checked and only waits to be written: nothing in it can fail any more for what it is. */
export interface PreparedData {
  rows: PreparedRow[]
  links: PreparedLink[]
  /** `table guid` → the name that lookups gave it. */
  names: Map<string, string>
}

export interface PreparedRow {
  table: string
  guid: string
  values: Record<string, PlainValue>
  lookups: PreparedLookup[]
}

export interface PreparedLookup {
  column: string
  /** Several where the source does not say which; the one that has the row is right. */
  tables: string[]
  guid: string
}

export interface PreparedLink {
  intersectTable: string
  first: { table: string; guid: string }
  second: { table: string; guid: string }
}

/** Follow from the owner and are not kept. */
const DERIVED = new Set(['owninguser', 'owningteam'])

/** Reads every value by the type of its column in the model as it will be. Bad values are reported and left out. */
export function prepareData(data: CmtTableData[], model: ModelDefinition, findings: Findings): PreparedData {
  const tables = new Map(model.tables.map((table) => [table.logicalName, table]))
  const targets = Map.groupBy(model.relationships, ({ referencing, attribute }) => `${referencing}.${attribute}`)
  const rows = new Map<string, PreparedRow>()
  const names = new Map<string, string>()
  for (const { name, records } of data) {
    const table = tables.get(name)
    if (!table) {
      findings.add('skipped', 'Records of tables that cannot be made (intersect tables, unusable names)', name, records.length)
      continue
    }
    const columns = new Map(table.columns.map((column) => [column.logicalName, column]))
    for (const record of records) {
      const guid = guidOf(record.id)
      if (!guid) {
        findings.add('unparsedValue', 'Records whose id is not a GUID are left out', `${name}: "${record.id}"`)
        continue
      }
      const key = `${name} ${guid}`
      if (rows.has(key)) findings.add('duplicate', 'Records listed more than once; the last one counts', `${name} ${guid}`)
      const row = { table: name, guid, values: {}, lookups: [] }
      const knownTargets = (column: string) => (targets.get(`${name}.${column}`) ?? []).map(({ referenced }) => referenced)
      for (const value of record.values) addValue(row, value, table, columns.get(value.field), knownTargets, names, findings)
      rows.set(key, row)
    }
  }
  return {
    rows: [...rows.values()],
    links: data.flatMap((table) => table.links.flatMap((link) => prepareLink(link, table.name, model, findings))),
    names,
  }
}

function addValue(
  row: PreparedRow,
  { field, value, target, targetName, parties }: CmtValue,
  table: TableDefinition,
  column: ColumnDefinition | undefined,
  targetsOf: (column: string) => string[],
  names: Map<string, string>,
  findings: Findings,
): void {
  const where = `${row.table} ${row.guid}, ${field}`
  if (target && targetName && guidOf(value)) names.set(`${target} ${guidOf(value)}`, targetName)
  if (field === table.primaryId) return
  if (!column) {
    findings.add('skipped', 'Values of columns that cannot be made (unusable names)', where)
    return
  }
  if (DERIVED.has(field)) {
    takeOwnerFrom(row, field, value)
    return
  }
  if (parties) {
    row.values[field] = JSON.stringify(
      parties.map((party) => ({ table: party.table, id: party.id, name: party.name, participationtypemask: party.participation })),
    )
    return
  }
  if (isLookupColumn(column.type)) {
    addLookup(row, column, value, target ? [target] : targetsOf(field), where, findings)
    return
  }
  const parsed = parseValue(column, value)
  if ('value' in parsed) row.values[field] = parsed.value
  else findings.add('unparsedValue', `Values left out: ${parsed.problem}`, `${where}: "${value.slice(0, 80)}"`)
}

/** The owning user or team of a row that comes without an owner. */
function takeOwnerFrom(row: PreparedRow, field: string, value: string): void {
  const guid = guidOf(value)
  if (!guid || row.lookups.some(({ column }) => column === 'ownerid')) return
  row.lookups.push({ column: 'ownerid', tables: [field === 'owninguser' ? 'systemuser' : 'team'], guid })
}

const EMPTY_GUID = '00000000-0000-0000-0000-000000000000'

function addLookup(row: PreparedRow, column: ColumnDefinition, value: string, tables: string[], where: string, findings: Findings): void {
  const name = column.logicalName
  if (value === '' || value === EMPTY_GUID) {
    if (name !== 'ownerid') row.values[name] = null
    return
  }
  const guid = guidOf(value)
  if (!guid) {
    findings.add('unparsedValue', 'Values left out: a lookup that holds no GUID', `${where}: "${value.slice(0, 80)}"`)
    return
  }
  const fixed = fixedTargets(name)
  const possible =
    fixed && (tables.length === 0 || tables[0] === 'owner') ? fixed : tables.filter((table) => fixed?.includes(table) ?? true)
  if (possible.length === 0) {
    findings.add('unparsedValue', 'Values left out: a lookup to a table that nobody states or that the column does not take', where)
    return
  }
  if (name === 'ownerid') row.lookups = row.lookups.filter((lookup) => lookup.column !== 'ownerid')
  row.lookups.push({ column: name, tables: possible, guid })
}

function prepareLink(link: CmtLink, table: string, model: ModelDefinition, findings: Findings): PreparedLink[] {
  const wanted = link.relationship.toLowerCase()
  const relation = model.manyToMany.find((each) => each.schemaName.toLowerCase() === wanted || each.intersectTable === wanted)
  const source = guidOf(link.source)
  const target = guidOf(link.target)
  if (!relation || !source || !target) {
    findings.add(
      'skipped',
      relation ? 'Many-to-many links without two GUIDs' : 'Many-to-many links of an unknown relationship',
      `${link.relationship}: ${link.source}`,
    )
    return []
  }
  const sourceEnd = { table, guid: source }
  const targetEnd = {
    table: link.targetTable || (relation.firstTable === table ? relation.secondTable : relation.firstTable),
    guid: target,
  }
  const [first, second] = relation.firstTable === table ? [sourceEnd, targetEnd] : [targetEnd, sourceEnd]
  return [{ intersectTable: relation.intersectTable, first, second }]
}
