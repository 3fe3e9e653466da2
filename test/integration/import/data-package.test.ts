import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { LookupValue } from '#engine/contract/records'
import { inEnglish } from '#text/english'
import { importSource } from '../../../main/import/index.ts'
import { newEnvironment } from '../../support/import-target.ts'
import { column, customizations, relationship, table, temporaryFolder, writeFiles } from '../../support/made-files.ts'

const folder = temporaryFolder()
let made = 0
const guid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const SCHEMA = `<entities >
  <entity name="lab_visit" displayname="Visit" primaryidfield="lab_visitid" primarynamefield="lab_name" disableplugins="false">
    <fields>
      <field displayname="Visit" name="lab_visitid" type="guid" primaryKey="true" />
      <field displayname="Name" name="lab_name" type="string" />
      <field displayname="Customer" name="lab_customer" type="entityreference" lookupType="account|contact" />
      <field displayname="Next" name="lab_nextid" type="entityreference" lookupType="lab_visit" />
      <field displayname="Owner" name="ownerid" type="owner" lookupType="systemuser|team" />
      <field displayname="Status" name="statecode" type="state" />
      <field displayname="On" name="lab_on" type="datetime" />
      <field displayname="Tags" name="lab_tags" type="optionsetvaluecollection" />
      <field displayname="Done" name="lab_done" type="bool" />
      <field displayname="Fee" name="lab_fee" type="money" />
      <field displayname="Guests" name="lab_guests" type="partylist" />
    </fields>
    <relationships><relationship name="lab_visit_topic" manyToMany="true" isreflexive="false" relatedEntityName="lab_visit_topic" m2mTargetEntity="lab_topic" m2mTargetEntityPrimaryKey="lab_topicid" /></relationships>
  </entity>
</entities>`

const record = (id: string, fields: string) => `<record id="${id}">${fields}</record>`
const field = (name: string, value: string, more = '') => `<field name="${name}" value="${value}" ${more} />`
const lookup = (name: string, value: string, entity: string, label?: string) =>
  field(name, value, `lookupentity="${entity}"${label === undefined ? '' : ` lookupentityname="${label}"`}`)
const data = (records: string, links = '') =>
  `\r\n<entities xmlns:xsd="http://www.w3.org/2001/XMLSchema" timestamp="2025"><entity name="lab_visit" displayname="Visit"><records>${records}</records><m2mrelationships>${links}</m2mrelationships></entity></entities>`

async function importData(records: string, links = '', environment = newEnvironment(), schema = SCHEMA) {
  const path = writeFiles(join(folder, String(made++)), { 'data_schema.xml': schema, 'data.xml': data(records, links) })
  return { environment, report: await importSource(path, {}, environment) }
}

const visit = (environment: ReturnType<typeof newEnvironment>, number: number) =>
  environment.getRecord({ table: 'lab_visit', id: guid(number) }).values

test('values arrive as what their columns hold', async () => {
  const { environment, report } = await importData(
    record(
      guid(1),
      field('lab_name', 'Caf&#233; &lt;&quot;&gt;') +
        field('lab_on', '11/16/1985 1:30:00 PM') +
        field('lab_tags', '[-1,494280000,494280011,-1]') +
        field('lab_done', 'True') +
        field('lab_fee', '12.5000') +
        field('statecode', '1'),
    ) + record(`{${guid(2).toUpperCase()}}`, field('lab_name', '') + field('lab_on', '2025-06-28T19:06:20.0000000')),
  )

  expect(visit(environment, 1)).toMatchObject({
    lab_name: 'Café <">',
    lab_on: '1985-11-16T13:30:00.000Z',
    lab_tags: [494280000, 494280011],
    lab_done: true,
    lab_fee: 12.5,
    statecode: 1,
  })
  expect(visit(environment, 2)).toMatchObject({ lab_name: null, lab_on: '2025-06-28T19:06:20.000Z', statecode: 0 })
  expect([report.recordsInserted, report.recordsUpdated]).toEqual([2, 0])
})

