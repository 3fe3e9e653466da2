import type { LoadValue, LoadValues } from '#engine/contract/loader'
import type { ColumnDefinition, ColumnType, TableDefinition } from '#engine/contract/tables'
import { CITIES, COMPANY_FIRST, COMPANY_FORM, COMPANY_TRADE, DEALS, FIRST_NAMES, LAST_NAMES, PRODUCTS, TASKS } from './words.ts'

/** Returns a pseudo-random number for a row and a purpose, the same on each call. */
type Dice = (purpose: number) => number
type MakeUp = (dice: Dice, index: number) => LoadValue

const pick = <T>(list: readonly T[], number: number): T => list[number % list.length] as T
const amount = (number: number, upTo: number) => (Math.round(((number % 100_000) / 100_000) * upTo * 20) * 5) / 100

const firstName: MakeUp = (dice) => pick(FIRST_NAMES, dice(1))
const lastName: MakeUp = (dice) => pick(LAST_NAMES, dice(2))
const fullName: MakeUp = (dice, index) => `${firstName(dice, index)} ${lastName(dice, index)}`
const company: MakeUp = (dice) => `${pick(COMPANY_FIRST, dice(3))} ${pick(COMPANY_TRADE, dice(4))}${pick(COMPANY_FORM, dice(5))}`
const city: MakeUp = (dice) => pick(CITIES, dice(6))
const phone: MakeUp = (dice) => `+00 ${String((dice(7) % 900) + 100)} ${String((dice(8) % 9_000_000) + 1_000_000)}`
const mail: MakeUp = (dice, index) => {
  const plain = (text: LoadValue) =>
    String(text)
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z]/g, '')
  return `${plain(firstName(dice, index))}.${plain(lastName(dice, index))}@${plain(pick(COMPANY_FIRST, dice(3)))}.example`
}

/** Primary names for well-known tables; rows of other tables are called by the table's name and a number. */
const PRIMARY_NAMES: Record<string, MakeUp> = {
  account: company,
  contact: fullName,
  lead: fullName,
  systemuser: fullName,
  task: (dice) => pick(TASKS, dice(9)),
  phonecall: (dice) => `Call: ${pick(TASKS, dice(9))}`,
  appointment: (dice) => `Meeting: ${pick(TASKS, dice(9))}`,
  opportunity: (dice) => `${pick(DEALS, dice(10))}: ${pick(PRODUCTS, dice(11))}s`,
  quote: (_, index) => `Quote Q-${String(index).padStart(5, '0')}`,
  salesorder: (_, index) => `Order SO-${String(index).padStart(5, '0')}`,
  invoice: (_, index) => `Invoice I-${String(index).padStart(5, '0')}`,
  incident: (dice) => `${pick(PRODUCTS, dice(11))} does not work`,
}

/** Well-known columns, by the end of their name, where the type fits too. */
const COLUMNS: { ending: RegExp; types: ColumnType[]; makeUp: MakeUp }[] = [
  { ending: /^firstname$/, types: ['String'], makeUp: firstName },
  { ending: /^lastname$/, types: ['String'], makeUp: lastName },
  { ending: /^(emailaddress1|internalemailaddress|email)$/, types: ['String'], makeUp: mail },
  { ending: /^(telephone1|mobilephone|phone)$/, types: ['String'], makeUp: phone },
  { ending: /^(address1_city|city)$/, types: ['String'], makeUp: city },
  { ending: /^productdescription$/, types: ['String', 'Memo'], makeUp: (dice) => pick(PRODUCTS, dice(11)) },
  { ending: /^(creditlimit|revenue)$/, types: ['Money', 'Decimal', 'Integer'], makeUp: (dice) => (dice(12) % 500) * 1_000 },
  { ending: /^(totalamount|estimatedvalue|extendedamount)$/, types: ['Money', 'Decimal'], makeUp: (dice) => amount(dice(13), 20_000) },
  { ending: /^priceperunit$/, types: ['Money', 'Decimal'], makeUp: (dice) => amount(dice(14), 500) },
  { ending: /^quantity$/, types: ['Decimal', 'Integer', 'Double'], makeUp: (dice) => (dice(15) % 20) + 1 },
  { ending: /^numberofemployees$/, types: ['Integer'], makeUp: (dice) => (dice(16) % 800) + 3 },
]

/** Generates values for the columns that `set` leaves out: the same ones for the same row of the same rule. */
export function madeUpColumns(table: TableDefinition, given: Set<string>, seed: number): (index: number) => LoadValues {
  const columns = table.columns.flatMap((column): { name: string; makeUp: MakeUp }[] => {
    const makeUp = given.has(column.logicalName) ? undefined : makerOf(column, table)
    return makeUp === undefined ? [] : [{ name: column.logicalName, makeUp }]
  })
  return (index) => {
    const dice: Dice = (purpose) => mix(seed, index, purpose)
    const values: LoadValues = {}
    for (const { name, makeUp } of columns) values[name] = makeUp(dice, index)
    return values
  }
}

function makerOf(column: ColumnDefinition, table: TableDefinition): MakeUp | undefined {
  if (column.logicalName === table.primaryName) {
    const label = table.displayName ?? table.logicalName
    return PRIMARY_NAMES[table.logicalName] ?? ((_, index) => `${label} ${index}`)
  }
  return COLUMNS.find(({ ending, types }) => types.includes(column.type) && ending.test(column.logicalName))?.makeUp
}

/** Hashes integers so that neighbouring rows get unrelated values. */
function mix(seed: number, index: number, purpose: number): number {
  let hash = Math.imul(index, 0x9e37_79b1) ^ Math.imul(purpose + 1, 0x85eb_ca6b) ^ Math.imul(seed + 1, 0xc2b2_ae35)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a_2d39)
  return (hash ^ (hash >>> 15)) >>> 0
}
