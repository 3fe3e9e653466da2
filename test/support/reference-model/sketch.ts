import type { Settings } from '#engine/contract/settings'
import type { CascadeConfiguration, CascadeType } from '#engine/contract/tables'

/** A small environment and what is done to it, as plain data: printed where a property fails, and pasted where it is kept. */
export interface Sketch {
  tables: TableSketch[]
  relationships: RelationshipSketch[]
  manyToMany: { first: string; second: string }[]
  /** In the order of creation; others point to them by their position. */
  rows: RowSketch[]
  /** N:N relationship, row on its first side, row on its second side, by position. */
  links: [relationship: number, first: number, second: number][]
  settings: Partial<Settings>
}

export interface TableSketch {
  name: string
  ownership: 'UserOwned' | 'OrganizationOwned'
  activeState: number
  mergeable: boolean
}

export interface RelationshipSketch {
  parent: string
  child: string
  attribute: string
  cascade: Partial<CascadeConfiguration>
}

export interface RowSketch {
  table: string
  owner: OwnerName
  /** Left out: the active one. */
  state?: number
  /** Lookup column → position of the row that it points to. */
  lookups: Record<string, number>
}

export type OperationSketch = { caller: CallerName } & (
  | { operation: 'Assign'; row: number; to: OwnerName | 'dave' }
  | { operation: 'Delete'; row: number }
  | {
      operation: 'Merge'
      target: number
      subordinate: number
      parentingCheck: boolean
      /** A number is the position of a row that a lookup shall point to. */
      content: Record<string, string | number | null>
    }
)

export type OwnerName = 'alice' | 'bob' | 'carol' | 'crew'
export type CallerName = 'admin' | 'bob'

/** Who is there besides admin: each in a business unit, one of them disabled. */
export const PEOPLE = [
  { name: 'alice', table: 'systemuser', unit: 'north', disabled: false },
  { name: 'bob', table: 'systemuser', unit: 'south', disabled: false },
  { name: 'carol', table: 'systemuser', unit: 'north', disabled: false },
  { name: 'dave', table: 'systemuser', unit: 'south', disabled: true },
  { name: 'crew', table: 'team', unit: 'south', disabled: false },
] as const

export const UNITS = ['north', 'south'] as const

export const typeOf = ({ cascade }: RelationshipSketch, action: keyof CascadeConfiguration): CascadeType => cascade[action] ?? 'NoCascade'

/** GUIDs that tell what they stand for: rows by position, people and units by theirs. */
export const rowId = (position: number): string => `00000000-0000-7000-8000-${String(position).padStart(12, '0')}`
export const personId = (name: string): string =>
  `00000000-0000-7000-9000-${String(PEOPLE.findIndex((person) => person.name === name)).padStart(12, '0')}`
export const unitId = (name: string): string =>
  `00000000-0000-7000-a000-${String((UNITS as readonly string[]).indexOf(name)).padStart(12, '0')}`

export const intersectTable = (relationship: number): string => `new_link${relationship}`