test('rows are linked whatever their order, in circles too', async () => {
  const { environment } = await importData(
    record(guid(1), lookup('lab_nextid', guid(2), 'lab_visit')) + record(guid(2), lookup('lab_nextid', guid(1), 'lab_visit')),
  )

  expect((visit(environment, 1).lab_nextid as LookupValue).id).toBe(guid(2))
  expect((visit(environment, 2).lab_nextid as LookupValue).id).toBe(guid(1))
})

test('a polymorphic lookup points to the table that its value names', async () => {
  const { environment } = await importData(
    record(guid(1), lookup('lab_customer', guid(50), 'account', 'Fabrikam')) +
      record(guid(2), lookup('lab_customer', guid(51), 'contact', 'Ada')),
  )

  expect(visit(environment, 1).lab_customer).toEqual({ table: 'account', id: guid(50), name: 'Fabrikam' })
  expect(visit(environment, 2).lab_customer).toEqual({ table: 'contact', id: guid(51), name: 'Ada' })
})

test('what lies outside the package becomes one stub row each, named by any lookup that says a name', async () => {
  const { environment, report } = await importData(
    record(
      guid(1),
      lookup('ownerid', guid(90), 'systemuser') +
        lookup('owninguser', guid(90), 'systemuser') +
        lookup('createdby', guid(90), 'systemuser', 'Grace'),
    ) + record(guid(2), lookup('ownerid', guid(90), 'systemuser')),
  )

  expect(visit(environment, 1).ownerid).toEqual({ table: 'systemuser', id: guid(90), name: 'Grace' })
  expect(report.lines.filter(({ kind }) => kind === 'stubRecord')).toMatchObject([{ count: 1, examples: ['Grace'] }])
  expect(report.sources[0]?.linksToStubs).toEqual({ systemuser: 4 })
})

test('a later package fills a stub row in, and the same package again updates by GUID', async () => {
  const environment = newEnvironment()
  await importData(record(guid(1), lookup('lab_nextid', guid(2), 'lab_visit', 'later')), '', environment)

  const second = await importData(record(guid(2), field('lab_name', 'second')), '', environment)
  const again = await importData(record(guid(2), field('lab_name', 'renamed')), '', environment)

  expect([second.report.recordsInserted, second.report.recordsUpdated]).toEqual([1, 0])
  expect([again.report.recordsInserted, again.report.recordsUpdated]).toEqual([0, 1])
  expect(visit(environment, 1).lab_nextid).toEqual({ table: 'lab_visit', id: guid(2), name: 'renamed' })
})

test('an owner that is missing is taken from the owning user', async () => {
  const { environment } = await importData(record(guid(1), lookup('owninguser', guid(90), 'systemuser', 'Grace')))

  expect(visit(environment, 1).ownerid).toMatchObject({ id: guid(90) })
})

test('a lookup without a table that could mean several is kept as a dangling link', async () => {
  const { environment, report } = await importData(record(guid(1), field('lab_customer', guid(77))))

  expect(report.lines.filter(({ kind }) => kind === 'danglingLink')).toMatchObject([
    { count: 1, examples: [expect.stringContaining('lab_customer')] },
  ])
  expect(visit(environment, 1).lab_customer).toMatchObject({ id: guid(77), name: null })
})

test('many-to-many links arrive once, whichever side lists them', async () => {
  const link = `<m2mrelationship sourceid="${guid(1)}" targetentityname="lab_topic" targetentitynameidfield="lab_topicid" m2mrelationshipname="lab_visit_topic"><targetids><targetid>${guid(60)}</targetid><targetid>${guid(60)}</targetid><targetid>${guid(61)}</targetid></targetids></m2mrelationship>`
  const { environment, report } = await importData(record(guid(1), ''), link)

  expect(report.sources[0]).toMatchObject({ manyToMany: 1, manyToManyLinks: 3 })
  expect(environment.manyToMany()).toMatchObject([{ intersectTable: 'lab_visit_topic', firstTable: 'lab_visit', secondTable: 'lab_topic' }])
  expect(environment.countRecords('lab_topic')).toBe(2)
})

