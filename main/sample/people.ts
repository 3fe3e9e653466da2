import type { LoadValues, RecordLoader, RowNumber } from '#engine/contract/loader'
import { ROOT_UNIT_NAME } from '#engine/model/system-model'

const UNITS = ['Nordics', 'Central Europe', 'Iberia'] as const
type Unit = (typeof UNITS)[number]

/** Who works in the sample organisation. One has left, so that assigning to a disabled user can be tried. */
const USERS: [name: string, unit: Unit, disabled?: true][] = [
  ['Linnea Holm', 'Nordics'],
  ['Bjarne Ibsen', 'Nordics'],
  ['Oskar Eklund', 'Nordics'],
  ['Greta Adler', 'Central Europe'],
  ['Marek Novak', 'Central Europe'],
  ['Hana Keller', 'Central Europe'],
  ['Ines Carvalho', 'Iberia'],
  ['Diego Almeida', 'Iberia'],
  ['Wim Bakker', 'Central Europe', true],
]
const TEAMS: [name: string, unit: Unit][] = [
  ['Nordic Accounts', 'Nordics'],
  ['Central Europe Accounts', 'Central Europe'],
  ['Iberia Accounts', 'Iberia'],
]

/** Users who own ordinary sample rows in rotation. */
export const SELLERS = USERS.filter(([, , disabled]) => !disabled).map(([name]) => name)

/** Loads business units, users and teams. The loader derives nothing, so each row names its business unit. */
export function loadPeople(loader: RecordLoader, newId: () => string): void {
  const [root = 0] = loader.findByName('businessunit', ROOT_UNIT_NAME)
  const insert = (table: string, values: LoadValues) => loader.insert(table, newId(), values)
  const unitAt = (row: RowNumber) => ({ table: 'businessunit', row })
  const units = new Map(
    UNITS.map((name) => [name, insert('businessunit', { name, parentbusinessunitid: unitAt(root), isdisabled: false })]),
  )
  const unitNamed = (name: Unit) => unitAt(units.get(name) ?? root)
  for (const [fullname, unit, isdisabled = false] of USERS) insert('systemuser', { fullname, businessunitid: unitNamed(unit), isdisabled })
  for (const [name, unit] of TEAMS) insert('team', { name, businessunitid: unitNamed(unit) })
}
