import { expect, test } from 'vitest'
import { read, refusalOf } from './read.ts'

const HEAD = `scenario: Commerce
commerce:
  channels: { store-1: { kind: store, createCustomerInAsyncMode: true }, web-1: { kind: online } }
  customers: { C1: { name: Contoso, custgroup: 10 } }
`
const LINES = 4

const step = (text: string) => `${HEAD}steps:\n  - ${text}`
const op = (text: string) => step(`commerce: ${text}`)
const expecting = (text: string) => step(`{ check: {}, expect: ${text} }`)

/** The place of a mistake in the one step of the file: line 2 after the head. */
const STEP = 2

test.each<[title: string, text: string, line: number, column: number, message: RegExp]>([
  ['a misspelt operation', op('{ runJb: { job: "1010" } }'), STEP, 17, /Did you mean "runJob"/],
  ['no operation', op('{}'), STEP, 15, /exactly one commerce operation/],
  ['two operations', op('{ upload: { channel: store-1 }, advance: 5 }'), STEP, 47, /"advance" belongs in a step of its own/],
  ['an unknown channel', op('{ upload: { channel: stor-1 } }'), STEP, 36, /Did you mean "store-1"/],
  ['an unknown customer', op('{ editCustomer: { channel: store-1, customer: C2, set: {} } }'), STEP, 61, /Did you mean "C1"/],
  ['an unknown column', op('{ editCustomer: { channel: store-1, customer: C1, set: { phon: 1 } } }'), STEP, 72, /Did you mean "phone"/],
  ['a column twice', op('{ editCustomer: { channel: store-1, customer: C1, set: { name: A, CUSTNAME: B } } }'), STEP, 81, /given twice/],
  ['a list for a value', op('{ editCustomer: { channel: store-1, customer: C1, set: { phone: [1] } } }'), STEP, 79, /a value for phone/],
  [
    'a text for a number',
    op('{ editCustomer: { channel: store-1, customer: C1, set: { creditmax: lots } } }'),
    STEP,
    83,
    /a number for creditmax/,
  ],
  ['an unknown job', op('{ runJob: { job: 1020 } }'), STEP, 32, /one of 1010, 1070, 1110, P-0001/],
  ['an unknown batch', op('{ runBatch: SynchronizeCustomer }'), STEP, 27, /Did you mean "SynchronizeCustomers"/],
  ['an unknown feature', op('{ enableFeature: asyncEdits }'), STEP, 32, /Did you mean "asyncEdit"/],
  ['setChannel that changes nothing', op('{ setChannel: { channel: store-1 } }'), STEP, 29, /at least one of/],
  ['a schedule of two', op('{ schedule: { job: P-0001, batch: EndOfDayPosting, hold: true } }'), STEP, 27, /exactly one of job and batch/],
  ['a schedule of nothing', op('{ schedule: { job: P-0001 } }'), STEP, 27, /at least one of everyMinutes and hold/],
  ['a schedule without time between', op('{ schedule: { job: P-0001, everyMinutes: 0 } }'), STEP, 56, /at least 1|from 1 to/],
  ['time that goes back', op('{ advance: -1 }'), STEP, 26, /whole number/],
  ['a customer twice', op('{ createCustomer: { channel: store-1, id: C1, set: {} } }'), STEP, 57, /two customers "C1"/],
  [
    'a contact of no type',
    op('{ setContacts: { channel: store-1, customer: C1, set: [ { id: A, type: fax, value: x } ] } }'),
    STEP,
    86,
    /phone, email, url/,
  ],
  [
    'affiliations that are no list',
    op('{ setAffiliations: { channel: store-1, customer: C1, set: VIP } }'),
    STEP,
    73,
    /a list of affiliations/,
  ],
  ['attributes that are a list', op('{ setAttributes: { channel: store-1, customer: C1, set: [a] } }'), STEP, 71, /a mapping/],
  [
    'an unknown address',
    op('{ editAddress: { channel: store-1, customer: C1, address: HOME, set: {} } }'),
    STEP,
    73,
    /no address of the customer "C1" "HOME"/,
  ],
  [
    'an operation that no step made',
    op('{ editOperation: { operation: x, set: {} } }'),
    STEP,
    45,
    /no earlier step with an operation on a customer "x"/,
  ],
  [
    'a column of another table',
    `${HEAD}steps:\n  - { name: a, commerce: { addAddress: { channel: store-1, customer: C1, address: H, set: { zip: "1" } } } }\n  - commerce: { editOperation: { operation: a, set: { custgroup: 1 } } }`,
    3,
    55,
    /RETAILASYNCADDRESSV2 has no column "custgroup"/,
  ],
  [
    'an unknown table',
    expecting('{ staging: [ { table: RETAILASYNCCUSTOMER, database: headquarters, equals: 0 } ] }'),
    STEP,
    48,
    /Did you mean "RETAILASYNCCUSTOMER/,
  ],
  [
    'an unknown database',
    expecting('{ staging: [ { table: RETAILASYNCADDRESSV2, database: headquarter, equals: 0 } ] }'),
    STEP,
    80,
    /Did you mean "headquarters"/,
  ],
  [
    'an unknown column of a condition',
    expecting('{ staging: [ { table: RETAILASYNCADDRESSV2, database: web-1, where: { zipp: 1 }, equals: 0 } ] }'),
    STEP,
    96,
    /Did you mean "zip"/,
  ],
  ['an unknown state', expecting('{ sessions: [ { state: Aplied } ] }'), STEP, 49, /Did you mean "Applied"/],
  ['an unknown customer that is expected', expecting('{ customer: { C2: { stage: Created } } }'), STEP, 40, /Did you mean "C1"/],
  ['an unknown stage', expecting('{ customer: { C1: { stage: Create } } }'), STEP, 53, /Did you mean "Created"/],
  ['an unknown place of a feature', expecting('{ feature: { asyncEdit: { store-2: true } } }'), STEP, 52, /Did you mean "store-1"/],
  ['an unknown path', expecting('{ path: Fallback }'), STEP, 34, /Sync, Async, AsyncFallback/],
  ['a regular expression that is none', expecting('{ realTimeCalls: { count: 0, reasons: ["("] } }'), STEP, 65, /not a regular expression/],
  ['an unknown status', expecting('{ syncStatus: [ { status: Done } ] }'), STEP, 52, /Pending, Synchronized, Failed/],
])('%s is refused with its place', (_title, text, line, column, message) => {
  const refusal = refusalOf(text)

  expect(refusal.message).toMatch(message)
  expect(refusal).toMatchObject({ code: 'SCENARIO_INVALID', line: LINES + line, column })
})

