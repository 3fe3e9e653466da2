import { describe, expect, test } from 'vitest'
import { read, refusalOf } from './read.ts'

/** A scenario that consists of a model only. */
const model = (tables: string, relationships: string[] = []) =>
  `scenario: A model
model:
  tables: ${tables}
  relationships:
${relationships.map((each) => `    - ${each}\n`).join('')}
steps: []`.replace('  relationships:\n\n', '')

const relationship = (fields: string) => `{ name: r, referenced: account, referencing: contact, attribute: parentcustomerid${fields} }`
const cascadeOf = (fields: string, tables = '{ account: {}, contact: {} }') =>
  read(model(tables, [relationship(fields)])).declared.relationships[0]?.cascade

describe('a declared table', () => {
  test('is user-owned, and mergeable and active as the platform has it', () => {
    const { tables } = read(model('{ account: {}, quote: {}, contract: {}, appointment: {}, new_thing: {} }')).declared

    expect(
      tables.map(({ logicalName, ownership, mergeable, activeState, primaryName }) => [
        logicalName,
        ownership,
        mergeable,
        activeState,
        primaryName,
      ]),
    ).toEqual([
      ['account', 'UserOwned', true, 0, 'name'],
      ['quote', 'UserOwned', false, 1, 'name'],
      ['contract', 'UserOwned', false, 2, 'name'],
      ['appointment', 'UserOwned', false, 3, 'name'],
      ['new_thing', 'UserOwned', false, 0, 'name'],
    ])
  })

  test('takes what the file says instead', () => {
    const [table] = read(
      model(
        '{ account: { ownership: OrganizationOwned, mergeable: false, activeState: 4, primaryName: title, columns: { size: Integer } } }',
      ),
    ).declared.tables

    expect(table).toMatchObject({
      ownership: 'OrganizationOwned',
      mergeable: false,
      activeState: 4,
      primaryName: 'title',
      origin: 'declared',
    })
    const columns = table?.columns.map(({ logicalName }) => logicalName)
    expect(columns).toEqual(['size', 'accountid', 'title', 'statecode', 'statuscode', 'createdon', 'createdby', 'modifiedon', 'modifiedby'])
  })

  test('has columns with what they take, and an imported one keeps what the file leaves out', () => {
    const [account] = read(
      model(
        '{ account: { columns: { name: { type: String, required: true, maxLength: 160 }, kind: { type: Choice, options: { 1: First, -2: Other } } } } }',
      ),
    ).declared.tables

    expect(account?.columns.slice(0, 2)).toMatchObject([
      { logicalName: 'name', type: 'String', requiredLevel: 'Mandatory', maxLength: 160, options: [] },
      {
        logicalName: 'kind',
        type: 'Choice',
        requiredLevel: 'None',
        maxLength: null,
        options: [
          { value: 1, label: 'First' },
          { value: -2, label: 'Other' },
        ],
      },
    ])
  })

  test('may be owned by business units', () => {
    expect(read(model('{ site: { ownership: BusinessOwned } }')).declared.tables[0]).toMatchObject({ ownership: 'BusinessOwned' })
  })

  test('may be written without anything', () => {
    expect(read('scenario: x\nmodel:\n  tables:\n    account:\n    contact:\nsteps: []').declared.tables).toHaveLength(2)
  })

  test.each([
    ['has a name in capitals', '{ Account: {} }', /not a logical name/],
    ['is one of the environment itself', '{ systemuser: {} }', /every environment/],
    ['declares a column that every row has', '{ account: { columns: { statecode: Integer } } }', /already/],
    ['has a column of an unknown type', '{ account: { columns: { size: Intger } } }', /Did you mean "Integer"/],
    ['has a column without a type', '{ account: { columns: { size: { required: true } } } }', /"type" is missing/],
    ['has a misspelt key in a column', '{ account: { columns: { size: { type: String, maxlength: 5 } } } }', /Did you mean "maxLength"/],
    ['limits what is no text', '{ account: { columns: { size: { type: Integer, maxLength: 5 } } } }', /"maxLength" is for String and Memo/],
    ['has a length of nothing', '{ account: { columns: { size: { type: String, maxLength: 0 } } } }', /from 1 to 1048576/],
    ['has options of a text', '{ account: { columns: { size: { type: String, options: { 1: One } } } } }', /"options" are for Choice/],
    ['has an option that is no number', '{ account: { columns: { size: { type: Choice, options: { One: 1 } } } } }', /text|label/],
    ['has an option named by a word', '{ account: { columns: { size: { type: Choice, options: { One: First } } } } }', /whole number/],
    ['has an unknown ownership', '{ account: { ownership: TeamOwned } }', /Did you mean "UserOwned"/],
  ])('is refused where it %s', (_, tables, message) => {
    expect(refusalOf(model(tables)).message).toMatch(message)
  })
})

