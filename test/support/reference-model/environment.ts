import type { Engine } from '#engine'
import { openEngine } from '#engine'
import type { CascadeRequest } from '#engine/contract/cascades'
import type { EngineOptions } from '#engine/contract/engine'
import type { FieldValue, RecordInput, RecordRef, RecordRow } from '#engine/contract/records'
import type { ModelDefinition } from '#engine/contract/tables'
import { CASCADE_ACTIONS } from '#engine/contract/tables'
import { relationshipName } from './plan.ts'
import type { OperationSketch, RowSketch, Sketch, TableSketch } from './sketch.ts'
import { intersectTable, PEOPLE, personId, rowId, typeOf, UNITS, unitId } from './sketch.ts'
import type { Founder, Key, Value } from './world.ts'
import { attributesOf, linkKey } from './world.ts'

/** A clock that stands still and ids that count up: two environments of one sketch are alike. */
export function given(start = Date.UTC(2026, 0, 1)): Pick<EngineOptions, 'now' | 'newId'> {
  let ids = 0
  return { now: () => start, newId: () => `11111111-0000-7000-8000-${String(++ids).padStart(12, '0')}` }
}

/** Makes the environment of a sketch. The caller closes it. */
export function makeEnvironment(path: string, sketch: Sketch): Engine {
  const engine = openEngine({ path, ...given(), mode: 'create' })
  engine.applyModel(modelOf(sketch))
  engine.changeSettings(sketch.settings)
  fill(engine, sketch)
  return engine
}

export function modelOf(sketch: Sketch): ModelDefinition {
  return {
    tables: sketch.tables.map((table) => ({
      logicalName: table.name,
      schemaName: table.name,
      displayName: null,
      ownership: table.ownership,
      mergeable: table.mergeable,
      activeState: table.activeState,
      primaryId: `${table.name}id`,
      primaryName: 'name',
      isActivity: false,
      origin: 'imported',
      originNote: null,
      columns: columnsOf(sketch, table),
    })),
    relationships: sketch.relationships.map((relationship, number) => ({
      schemaName: relationshipName(number),
      referenced: relationship.parent,
      referencing: relationship.child,
      attribute: relationship.attribute,
      hierarchical: relationship.parent === relationship.child,
      kind: 'data',
      origin: 'imported',
      originNote: null,
      stated: [...CASCADE_ACTIONS],
      cascade: Object.fromEntries(
        CASCADE_ACTIONS.map((action) => [action, typeOf(relationship, action)]),
      ) as ModelDefinition['relationships'][number]['cascade'],
    })),
    manyToMany: sketch.manyToMany.map(({ first, second }, number) => ({
      schemaName: intersectTable(number),
      intersectTable: intersectTable(number),
      firstTable: first,
      secondTable: second,
      origin: 'imported',
    })),
  }
}

function columnsOf(sketch: Sketch, table: TableSketch): ModelDefinition['tables'][number]['columns'] {
  const types = {
    name: 'String',
    note: 'String',
    ...Object.fromEntries(attributesOf(sketch, table.name).map((attribute) => [attribute, 'Lookup'])),
  } as const
  return Object.entries(types).map(([logicalName, type]) => ({
    logicalName,
    displayName: null,
    type,
    sourceType: type,
    requiredLevel: 'None' as const,
    maxLength: null,
    options: [],
  }))
}