test.each<[title: string, section: string, column: number, message: RegExp]>([
  ['an unknown kind of channel', 'channels: { a: { kind: shop } }', 36, /store, online/],
  ['a misspelt key of a channel', 'channels: { a: { kind: store, adressBook: x } }', 43, /Did you mean "addressBook"/],
  ['a default customer that is not declared', 'channels: { a: { kind: store, defaultCustomer: DC } }', 60, /no customer "DC"/],
  ['a channel called headquarters', 'channels: { headquarters: { kind: store } }', 25, /cannot be called "headquarters"/],
  [
    'asyncEdit without the others',
    'features: [asyncEdit]',
    23,
    /asyncEdit cannot be on without performanceImprovements, asyncAddresses, enhancedAsyncCreate/,
  ],
  ['a number sequence without digits', 'settings: { numberSequence: C }', 41, /a number sequence with 1 to 15 digits/],
  ['a misspelt setting', 'settings: { csuCacheMinute: 1 }', 25, /Did you mean "csuCacheMinutes"/],
  ['a column of a customer that there is not', 'customers: { C1: { nam: x } }', 32, /Did you mean "name"/],
  ['a misspelt section', 'chanels: {}', 13, /Did you mean "channels"/],
])('in the section, %s is refused with its place', (_title, section, column, message) => {
  const refusal = refusalOf(`scenario: x\ncommerce: { ${section} }\nsteps: []\n`)

  expect(refusal.message).toMatch(message)
  expect(refusal).toMatchObject({ line: 2, column })
})

test('a step may name a customer that a later step creates, as one that does not exist yet', () => {
  const later = '{ createCustomer: { channel: store-1, id: A, set: { firstname: A } } }'

  expect(() =>
    read(`${op('{ editCustomer: { channel: store-1, customer: A, set: { phone: 1 } } }')}\n  - commerce: ${later}`),
  ).not.toThrow()
})
