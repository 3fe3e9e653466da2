import { join } from 'node:path'
import { expect, test } from 'vitest'
import { STANDARD_RELATIONSHIPS } from '#engine/model/standard/relationships'
import { importSource } from '../../../main/import/index.ts'
import { changesInEnglish } from '../../support/changes-in-english.ts'
import { newEnvironment } from '../../support/import-target.ts'
import { column, customizations, relationship, table, temporaryFolder, writeFiles } from '../../support/made-files.ts'

const folder = temporaryFolder()
const lookups = column('lab_AccountId', 'lookup') + column('lab_ContactId', 'lookup')
const naming =
  relationship('lab_a', 'Account', 'lab_Visit', 'lab_AccountId', { Delete: 'Cascade' }) +
  relationship('lab_c', 'Contact', 'lab_Visit', 'lab_ContactId', { Delete: 'RemoveLink' })
const imported = relationship('our_own_name', 'Account', 'Contact', 'ParentCustomerId', { Delete: 'Restrict' })
const path = join(
  writeFiles(folder, { 'customizations.xml': customizations(table('lab_Visit', lookups), naming + imported) }),
  'customizations.xml',
)

test('the relationships of the reference and those by its rule are known, each once', () => {
  expect(STANDARD_RELATIONSHIPS.length).toBe(188 + 29)
  expect(new Set(STANDARD_RELATIONSHIPS.map(({ schemaName }) => schemaName.toLowerCase())).size).toBe(188 + 29)
  expect(STANDARD_RELATIONSHIPS.every(({ stated }) => stated.length >= 6)).toBe(true)
})

test('they are added between tables that the model names, and never beside an imported one', async () => {
  const environment = newEnvironment()

  await importSource(path, { standard: true }, environment)

  const between = environment
    .model()
    .relationships.filter(
      ({ referenced, referencing, kind }) =>
        kind === 'data' && ['account', 'contact'].includes(referenced) && ['account', 'contact'].includes(referencing),
    )
  expect(between.map(({ schemaName, origin }) => [schemaName, origin]).sort()).toEqual([
    ['account_master_account', 'standard'],
    ['account_parent_account', 'standard'],
    ['account_primary_contact', 'standard'],
    ['contact_customer_contacts', 'standard'],
    ['msa_account_managingpartner', 'standard'],
    ['our_own_name', 'imported'],
  ])
  expect(between.find(({ schemaName }) => schemaName === 'account_parent_account')).toMatchObject({
    hierarchical: true,
    cascade: { Assign: 'Cascade', Delete: 'RemoveLink', Merge: 'Cascade' },
  })
  expect(environment.table('account')).toMatchObject({ origin: 'standard', ownership: 'UserOwned', primaryName: 'name' })
  expect(environment.model().tables.some(({ logicalName }) => logicalName === 'opportunity')).toBe(false)
})

test('where none are wanted none is added', async () => {
  const environment = newEnvironment()

  await importSource(path, { standard: false }, environment)

  expect(environment.model().relationships.some(({ origin }) => origin === 'standard')).toBe(false)
  expect(environment.table('account').origin).toBe('stub')
})

test('an imported definition takes the place of a standard one that was there before', async () => {
  const environment = newEnvironment()
  const first = join(
    writeFiles(join(folder, 'first'), { 'customizations.xml': customizations(table('lab_Visit', lookups), naming) }),
    'customizations.xml',
  )
  await importSource(first, { standard: true }, environment)

  const report = await importSource(path, {}, environment)

  const parents = environment
    .model()
    .relationships.filter(
      ({ referencing, attribute, referenced }) => referencing === 'contact' && attribute === 'parentcustomerid' && referenced === 'account',
    )
  expect(parents.map(({ schemaName, cascade }) => [schemaName, cascade.Delete])).toEqual([['our_own_name', 'Restrict']])
  expect(changesInEnglish(report.changes)).toContainEqual({
    kind: 'completed',
    subject: 'relationship',
    name: 'our_own_name',
    detail: 'takes the place of contact_customer_accounts',
  })
})

test('a table that is only named has the states, status reasons and names of the platform, and the import says how many it added', async () => {
  const environment = newEnvironment()

  const report = await importSource(path, {}, environment)
  const contact = environment.createRecord('contact', { fullname: 'Dana' })

  expect(report.standard).toMatchObject({ tables: 2, relationships: expect.any(Number) })
  expect(report.standard.relationships).toBe(environment.model().relationships.filter(({ origin }) => origin === 'standard').length)
  expect(environment.table('contact')).toMatchObject({ displayName: 'Contact', schemaName: 'Contact', origin: 'standard' })
  const optionsOf = (name: string) => environment.table('contact').columns.find(({ logicalName }) => logicalName === name)?.options
  expect(optionsOf('statecode')?.map(({ value, label }) => [value, label])).toEqual([
    [0, 'Active'],
    [1, 'Inactive'],
  ])
  expect(environment.getRecord(contact).values).toMatchObject({ statecode: 0, statuscode: 1 })
  expect((await importSource(path, {}, environment)).standard).toEqual({ tables: 0, relationships: 0 })
})

test('what a solution says of a standard table that it extends counts for more than what the platform ships', async () => {
  const environment = newEnvironment()
  const extended = `<Entity><Name LocalizedName="Customer">Contact</Name><EntityInfo><entity Name="Contact"><attributes>
    <attribute PhysicalName="StatusCode"><Type>status</Type><LogicalName>statuscode</LogicalName><optionset><statuses><status value="700" state="0"><labels><label description="Lively" /></labels></status></statuses></optionset></attribute>
    ${column('StateCode', 'state')}${column('lab_Points', 'int')}</attributes></entity></EntityInfo></Entity>`
  const source = join(writeFiles(join(folder, 'extended'), { 'customizations.xml': customizations(extended) }), 'customizations.xml')

  await importSource(source, {}, environment)

  const contact = environment.table('contact')
  expect(contact).toMatchObject({ displayName: 'Customer', primaryName: 'fullname', origin: 'standard' })
  expect(contact.columns.find(({ logicalName }) => logicalName === 'statuscode')?.options.map(({ label }) => label)).toEqual(['Lively'])
  expect(contact.columns.some(({ logicalName }) => logicalName === 'lab_points')).toBe(true)
  expect(contact.columns.find(({ logicalName }) => logicalName === 'statecode')?.options.map(({ label }) => label)).toEqual([
    'Active',
    'Inactive',
  ])
})
