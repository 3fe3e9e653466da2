import type { LoadValues, RecordLoader, RowNumber } from '#engine/contract/loader'

type Link = { table: string; row: RowNumber }

/** Writes one row and returns the value of a lookup that points to it. */
type Insert = (table: string, values: LoadValues) => Link

/** Loads records that demonstrate one situation each. They are loaded first, so that every list begins with them. */
export function loadStories(loader: RecordLoader, newId: () => string): void {
  const owner = (name: string): LoadValues => ({ ownerid: loader.findOwner(name) ?? null })
  const insert: Insert = (table, values) => ({ table, row: loader.insert(table, newId(), values) })
  blockedDelete(insert, owner('Greta Adler'))
  duplicateAccounts(insert, owner('Linnea Holm'), owner('Ines Carvalho'))
  duplicateContacts(insert, owner('Marek Novak'))
  holding(insert, owner('Bjarne Ibsen'))
  smallCustomer(insert, owner('Diego Almeida'))
}

/** Adds an account whose delete is refused: its orders and those of its contacts have Delete: Restrict. */
function blockedDelete(insert: Insert, owner: LoadValues): void {
  const account = insert('account', {
    name: 'Harbour Mill Textiles',
    accountnumber: 'AC-1001',
    address1_city: 'Leipzig',
    industry: 'Textiles',
    creditlimit: 80_000,
    telephone1: '+00 341 5550 101',
    ...owner,
  })
  const buyer = insert('contact', { ...person('Mirjam', 'Winther', 'Head of Purchasing'), parentcustomerid: account, ...owner })
  insert('contact', { ...person('Tariq', 'Haddad', 'Accountant'), parentcustomerid: account, ...owner })
  for (const [number, customerid] of [account, account, buyer].entries()) {
    const name = `Order SO-1000${number + 1}`
    const order = insert('salesorder', {
      name,
      ordernumber: `SO-1000${number + 1}`,
      totalamount: 1_250 * (number + 1),
      customerid,
      ...owner,
    })
    insert('salesorderdetail', { productdescription: 'Cotton yarn, 40 kg', quantity: 5, priceperunit: 150, salesorderid: order })
    insert('salesorderdetail', { productdescription: 'Freight', quantity: 1, priceperunit: 500, salesorderid: order })
  }
  insert('task', { subject: 'Check delivery dates', regardingobjectid: account, ...owner })
}

/** Adds the same customer twice, with conflicting values and different parent accounts, which the parenting check reports. */
function duplicateAccounts(insert: Insert, first: LoadValues, second: LoadValues): void {
  const group = insert('account', {
    name: 'Kestrel Group',
    accountnumber: 'AC-1010',
    address1_city: 'Aarhus',
    industry: 'Holding',
    ...first,
  })
  const iberia = insert('account', {
    name: 'Kestrel Iberia',
    accountnumber: 'AC-1011',
    address1_city: 'Porto',
    industry: 'Holding',
    ...second,
  })
  const kept = insert('account', {
    name: 'Kestrel Instruments',
    accountnumber: 'AC-1012',
    telephone1: '+00 86 5550 112',
    address1_city: 'Aarhus',
    industry: 'Measuring devices',
    creditlimit: 120_000,
    numberofemployees: 240,
    parentaccountid: group,
    ...first,
  })
  const duplicate = insert('account', {
    name: 'Kestrel Instruments A/S',
    accountnumber: 'AC-1013',
    telephone1: '+00 22 5550 998',
    address1_city: 'Porto',
    creditlimit: 45_000,
    revenue: 18_500_000,
    parentaccountid: iberia,
    ...second,
  })
  for (const [account, owner, names] of [
    [
      kept,
      first,
      [
        ['Dagny', 'Dahl'],
        ['Soren', 'Quist'],
      ],
    ],
    [
      duplicate,
      second,
      [
        ['Joana', 'Silva'],
        ['Soren', 'Quist'],
        ['Paola', 'Duarte'],
      ],
    ],
  ] as const) {
    for (const [firstname, lastname] of names) {
      const contact = insert('contact', { ...person(firstname, lastname, 'Buyer'), parentcustomerid: account, ...owner })
      insert('opportunity', {
        name: `Sensor kits for ${lastname}`,
        estimatedvalue: 9_500,
        customerid: contact,
        parentaccountid: account,
        ...owner,
      })
    }
    insert('incident', { title: 'Calibration is off', ticketnumber: 'CAS-1013', customerid: account, ...owner })
  }
}

/** Adds one person under two companies: merging them loses a parent unless the parenting check refuses it. */
function duplicateContacts(insert: Insert, owner: LoadValues): void {
  const first = insert('account', {
    name: 'Lantern Studios',
    accountnumber: 'AC-1020',
    address1_city: 'Ghent',
    industry: 'Media',
    ...owner,
  })
  const second = insert('account', {
    name: 'Old Quay Press',
    accountnumber: 'AC-1021',
    address1_city: 'Antwerp',
    industry: 'Media',
    ...owner,
  })
  for (const [account, mail, title] of [
    [first, 'selma@lantern.example', 'Producer'],
    [second, 'vermeer@oldquay.example', 'Editor'],
  ] as const) {
    const contact = insert('contact', { ...person('Selma', 'Vermeer', title), emailaddress1: mail, parentcustomerid: account, ...owner })
    insert('task', { subject: 'Send the revised contract', regardingobjectid: contact, ...owner })
    insert('quote', { name: `Quote for ${title.toLowerCase()}`, totalamount: 2_400, customerid: contact, ...owner })
  }
}

/** Adds subsidiaries four levels deep: assigning the top cascades down, deleting it only removes the link. */
function holding(insert: Insert, owner: LoadValues): void {
  let parentaccountid: Link | null = null
  for (const [level, name] of ['Meridian Holding', 'Meridian Europe', 'Meridian Nordics', 'Meridian Bergen'].entries()) {
    const account: Link = insert('account', {
      name,
      accountnumber: `AC-103${level}`,
      address1_city: 'Bergen',
      industry: 'Shipping',
      parentaccountid,
      ...owner,
    })
    insert('contact', {
      ...person(['Uma', 'Yusuf', 'Ronja', 'Piet'][level] ?? '', 'Lange', 'Managing Director'),
      parentcustomerid: account,
      ...owner,
    })
    parentaccountid = account
  }
}

/** Adds a customer without blockers, whose plan is small enough to read row by row. */
function smallCustomer(insert: Insert, owner: LoadValues): void {
  const account = insert('account', {
    name: 'Willow Bicycles',
    accountnumber: 'AC-1040',
    address1_city: 'Sevilla',
    industry: 'Retail',
    creditlimit: 5_000,
    ...owner,
  })
  const contact = insert('contact', { ...person('Rosa', 'Castell', 'Owner'), parentcustomerid: account, ...owner })
  insert('task', { subject: 'Call back about the offer', regardingobjectid: contact, ...owner })
  insert('task', { subject: 'Arrange a site visit', regardingobjectid: account, ...owner })
}

const person = (firstname: string, lastname: string, jobtitle: string): LoadValues => ({
  fullname: `${firstname} ${lastname}`,
  firstname,
  lastname,
  jobtitle,
})