describe('a declared relationship', () => {
  const none = {
    Assign: 'NoCascade',
    Reparent: 'NoCascade',
    Share: 'NoCascade',
    Unshare: 'NoCascade',
    RollupView: 'NoCascade',
    Archive: 'NoCascade',
  }
  const all = { Assign: 'Cascade', Reparent: 'Cascade', Share: 'Cascade', Unshare: 'Cascade' }

  test.each([
    ['with nothing said removes links and merges under a mergeable table', '', { ...none, Delete: 'RemoveLink', Merge: 'Cascade' }],
    ['Parental', ', behavior: Parental', { ...none, ...all, Delete: 'Cascade', Merge: 'Cascade' }],
    ['Referential', ', behavior: Referential', { ...none, Delete: 'RemoveLink', Merge: 'Cascade' }],
    ['ReferentialRestrictDelete', ', behavior: ReferentialRestrictDelete', { ...none, Delete: 'Restrict', Merge: 'Cascade' }],
    [
      'with some actions',
      ', cascade: { Assign: Active, Merge: NoCascade }',
      { ...none, Assign: 'Active', Delete: 'RemoveLink', Merge: 'NoCascade' },
    ],
  ])('%s', (_, fields, cascade) => {
    expect(cascadeOf(fields)).toEqual(cascade)
  })

  test('does not merge under a table whose rows cannot be merged', () => {
    expect(cascadeOf(', behavior: Parental', '{ account: { mergeable: false }, contact: {} }')?.Merge).toBe('NoCascade')
  })

  test('is a hierarchy where both ends are one table', () => {
    const { relationships } = read(
      model('{ account: {} }', ['{ name: h, referenced: account, referencing: account, attribute: parentaccountid, behavior: Parental }']),
    ).declared

    expect(relationships[0]).toMatchObject({ hierarchical: true })
  })

  test('shares its lookup with another and makes it polymorphic', () => {
    const scenario = read(
      `${model('{ account: {}, contact: {}, salesorder: {} }', [
        '{ name: a, referenced: account, referencing: salesorder, attribute: customerid, behavior: Parental }',
        '{ name: c, referenced: contact, referencing: salesorder, attribute: customerid, behavior: Parental }',
      ])}\nrecords: { account: [ { id: A } ], contact: [ { id: C } ], salesorder: [ { id: O, customerid: account/A }, { id: P, customerid: contact/C } ] }`,
    )

    expect(scenario.rows.slice(2).map(({ cells }) => cells)).toEqual([
      { customerid: { table: 'account', id: 'A' } },
      { customerid: { table: 'contact', id: 'C' } },
    ])
  })

  test.each([
    ['has both a behavior and a cascade', ', behavior: Parental, cascade: {}', /either "behavior" or "cascade"/],
    ['names an unknown behavior', ', behavior: Parentl', /Did you mean "Parental"/],
    ['configures Archive', ', cascade: { Archive: NoCascade }', /Unknown key "Archive"/],
  ])('is refused where it %s', (_, fields, message) => {
    expect(refusalOf(model('{ account: {}, contact: {} }', [relationship(fields)])).message).toMatch(message)
  })

  test.each([
    [
      'leads to an undeclared table',
      ['{ name: r, referenced: acount, referencing: contact, attribute: a }'],
      /no table "acount".*Did you mean "account"/,
    ],
    ['uses a column that is no lookup', ['{ name: r, referenced: account, referencing: contact, attribute: name }'], /String column/],
    [
      'has a name that is taken',
      [
        '{ name: r, referenced: account, referencing: contact, attribute: a }',
        '{ name: R, referenced: account, referencing: contact, attribute: b }',
      ],
      /"r" already/,
    ],
    [
      'leads the same way as another',
      [
        '{ name: r, referenced: account, referencing: contact, attribute: a }',
        '{ name: s, referenced: account, referencing: contact, attribute: a }',
      ],
      /by r already/,
    ],
  ])('is refused where it %s', (_, relationships, message) => {
    expect(refusalOf(model('{ account: {}, contact: {} }', relationships)).message).toMatch(message)
  })
})

