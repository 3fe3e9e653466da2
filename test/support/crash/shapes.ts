import type { CascadeType } from '#engine/contract/tables'
import type { OperationSketch, RelationshipSketch, RowSketch, Sketch } from '../reference-model/sketch.ts'

/** A job that is killed at each of its steps. */
export interface Shape {
  name: string
  sketch: Sketch
  operation: OperationSketch
  batchSize: number
}

export const relationship = (
  parent: string,
  child: string,
  attribute: string,
  type: Partial<Record<'Assign' | 'Delete' | 'Merge', CascadeType>>,
): RelationshipSketch => ({ parent, child, attribute, cascade: type })

export const table = (name: string) => ({ name, ownership: 'UserOwned' as const, activeState: 0, mergeable: true })

export const ALL = { Assign: 'Cascade', Delete: 'Cascade', Merge: 'Cascade' } as const

export const row = (name: string, lookups: Record<string, number> = {}): RowSketch => ({ table: name, owner: 'alice', lookups })

export const repeat = (count: number, make: (index: number) => RowSketch): RowSketch[] =>
  Array.from({ length: count }, (_, index) => make(index))

export const sketchOf = (relationships: RelationshipSketch[], rows: RowSketch[], more: Partial<Sketch> = {}): Sketch => ({
  tables: ['account', 'contact', 'new_visit'].map(table),
  relationships,
  manyToMany: [],
  rows,
  links: [],
  settings: {},
  ...more,
})

/** An account, contacts below it, visits below these: rows of one level lie side by side or mixed with the other's. */
const below = relationship('account', 'contact', 'new_accountid', ALL)
const deeper = relationship('contact', 'new_visit', 'new_contactid', ALL)
const beside = relationship('account', 'new_visit', 'new_accountid', ALL)

const chain = repeat(8, (index) => row('account', index === 0 ? {} : { new_parentid: index - 1 }))
const wide = [row('account'), ...repeat(12, () => row('contact', { new_accountid: 0 }))]
const mixed = [
  row('account'),
  ...repeat(18, (index) =>
    index % 2 === 0
      ? row('contact', { new_accountid: 0 })
      : row('new_visit', index % 4 === 1 ? { new_accountid: 0 } : { new_contactid: index }),
  ),
]
const loop = repeat(9, (index) =>
  row(index % 2 === 0 ? 'account' : 'contact', index % 2 === 0 ? { new_contactid: (index + 7) % 8 } : { new_accountid: index - 1 }),
)
const twoAccounts = [
  row('account'),
  row('account'),
  ...repeat(10, () => row('contact', { new_accountid: 1 })),
  ...repeat(8, (index) => row('new_visit', { new_contactid: 2 + index })),
]

const merge = (parentingCheck: boolean, content: Record<string, string> = {}): OperationSketch => ({
  operation: 'Merge',
  caller: 'bob',
  target: 0,
  subordinate: 1,
  parentingCheck,
  content,
})

