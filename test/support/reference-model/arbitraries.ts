import fc from 'fast-check'
import type { CascadeType } from '#engine/contract/tables'
import type { CallerName, OperationSketch, OwnerName, RelationshipSketch, RowSketch, Sketch, TableSketch } from './sketch.ts'

/** Random environments and operations. Numbers are drawn freely and fitted to what there is, so that shrinking stays simple. */

const TABLE_NAMES = ['account', 'contact', 'quote', 'new_site', 'new_visit']
const OWNERS: OwnerName[] = ['alice', 'bob', 'carol', 'crew']

const weighted = <T>(...entries: [T, number][]): fc.Arbitrary<T> =>
  fc.oneof(...entries.map(([value, weight]) => ({ arbitrary: fc.constant(value), weight })))

const downward = weighted<CascadeType>(['NoCascade', 2], ['Cascade', 6], ['Active', 2], ['UserOwned', 2])

const tables: fc.Arbitrary<TableSketch[]> = fc
  .tuple(
    fc.subarray(TABLE_NAMES, { minLength: 1 }),
    fc.array(
      fc.record({
        ownership: weighted<TableSketch['ownership']>(['UserOwned', 5], ['OrganizationOwned', 1]),
        activeState: weighted([0, 5], [1, 1], [2, 1], [3, 1]),
        mergeable: weighted([true, 2], [false, 1]),
      }),
      { minLength: TABLE_NAMES.length, maxLength: TABLE_NAMES.length },
    ),
  )
  .map(([names, facts]) => names.map((name, index) => ({ name, ...(facts[index] as Omit<TableSketch, 'name'>) })))

/** Few lookups for many relationships: several that share one are common. Design rules are broken freely, as imports may. */
const rawRelationship = fc.record({
  parent: fc.nat(4),
  child: fc.nat(4),
  lookup: weighted([0, 3], [1, 2], [2, 1]),
  assign: downward,
  remove: weighted<CascadeType>(['Cascade', 8], ['RemoveLink', 4], ['NoCascade', 2], ['Restrict', 1], ['Active', 1], ['UserOwned', 1]),
  merge: weighted<CascadeType>(['Cascade', 4], ['NoCascade', 1]),
  reparent: weighted<CascadeType>(['NoCascade', 3], ['Cascade', 1]),
})

/** A low number leads to one of the first rows, so that these come to have many below them; `null` to nothing. */
const rawLink = fc.oneof(
  { arbitrary: fc.constant(null), weight: 2 },
  { arbitrary: fc.nat(2), weight: 3 },
  { arbitrary: fc.nat(59), weight: 4 },
)

const rawRow = fc.record({
  table: fc.nat(4),
  owner: fc.nat(3),
  state: fc.option(fc.nat(3), { freq: 2 }),
  links: fc.tuple(rawLink, rawLink, rawLink),
})

const settings = fc.record({
  restrictIgnoresRowsBeingDeleted: fc.boolean(),
  removeLinkUpdatesModifiedOn: fc.boolean(),
  matrixOwnership: fc.boolean(),
  alwaysMoveRecordToOwnerBusinessUnit: fc.boolean(),
})

export const sketches: fc.Arbitrary<Sketch> = fc
  .record({
    tables,
    relationships: fc.array(rawRelationship, { minLength: 1, maxLength: 8, size: 'max' }),
    manyToMany: fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { maxLength: 2 }),
    rows: fc.oneof(
      { withCrossShrink: true },
      { arbitrary: fc.array(rawRow, { maxLength: 60, size: 'max' }), weight: 1 },
      { arbitrary: fc.array(rawRow, { minLength: 12, maxLength: 60, size: 'max' }), weight: 3 },
    ),
    links: fc.array(fc.tuple(fc.nat(1), fc.nat(59), fc.nat(59)), { maxLength: 12, size: 'max' }),
    settings,
  })
  .map((raw) => {
    const nameAt = (index: number): string => (at(raw.tables, index) as TableSketch).name
    const relationships = raw.relationships.map(
      ({ parent, child, lookup, assign, remove, merge, reparent }): RelationshipSketch => ({
        parent: nameAt(parent),
        child: nameAt(child),
        attribute: `new_link${lookup}id`,
        cascade: { Assign: assign, Delete: remove, Merge: merge, Reparent: reparent },
      }),
    )
    const names = raw.rows.map(({ table }) => nameAt(table))
    const rows = raw.rows.map(({ owner, state, links }, position): RowSketch => {
      const table = names[position] as string
      const lookups = links.flatMap((link, lookup) => {
        const attribute = `new_link${lookup}id`
        const parents = new Set(
          relationships.filter((each) => each.child === table && each.attribute === attribute).map(({ parent }) => parent),
        )
        const targets = names.flatMap((name, index) => (parents.has(name) ? [index] : []))
        return link === null || targets.length === 0 ? [] : [[attribute, at(targets, link) as number] as const]
      })
      return { table, owner: OWNERS[owner] as OwnerName, ...(state === null ? {} : { state }), lookups: Object.fromEntries(lookups) }
    })
    const manyToMany = raw.manyToMany.map(([first, second]) => ({ first: nameAt(first), second: nameAt(second) }))
    const links = raw.links.flatMap(([number, first, second]): Sketch['links'] => {
      const relationship = manyToMany.length === 0 ? undefined : number % manyToMany.length
      const side = (table: string | undefined, index: number) =>
        at(
          names.flatMap((name, position) => (name === table ? [position] : [])),
          index,
        )
      const [one, other] =
        relationship === undefined ? [] : [side(manyToMany[relationship]?.first, first), side(manyToMany[relationship]?.second, second)]
      return relationship === undefined || one === undefined || other === undefined ? [] : [[relationship, one, other]]
    })
    return { tables: raw.tables, relationships, manyToMany, rows, links, settings: raw.settings }
  })