describe('a design-time rule is broken, and the error is the one of the platform', () => {
  const user =
    '{ account: {}, contact: {}, region: { ownership: OrganizationOwned }, new_thing: {}, incident: {}, task: {}, annotation: {} }'
  const link = (name: string, parent: string, child: string, rest: string, attribute = `${parent}id_`) =>
    `{ name: ${name}, referenced: ${parent}, referencing: ${child}, attribute: ${attribute}, ${rest} }`

  test.each([
    [
      'by a type that Assign does not have [DR1]',
      [link('r', 'account', 'contact', 'cascade: { Assign: RemoveLink }')],
      '0x80048204',
      'RemoveLink }',
    ],
    ['by Delete: Active [DR1]', [link('r', 'account', 'contact', 'cascade: { Delete: Active }')], '0x80048204', 'Active }'],
    [
      'by Delete: NoCascade, which only imports may bring [DR1]',
      [link('r', 'account', 'contact', 'cascade: { Delete: NoCascade }')],
      '0x80048204',
      'NoCascade }',
    ],
    [
      'by Remove Link on a lookup that the relationship says cannot be empty [DR5]',
      [link('r', 'account', 'contact', 'required: true, cascade: { Delete: RemoveLink }')],
      '0x80048104',
      'RemoveLink }',
    ],
    [
      'by Remove Link that is left unsaid on such a lookup [DR5]',
      [link('r', 'account', 'contact', 'required: true, cascade: { Assign: Cascade }')],
      '0x80048104',
      '{ Assign',
    ],
    ['by Merge: Active [DR1]', [link('r', 'account', 'contact', 'cascade: { Merge: Active }')], '0x80048204', 'Active }'],
    [
      'by Merge: Cascade under rows that cannot be merged [DR2]',
      [link('r', 'new_thing', 'contact', 'cascade: { Merge: Cascade }')],
      '0x80048204',
      'Cascade }',
    ],
    [
      'by UserOwned on a table without owners [DR3]',
      [link('r', 'account', 'region', 'cascade: { Assign: UserOwned }')],
      '0x80044156',
      'UserOwned }',
    ],
    [
      'by UserOwned under a table without owners [DR3]',
      [link('r', 'region', 'account', 'cascade: { Share: UserOwned }')],
      '0x80044156',
      'UserOwned }',
    ],
    ['by Reparent on a table without owners [DR4]', [link('r', 'account', 'region', 'behavior: Parental')], '0x80048107', 'Parental }'],
    [
      'by a custom table over one of the platform [DR6]',
      [link('r', 'new_thing', 'contact', 'behavior: Parental')],
      '0x80047102',
      'Parental }',
    ],
    [
      'by a second parental relationship [DR7]',
      [link('a', 'account', 'incident', 'behavior: Parental'), link('c', 'contact', 'incident', 'behavior: Parental')],
      '0x80047007',
      'Parental }',
    ],
    [
      'by a circle of two tables [DR8]',
      [link('a', 'account', 'contact', 'behavior: Parental'), link('c', 'contact', 'account', 'behavior: Parental')],
      '0x80047004',
      'Parental }',
    ],
    [
      'by a circle of three tables [DR8]',
      [
        link('a', 'account', 'contact', 'behavior: Parental'),
        link('c', 'contact', 'incident', 'behavior: Parental'),
        link('i', 'incident', 'account', 'behavior: Parental'),
      ],
      '0x80047004',
      'Parental }',
    ],
  ])('%s', (_, relationships, code, place) => {
    const text = model(user, relationships)

    const refusal = refusalOf(text)

    expect(refusal.code).toBe(code)
    expect(text.split('\n')[refusal.line - 1]?.slice(refusal.column - 1)).toMatch(new RegExp(`^(?:\\{ \\w+: )?${place.replace(' }', '')}`))
    expect(refusal.line).toBe(4 + relationships.length)
  })

  test.each([
    [
      'a polymorphic lookup with a parental relationship for each target',
      [
        link('a', 'account', 'incident', 'behavior: Parental', 'customerid'),
        link('c', 'contact', 'incident', 'behavior: Parental', 'customerid'),
      ],
    ],
    ['a parental hierarchy on one table', [link('h', 'account', 'account', 'behavior: Parental')]],
    [
      'a circle that is not parental throughout',
      [link('a', 'account', 'contact', 'behavior: Parental'), link('c', 'contact', 'account', 'behavior: Referential')],
    ],
    ['Merge: NoCascade under a mergeable table', [link('r', 'account', 'contact', 'cascade: { Merge: NoCascade }')]],
    ['Assign and Delete down to a table without owners', [link('r', 'account', 'region', 'cascade: { Assign: Cascade, Delete: Cascade }')]],
    [
      'activities and notes of a custom table',
      [
        '{ name: t, referenced: new_thing, referencing: task, attribute: regardingobjectid, behavior: Parental }',
        '{ name: n, referenced: new_thing, referencing: annotation, attribute: objectid, behavior: Parental }',
      ],
    ],
    ['a custom table over one of the platform without cascades', [link('r', 'new_thing', 'contact', 'behavior: Referential')]],
  ])('and none is broken by %s', (_, relationships) => {
    expect(read(model(user, relationships)).declared.relationships).toHaveLength(relationships.length)
  })
})

