/** The staging tables of asynchronous customers and their columns. Source: reference, section 7. */

/** A value of a column. Empty text counts as none. */
export type Value = string | number | null

/** Values by the names of their columns, in capitals. */
export type Values = Record<string, Value>

/** What a staging table holds. */
export type EntityName = 'customer' | 'address' | 'contact' | 'affiliation' | 'attribute'

/** One staging table: its name on the platform and its own columns, without flags and accounts. */
export interface Entity {
  name: EntityName
  table: string
  columns: readonly string[]
  /** Columns that hold numbers. */
  numbers: ReadonlySet<string>
  /** The column that tells rows of one customer apart; `null` for the customer itself. */
  id: string | null
  /** Further names of columns, as files write them. */
  aliases: Readonly<Record<string, string>>
}

const entity = (
  name: EntityName,
  table: string,
  columns: string,
  rest: { id: string | null; numbers?: string; aliases?: Record<string, string> },
): Entity => ({
  name,
  table,
  columns: columns.split(' '),
  numbers: new Set(rest.numbers?.split(' ') ?? []),
  id: rest.id,
  aliases: rest.aliases ?? {},
})

const CUSTOMER = entity(
  'customer',
  'RETAILASYNCCUSTOMERV2',
  'CUSTNAME FIRSTNAME MIDDLENAME LASTNAME RELATIONSHIPTYPE PHONE PHONEEXTENSION CELLULARPHONE EMAIL URL RECEIPTEMAIL RECEIPTOPTION LANGUAGEID CURRENCY CUSTGROUP PRICEGROUP INVOICEACCOUNT CREDITMAX BLOCKED ORGANIZATIONID LINEDISC MULTILINEDISC ENDDISC TAXGROUP VATNUM IDENTIFICATIONNUMBER USEPURCHREQUEST TITLERECORDID ADDRESSBOOK',
  {
    id: null,
    numbers: 'RELATIONSHIPTYPE RECEIPTOPTION CREDITMAX BLOCKED USEPURCHREQUEST TITLERECORDID',
    aliases: { NAME: 'CUSTNAME' },
  },
)

const ADDRESS = entity(
  'address',
  'RETAILASYNCADDRESSV2',
  'ADDRESSID ADDRESSNAME STREET STREETNUMBER BUILDINGCOMPLIMENT CITY COUNTY STATE ZIP COUNTRY DISTRICTNAME PHONE EMAIL URL TAXGROUP ADDRESSTYPE MAKEPOSTALADDRESSPRIMARY',
  {
    id: 'ADDRESSID',
    numbers: 'MAKEPOSTALADDRESSPRIMARY',
    aliases: { ZIPCODE: 'ZIP', NAME: 'ADDRESSNAME', CUSTNAME: 'ADDRESSNAME', PRIMARY: 'MAKEPOSTALADDRESSPRIMARY' },
  },
)

const CONTACT = entity('contact', 'RETAILASYNCCUSTOMERCONTACT', 'CONTACTID TYPE VALUE EXTENSION ISPRIMARY CONSENT', {
  id: 'CONTACTID',
  numbers: 'ISPRIMARY CONSENT',
  aliases: { ID: 'CONTACTID', PRIMARY: 'ISPRIMARY' },
})

const AFFILIATION = entity('affiliation', 'RETAILASYNCCUSTOMERAFFILIATION', 'AFFILIATION', {
  id: 'AFFILIATION',
  aliases: { NAME: 'AFFILIATION', ID: 'AFFILIATION', AFFILIATIONID: 'AFFILIATION' },
})

const ATTRIBUTE = entity('attribute', 'RETAILASYNCCUSTOMERATTRIBUTEV2', 'ATTRIBUTERECID ATTRIBUTEDATATYPE ATTRIBUTEVALUESTRING', {
  id: 'ATTRIBUTERECID',
  numbers: 'ATTRIBUTEDATATYPE',
  aliases: { NAME: 'ATTRIBUTERECID', ATTRIBUTE: 'ATTRIBUTERECID', VALUE: 'ATTRIBUTEVALUESTRING' },
})

export const ENTITIES: Readonly<Record<EntityName, Entity>> = {
  customer: CUSTOMER,
  address: ADDRESS,
  contact: CONTACT,
  affiliation: AFFILIATION,
  attribute: ATTRIBUTE,
}

/** Entities in the order in which the batch job takes them. Source: reference, section 9, reading. */
export const BATCH_ORDER: readonly EntityName[] = ['customer', 'contact', 'affiliation', 'attribute', 'address']

/** What hangs from a customer. */
export const DETAIL_NAMES = ['address', 'contact', 'affiliation', 'attribute'] as const
export type DetailName = (typeof DETAIL_NAMES)[number]

/** A customer's addresses, contacts, affiliations and attributes by their ids. */
export type Details = Record<DetailName, Record<string, Values>>

/** Returns a detail by its id, which may be any text, such as `constructor`. */
export const detailOf = (list: Record<string, Values>, id: string): Values | undefined => (Object.hasOwn(list, id) ? list[id] : undefined)

export const noDetails = (): Details => ({ address: {}, contact: {}, affiliation: {}, attribute: {} })

/** What a row of a staging table asks for. Source: reference, section 7; the split of 1 and 2 is our reading. */
export const OPERATION_NUMBERS = { Create: 1, Update: 2, Deactivate: 3 } as const
export type OperationName = keyof typeof OPERATION_NUMBERS

export const operationOf = (number: number): OperationName => (number === 1 ? 'Create' : number === 3 ? 'Deactivate' : 'Update')

/** Returns the column that a name means, in whatever case; `undefined` for none. */
export function findColumn({ columns, aliases }: Entity, name: string): string | undefined {
  const upper = name.toUpperCase()
  return columns.includes(upper) ? upper : Object.hasOwn(aliases, upper) ? aliases[upper] : undefined
}

/** Returns a written value as its column keeps it: numbers in columns of numbers, text elsewhere, nothing for empty text. */
export function keptValue({ numbers }: Entity, column: string, written: unknown, text: string = String(written)): Value {
  if (written === null || written === undefined || written === '') return null
  if (!numbers.has(column)) return text
  if (typeof written === 'boolean') return written ? 1 : 0
  const number = typeof written === 'number' ? written : Number(NAMED_NUMBERS[text.toLowerCase()] ?? text)
  return Number.isFinite(number) ? number : text
}

const NAMED_NUMBERS: Readonly<Record<string, number>> = { no: 0, yes: 1, all: 2, invoice: 1, true: 1, false: 0, person: 1, organization: 2 }

/** Returns whether headquarters has blocked a customer with these values. */
export const isBlocked = ({ BLOCKED = null }: Values): boolean => BLOCKED !== null && BLOCKED !== 0