function fill(engine: Engine, sketch: Sketch): void {
  const loader = engine.as('admin').load()
  const units = new Map(UNITS.map((unit) => [unit, loader.insert('businessunit', unitId(unit), { name: unit })]))
  const owners = new Map<string, { table: string; row: number }>(
    PEOPLE.map(({ name, table, unit, disabled }) => {
      const columns = {
        businessunitid: { table: 'businessunit', row: units.get(unit) ?? 0 },
        ...(table === 'team' ? { name } : { fullname: name, isdisabled: disabled }),
      }
      return [name, { table, row: loader.insert(table, personId(name), columns) }]
    }),
  )
  const owned = new Set(sketch.tables.filter(({ ownership }) => ownership === 'UserOwned').map(({ name }) => name))
  const numbers = sketch.rows.map((row, position) =>
    loader.insert(row.table, rowId(position), {
      name: `Row ${position}`,
      ...(row.state === undefined ? {} : { statecode: row.state }),
      ...(owned.has(row.table) ? { ownerid: owners.get(row.owner) ?? null } : {}),
    }),
  )
  // Lookups come last, since rows of a loop point to each other.
  for (const [position, { table, lookups }] of sketch.rows.entries())
    for (const [attribute, target] of Object.entries(lookups))
      loader.update(table, numbers[position] ?? 0, { [attribute]: { table: sketch.rows[target]?.table ?? '', row: numbers[target] ?? 0 } })
  for (const [relationship, first, second] of sketch.links)
    loader.link(intersectTable(relationship), numbers[first] ?? 0, numbers[second] ?? 0)
  loader.commit()
}

export function founderOf(engine: Engine): Founder {
  const [admin] = engine.findPrincipals('admin')
  return { admin: `systemuser/${admin?.id}` }
}

export function callerKey(engine: Engine, name: string): Key {
  return `systemuser/${engine.findPrincipals(name).find((principal) => principal.name === name)?.id}`
}

export function requestOf({ rows }: Sketch, operation: OperationSketch): CascadeRequest {
  const refAt = (position: number): RecordRef => ({ table: (rows[position] as RowSketch).table, id: rowId(position) })
  switch (operation.operation) {
    case 'Assign':
      return { operation: 'Assign', record: refAt(operation.row), to: operation.to }
    case 'Delete':
      return { operation: 'Delete', record: refAt(operation.row) }
    case 'Merge': {
      const { target, subordinate, parentingCheck } = operation
      const content: RecordInput = Object.fromEntries(
        Object.entries(operation.content).map(([column, value]) => [column, typeof value === 'number' ? refAt(value) : value]),
      )
      return { operation: 'Merge', target: refAt(target), subordinate: refAt(subordinate), parentingCheck, content }
    }
  }
}

/** Everything that an environment holds but the times: rows by key, N:N links. */
export interface Snapshot {
  rows: Record<Key, Record<string, Value>>
  links: string[]
}

const TIMES = new Set(['createdon', 'modifiedon'])

export function snapshotOf(engine: Engine, sketch: Sketch): Snapshot {
  const rows: Snapshot['rows'] = {}
  for (const { name } of sketch.tables)
    for (const { table, id, values } of allRows(engine, name))
      rows[`${table}/${id}`] = Object.fromEntries(
        Object.entries(values)
          .filter(([column]) => !TIMES.has(column))
          .map(([column, value]) => [column, plain(value)]),
      )
  return { rows, links: linksOf(engine, sketch) }
}

function allRows(engine: Engine, table: string): RecordRow[] {
  const rows: RecordRow[] = []
  for (
    let page = engine.as('admin').findRecords({ table, offset: 0, limit: PAGE }).rows;
    page.length > 0;
    page = engine.as('admin').findRecords({ table, offset: rows.length, limit: PAGE }).rows
  ) {
    rows.push(...page)
    if (page.length < PAGE) break
  }
  return rows
}

const PAGE = 1_000

/** How many rows were last changed at this moment. */
export const countModified = (engine: Engine, { tables }: Sketch, atMs: number): number =>
  tables.flatMap(({ name }) => allRows(engine, name)).filter(({ values }) => Date.parse(String(values.modifiedon)) === atMs).length

const plain = (value: FieldValue): Value =>
  typeof value === 'object' && value !== null && 'id' in value ? `${value.table}/${value.id}` : (value as Value)

function linksOf(engine: Engine, { manyToMany }: Sketch): string[] {
  const found = manyToMany.flatMap(({ first }, relationship) =>
    allRows(engine, first).flatMap(({ id }) =>
      engine
        .as('admin')
        .findLinks({ relationship: intersectTable(relationship), record: { table: first, id }, offset: 0, limit: PAGE })
        .records.map((other) => linkKey(relationship, `${first}/${id}`, `${other.table}/${other.id}`)),
    ),
  )
  return [...new Set(found)].sort()
}