describe('standard tables', () => {
  const standard = (names: string, rest = '') => `scenario: Standard\nmodel:\n  standard: ${names}\n${rest}steps: []`

  test('come with keys, names, states and the relationships among them', () => {
    const { tables, relationships } = read(standard('[contact, account, task, systemuser]')).declared

    expect(tables.map(({ logicalName, primaryId, primaryName, origin }) => [logicalName, primaryId, primaryName, origin])).toEqual([
      ['contact', 'contactid', 'fullname', 'standard'],
      ['account', 'accountid', 'name', 'standard'],
      ['task', 'activityid', 'subject', 'standard'],
    ])
    const states = tables[2]?.columns.find(({ logicalName }) => logicalName === 'statecode')?.options
    expect(states?.map(({ label, defaultStatus }) => [label, defaultStatus])).toEqual([
      ['Open', 2],
      ['Completed', 5],
      ['Canceled', 6],
    ])
    expect(relationships.map(({ schemaName }) => schemaName)).toEqual(
      expect.arrayContaining(['contact_customer_accounts', 'account_parent_account', 'Account_Tasks', 'system_user_accounts']),
    )
    expect(relationships.some(({ referenced }) => referenced === 'lead')).toBe(false)
  })

  test('give way to a declared relationship, by name or by its ends', () => {
    const declared = (name: string) =>
      read(
        standard(
          '[account, contact]',
          `  relationships: [{ name: ${name}, referenced: account, referencing: contact, attribute: parentcustomerid, behavior: Referential }]\n`,
        ),
      ).declared.relationships.filter(({ referenced, attribute }) => referenced === 'account' && attribute === 'parentcustomerid')

    for (const name of ['Contact_Customer_Accounts', 'our_own_name'])
      expect(declared(name).map(({ schemaName, origin, cascade }) => [schemaName, origin, cascade.Assign])).toEqual([
        [name, 'declared', 'NoCascade'],
      ])
  })

  test.each([
    ['[acount]', /Did you mean "account"/],
    ['[lab_visit]', /no standard table/],
    ['account', /list/],
  ])('named %s are refused', (names, message) => {
    expect(refusalOf(standard(names))).toMatchObject({ line: 3, message: expect.stringMatching(message) })
  })
})