const rawOperation = fc.record({
  operation: weighted<OperationSketch['operation']>(['Assign', 3], ['Delete', 3], ['Merge', 5]),
  caller: weighted<CallerName>(['admin', 1], ['bob', 1]),
  row: fc.oneof({ arbitrary: fc.nat(5), weight: 3 }, { arbitrary: fc.nat(59), weight: 1 }),
  other: fc.oneof({ arbitrary: fc.nat(5), weight: 1 }, { arbitrary: fc.nat(59), weight: 2 }),
  to: weighted<OwnerName | 'dave'>(['alice', 5], ['bob', 5], ['carol', 5], ['crew', 5], ['dave', 1]),
  parentingCheck: weighted([false, 4], [true, 1]),
  content: fc.record(
    { name: fc.constantFrom('Kept', ''), note: fc.option(fc.constant('From the other')), lookup: rawLink },
    { requiredKeys: [] },
  ),
  /** Seldom: whatever rows come, also such as cannot be merged. */
  anyRows: weighted([false, 7], [true, 1]),
})

/** Something to do in an environment with at least one row. */
export const operationsOn = (count: { min: number; max: number }): fc.Arbitrary<{ sketch: Sketch; operations: OperationSketch[] }> =>
  fc
    .tuple(sketches, fc.array(rawOperation, { minLength: count.min, maxLength: count.max, size: 'max' }))
    .filter(([{ rows }]) => rows.length > 0)
    .map(([sketch, raw]) => ({ sketch, operations: raw.map((each) => fitOperation(sketch, each)) }))

type RawOperation = typeof rawOperation extends fc.Arbitrary<infer T> ? T : never

function fitOperation(
  sketch: Sketch,
  { operation, caller, row, other, to, parentingCheck, content, anyRows }: RawOperation,
): OperationSketch {
  const all = sketch.rows.map((_, position) => position)
  // Those with the most rows right below them come first, and are drawn most often.
  const targets = sketch.rows.flatMap(({ lookups }) => Object.values(lookups))
  const below = (position: number): number => targets.filter((target) => target === position).length
  const busy = all.filter((position) => targets.includes(position)).sort((a, b) => below(b) - below(a))
  const root = at(anyRows || busy.length === 0 ? all : busy, row) as number
  if (operation === 'Assign') {
    const owned = busy.filter((position) =>
      sketch.tables.some(({ name, ownership }) => name === sketch.rows[position]?.table && ownership === 'UserOwned'),
    )
    return { operation, caller, to, row: anyRows || owned.length === 0 ? root : (at(owned, row) as number) }
  }
  if (operation === 'Delete') return { operation, caller, row: root }

  const mergeable = (position: number): boolean => {
    const { table, state } = sketch.rows[position] as RowSketch
    const facts = sketch.tables.find(({ name }) => name === table)
    return facts?.mergeable === true && (state === undefined || state === facts.activeState)
  }
  const subordinates = anyRows ? all : busy.filter(mergeable)
  const subordinate = at(subordinates.length > 0 ? subordinates : all, row) as number
  const { table } = sketch.rows[subordinate] as RowSketch
  const siblings = all.filter((position) => sketch.rows[position]?.table === table && (anyRows || position !== subordinate))
  const apt = siblings.filter(mergeable)
  const target = at(apt.length > 0 && !anyRows ? apt : siblings, other) ?? subordinate
  return { operation, caller, subordinate, target, parentingCheck, content: fitContent(sketch, table, content) }
}

/** Lookups of a hierarchy are left alone: a parent below the row itself would be another matter. */
function fitContent(
  { relationships, rows }: Sketch,
  table: string,
  { lookup, ...plain }: RawOperation['content'],
): Record<string, string | number | null> {
  const own = relationships.filter(({ child }) => child === table)
  const attribute = own.map((each) => each.attribute).find((name) => own.every((each) => each.attribute !== name || each.parent !== table))
  if (lookup === undefined || attribute === undefined) return plain
  const parents = new Set(own.filter((each) => each.attribute === attribute).map(({ parent }) => parent))
  const targets = rows.flatMap((row, position) => (parents.has(row.table) ? [position] : []))
  return { ...plain, [attribute]: lookup === null ? null : (at(targets, lookup) ?? null) }
}

const at = <T>(items: T[], index: number): T | undefined => items[index % items.length]