test('a party list keeps who takes part', async () => {
  const party = `<field name="lab_guests" value=""><activitypointerrecords id="${guid(70)}"><field name="partyid" value="${guid(71)}" lookupentity="contact" lookupentityname="Ada" /><field name="participationtypemask" value="5" /></activitypointerrecords></field>`
  const { environment } = await importData(record(guid(1), party))

  expect(JSON.parse(String(visit(environment, 1).lab_guests))).toEqual([
    { table: 'contact', id: guid(71), name: 'Ada', participationtypemask: 5 },
  ])
})

test('bad values are left out with a line that says where, and the rest of the row arrives', async () => {
  const { environment, report } = await importData(
    record(
      guid(1),
      field('lab_name', 'kept') +
        field('lab_on', '16/11/1985 10:00:00') +
        field('lab_fee', 'much') +
        lookup('lab_nextid', 'nonsense', 'lab_visit'),
    ) + record('no-guid', field('lab_name', 'lost')),
  )

  expect(visit(environment, 1)).toMatchObject({ lab_name: 'kept', lab_on: null, lab_fee: null, lab_nextid: null })
  expect(report.lines.filter(({ kind }) => kind === 'unparsedValue').map(({ text, examples }) => [inEnglish(text), examples[0]])).toEqual([
    [expect.stringContaining('unknown format'), expect.stringContaining(guid(1))],
    [expect.stringContaining('not a number'), expect.stringContaining('much')],
    [expect.stringContaining('no GUID'), expect.stringContaining('nonsense')],
    [expect.stringContaining('not a GUID'), expect.stringContaining('no-guid')],
  ])
})

test('a column that the schema does not list is made from the data', async () => {
  const { environment } = await importData(record(guid(1), field('lab_secret', 'x') + lookup('lab_friendid', guid(80), 'contact', 'Ada')))

  expect(visit(environment, 1)).toMatchObject({ lab_secret: 'x', lab_friendid: { table: 'contact', name: 'Ada' } })
})

test('the cascades of a package are unknown until a solution states them, whichever comes first', async () => {
  const visits = table('lab_Visit', column('lab_NextId', 'lookup') + column('lab_Customer', 'customer'))
  const stated = relationship('lab_visit_next', 'lab_Visit', 'lab_Visit', 'lab_NextId', { Delete: 'Restrict' })
  const solutionPath = join(
    writeFiles(join(folder, 'known'), { 'customizations.xml': customizations(visits, stated) }),
    'customizations.xml',
  )
  const ofNext = (environment: ReturnType<typeof newEnvironment>) =>
    environment
      .model()
      .relationships.filter(({ attribute }) => attribute === 'lab_nextid')
      .map(({ schemaName, cascade, stated: said, origin }) => [schemaName, cascade.Delete, said, origin])

  const dataFirst = await importData(record(guid(1), lookup('lab_nextid', guid(1), 'lab_visit')))
  expect(ofNext(dataFirst.environment)).toEqual([['data_lab_visit_lab_nextid_lab_visit', 'NoCascade', [], 'stub']])
  expect(dataFirst.report.lines.filter(({ kind }) => kind === 'schemaOnly').length).toBe(2)
  await importSource(solutionPath, {}, dataFirst.environment)

  const solutionFirst = newEnvironment()
  await importSource(solutionPath, {}, solutionFirst)
  await importData(record(guid(1), lookup('lab_nextid', guid(1), 'lab_visit')), '', solutionFirst)

  const known = [['lab_visit_next', 'Restrict', ['Delete'], 'imported']]
  expect([ofNext(dataFirst.environment), ofNext(solutionFirst)]).toEqual([known, known])
  expect(visit(dataFirst.environment, 1).lab_nextid).toMatchObject({ id: guid(1) })
})
