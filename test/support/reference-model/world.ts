import type { Settings } from '#engine/contract/settings'
import { DEFAULT_SETTINGS } from '#engine/contract/settings'
import type { RelationshipSketch, RowSketch, Sketch, TableSketch } from './sketch.ts'
import { PEOPLE, personId, rowId, unitId } from './sketch.ts'

/** `table/id` of a row. */
export type Key = string
export type Value = string | number | boolean | null

export interface Row {
  key: Key
  table: TableSketch
  /** Position in the order of creation. */
  created: number
  /** Every column but the times; lookups are keys. */
  values: Record<string, Value>
}

/** All that the reference knows: plain maps, searched from end to end. */
export interface World {
  sketch: Sketch
  settings: Settings
  rows: Map<Key, Row>
  /** `relationship first second`, with keys for the rows. */
  links: Set<string>
}

/** The key of the administrator, whom every environment makes by itself. */
export interface Founder {
  admin: Key
}

/** The environment of a sketch as the reference sees it. */
export function worldOf(sketch: Sketch, { admin }: Founder): World {
  const tables = new Map(sketch.tables.map((table) => [table.name, table]))
  const keyAt = (position: number) => keyOf(sketch.rows[position] as RowSketch, position)
  const rows = sketch.rows.map((row, position): Row => {
    const table = tables.get(row.table) as TableSketch
    const lookups = Object.fromEntries(attributesOf(sketch, row.table).map((attribute) => [attribute, null]))
    const statecode = row.state ?? table.activeState
    const values: Record<string, Value> = {
      ...lookups,
      ...Object.fromEntries(Object.entries(row.lookups).map(([attribute, target]) => [attribute, keyAt(target)])),
      name: `Row ${position}`,
      note: null,
      statecode,
      statuscode: statecode === 1 ? 2 : 1,
      createdby: admin,
      modifiedby: admin,
      ...(table.ownership === 'UserOwned' ? { ownerid: ownerKey(row.owner), owningbusinessunit: unitOf(row.owner) } : {}),
      ...(table.mergeable ? { merged: false, masterid: null } : {}),
    }
    return { key: keyAt(position), table, created: position, values }
  })
  return {
    sketch,
    settings: { ...DEFAULT_SETTINGS, ...sketch.settings },
    rows: new Map(rows.map((row) => [row.key, row])),
    links: new Set(sketch.links.map(([relationship, first, second]) => linkKey(relationship, keyAt(first), keyAt(second)))),
  }
}

export const keyOf = ({ table }: RowSketch, position: number): Key => `${table}/${rowId(position)}`

/** Names a link; one between rows of one table is the same from either side. */
export const linkKey = (relationship: number, first: Key, second: Key): string => {
  const [one, other] = tableOf(first) === tableOf(second) && second < first ? [second, first] : [first, second]
  return `${relationship} ${one} ${other}`
}

const tableOf = (key: Key): string => key.slice(0, key.indexOf('/'))

/** The lookups of a table, each once. */
export const attributesOf = ({ relationships }: Sketch, table: string): string[] => [
  ...new Set(relationships.filter(({ child }) => child === table).map(({ attribute }) => attribute)),
]

export function ownerKey(name: string): Key {
  const person = PEOPLE.find((each) => each.name === name)
  return `${person?.table}/${personId(name)}`
}

export const unitOf = (name: string): Key => `businessunit/${unitId(PEOPLE.find((each) => each.name === name)?.unit ?? '')}`

/** The relationships in which a row's table is the parent. */
export const relationshipsBelow = ({ sketch }: World, row: Row): RelationshipSketch[] =>
  sketch.relationships.filter(({ parent }) => parent === row.table.name)

/** The rows whose lookup leads to a parent by one relationship. */
export const childrenOf = ({ rows }: World, parent: Row, { child, attribute }: RelationshipSketch): Row[] =>
  [...rows.values()].filter((row) => row.table.name === child && row.values[attribute] === parent.key)

/** A world of its own, equal to the given one. */
export const copyOf = (world: World): World => ({
  ...world,
  rows: new Map([...world.rows].map(([key, row]) => [key, { ...row, values: { ...row.values } }])),
  links: new Set(world.links),
})