test('Remove Link is refused where a later relationship of the same lookup says that it cannot be empty [DR5]', () => {
  const refusal = refusalOf(
    model('{ account: {}, lead: {}, contact: {} }', [
      '{ name: r, referenced: account, referencing: contact, attribute: customer, behavior: Referential }',
      '{ name: s, referenced: lead, referencing: contact, attribute: customer, required: true, behavior: ReferentialRestrictDelete }',
    ]),
  )

  expect(refusal).toMatchObject({ code: '0x80048104', line: 5 })
})

describe('an N:N relationship', () => {
  const withLinks = (manyToMany: string, links = '[]') =>
    `scenario: x\nmodel:\n  tables: { account: {}, region: {} }\n  relationships: [ { name: taken, referenced: account, referencing: region, attribute: a } ]\n  manyToMany: [ ${manyToMany} ]\nrecords: { account: [ { id: A } ], region: [ { id: R } ] }\nlinks: ${links}\nsteps: []`
  const regions = '{ name: Account_Regions, table1: account, table2: region }'
  const link = (relationship: string, record: string, others: string) =>
    `[ { relationship: ${relationship}, record: ${record}, with: [${others}] } ]`

  test('has an intersect table of its name', () => {
    expect(read(withLinks(regions)).declared.manyToMany).toEqual([
      {
        schemaName: 'Account_Regions',
        intersectTable: 'account_regions',
        firstTable: 'account',
        secondTable: 'region',
        origin: 'declared',
      },
    ])
  })

  test.each([
    ['names an unknown table', '{ name: n, table1: acount, table2: region }', '[]', /no table "acount".*Did you mean "account"/],
    ['lacks a table', '{ name: n, table1: account }', '[]', /"table2" is missing/],
    ['has a misspelt key', '{ name: n, table1: account, tabel2: region }', '[]', /Did you mean "table2"/],
    ['has the name of another', '{ name: Taken, table1: account, table2: region }', '[]', /"taken" already/],
    ['has the name of a table', '{ name: Region, table1: account, table2: region }', '[]', /a table "region" already/],
    ['is declared twice', `${regions}, ${regions}`, '[]', /"Account_Regions" already/],
    [
      'is not there',
      regions,
      link('account_region', 'account/A', 'region/R'),
      /no N:N relationship "account_region".*Did you mean "Account_Regions"/,
    ],
    ['links another table', regions, link('account_regions', 'account/A', 'account/A'), /links account with region, not account/],
    [
      'links an undefined record',
      regions,
      link('account_regions', 'account/A', 'region/X'),
      /neither defines nor creates a record region\/X/,
    ],
    [
      'links a record of the platform that the file does not define',
      regions,
      link('account_regions', 'account/0198a000-0000-7000-8000-0000000000ff', 'region/R'),
      /does not define a record account\//,
    ],
  ])('is refused where it %s', (_, manyToMany, links, message) => {
    expect(refusalOf(withLinks(manyToMany, links)).message).toMatch(message)
  })
})