/** Add what else must survive: each shape is killed at all of its steps. */
export const SHAPES: Shape[] = [
  {
    name: 'assign down a chain',
    batchSize: 3,
    operation: { operation: 'Assign', caller: 'bob', row: 0, to: 'carol' },
    sketch: sketchOf([relationship('account', 'account', 'new_parentid', ALL)], chain),
  },
  {
    name: 'assign of many on one level',
    batchSize: 5,
    operation: { operation: 'Assign', caller: 'bob', row: 0, to: 'crew' },
    sketch: sketchOf([below], wide),
  },
  {
    name: 'assign over tables whose rows are mixed',
    batchSize: 4,
    operation: { operation: 'Assign', caller: 'admin', row: 0, to: 'bob' },
    sketch: sketchOf([below, deeper, beside], mixed),
  },
  {
    name: 'assign of more rows than are written down at once',
    batchSize: 4_000,
    operation: { operation: 'Assign', caller: 'bob', row: 0, to: 'carol' },
    sketch: sketchOf(
      [below, deeper, beside],
      [
        row('account'),
        ...repeat(11_000, (index) => (index % 2 === 0 ? row('contact', { new_accountid: 0 }) : row('new_visit', { new_accountid: 0 }))),
      ],
    ),
  },
  {
    name: 'delete of a chain',
    batchSize: 3,
    operation: { operation: 'Delete', caller: 'bob', row: 0 },
    sketch: sketchOf([relationship('account', 'account', 'new_parentid', ALL)], chain),
  },
  {
    name: 'delete of a loop',
    batchSize: 2,
    operation: { operation: 'Delete', caller: 'bob', row: 0 },
    sketch: sketchOf([below, relationship('contact', 'account', 'new_contactid', ALL)], loop),
  },
  {
    name: 'delete that unlinks and leaves links to nothing',
    batchSize: 3,
    operation: { operation: 'Delete', caller: 'bob', row: 0 },
    sketch: sketchOf(
      [
        below,
        relationship('contact', 'new_visit', 'new_contactid', { Delete: 'RemoveLink' }),
        relationship('account', 'new_visit', 'new_accountid', { Assign: 'Cascade', Delete: 'NoCascade' }),
      ],
      mixed,
      {
        settings: { removeLinkUpdatesModifiedOn: true },
      },
    ),
  },
  {
    name: 'delete with N:N links',
    batchSize: 4,
    operation: { operation: 'Delete', caller: 'bob', row: 0 },
    sketch: sketchOf([below], wide, {
      manyToMany: [{ first: 'account', second: 'contact' }],
      links: [
        [0, 0, 1],
        [0, 0, 2],
        [0, 0, 5],
      ],
    }),
  },
  {
    name: 'merge with the parenting check',
    batchSize: 4,
    operation: merge(true, { name: 'Kept' }),
    sketch: sketchOf([below, deeper], twoAccounts),
  },
  {
    name: 'merge without the parenting check, with N:N links',
    batchSize: 5,
    operation: merge(false),
    sketch: sketchOf([below, deeper], twoAccounts, {
      manyToMany: [{ first: 'account', second: 'contact' }],
      links: [
        [0, 0, 2],
        [0, 1, 2],
        [0, 1, 3],
      ],
    }),
  },
  {
    name: 'merge whose target hangs below it through another table',
    batchSize: 3,
    operation: merge(false, { note: 'From the other' }),
    sketch: sketchOf(
      [below, relationship('contact', 'account', 'new_contactid', ALL)],
      [row('account', { new_contactid: 2 }), row('account'), ...repeat(7, () => row('contact', { new_accountid: 1 }))],
    ),
  },
  {
    name: 'assign of one record at a time',
    batchSize: 1,
    operation: { operation: 'Assign', caller: 'bob', row: 0, to: 'carol' },
    sketch: sketchOf([below, deeper, beside], mixed),
  },
  {
    name: 'assign in a long batch and a short one',
    batchSize: 12,
    operation: { operation: 'Assign', caller: 'bob', row: 0, to: 'crew' },
    sketch: sketchOf([below, deeper, beside], mixed),
  },
  {
    name: 'assign that leaves out inactive rows and other owners',
    batchSize: 2,
    operation: { operation: 'Assign', caller: 'bob', row: 0, to: 'carol' },
    sketch: sketchOf(
      [
        relationship('account', 'contact', 'new_accountid', { ...ALL, Assign: 'UserOwned' }),
        relationship('contact', 'new_visit', 'new_contactid', { ...ALL, Assign: 'Active' }),
        beside,
      ],
      mixed.map((each, index) => ({
        ...each,
        owner: index % 3 === 0 ? ('bob' as const) : ('alice' as const),
        ...(index % 5 === 0 ? { state: 1 } : {}),
      })),
    ),
  },
  {
    name: 'assign around a loop',
    batchSize: 2,
    operation: { operation: 'Assign', caller: 'admin', row: 0, to: 'bob' },
    sketch: sketchOf([below, relationship('contact', 'account', 'new_contactid', ALL)], loop),
  },
  {
    name: 'delete of one record at a time',
    batchSize: 1,
    operation: { operation: 'Delete', caller: 'bob', row: 0 },
    sketch: sketchOf([below, deeper, beside], mixed),
  },
  {
    name: 'delete in a long batch and a short one',
    batchSize: 12,
    operation: { operation: 'Delete', caller: 'bob', row: 0 },
    sketch: sketchOf([below, deeper, beside], mixed),
  },
  {
    name: 'delete of rows that hang on two others',
    batchSize: 3,
    operation: { operation: 'Delete', caller: 'bob', row: 0 },
    sketch: sketchOf(
      [below, deeper, beside],
      [
        row('account'),
        ...repeat(6, () => row('contact', { new_accountid: 0 })),
        ...repeat(9, (index) => row('new_visit', { new_contactid: 1 + (index % 6), new_accountid: 0 })),
      ],
    ),
  },
  {
    name: 'merge of one record at a time',
    batchSize: 1,
    operation: merge(true),
    sketch: sketchOf([below, deeper], twoAccounts),
  },
  {
    name: 'merge of a hierarchy with rows that hang on both',
    batchSize: 2,
    operation: merge(false, { name: 'Kept' }),
    sketch: sketchOf(
      [relationship('account', 'account', 'new_parentid', ALL), below, beside],
      [
        row('account'),
        row('account'),
        ...repeat(4, () => row('account', { new_parentid: 1 })),
        ...repeat(4, (index) => row('contact', { new_accountid: index % 2 })),
        ...repeat(4, () => row('new_visit', { new_accountid: 1 })),
      ],
    ),
  },
  {
    name: 'merge that leaves one relationship pointing to the subordinate',
    batchSize: 3,
    operation: merge(true, { note: 'From the other' }),
    sketch: sketchOf(
      [below, deeper, relationship('account', 'new_visit', 'new_accountid', { Merge: 'NoCascade', Delete: 'RemoveLink' })],
      [...twoAccounts, ...repeat(3, () => row('new_visit', { new_accountid: 1 }))],
    ),
  },
]

export function shapeNamed(name: string | undefined): Shape {
  const shape = SHAPES.find((each) => each.name === name)
  if (!shape) throw new Error(`No shape "${name}"`)
  return shape
}
