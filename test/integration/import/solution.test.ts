import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ImportReport } from '#engine/contract/transfer'
import { inEnglish } from '#text/english'
import { findingText } from '#text/english/findings'
import { importSource } from '../../../main/import/index.ts'
import { changesInEnglish } from '../../support/changes-in-english.ts'
import { newEnvironment } from '../../support/import-target.ts'
import { column, customizations, relationship, table, temporaryFolder, writeFiles } from '../../support/made-files.ts'

const folder = temporaryFolder()
let made = 0

async function importXml(tables: string, relationships = '', environment = newEnvironment(), place = String(made++)) {
  const path = join(writeFiles(join(folder, place), { 'customizations.xml': customizations(tables, relationships) }), 'customizations.xml')
  return { environment, report: await importSource(path, { standard: false }, environment) }
}

const linesOf = (report: ImportReport, kind: ImportReport['lines'][number]['kind']) => report.lines.filter((line) => line.kind === kind)

const visits = table('lab_Visit', column('lab_AccountId', 'lookup'))

test('both spellings of Active, any case and the numbers 0 to 5 are understood', async () => {
  const { environment } = await importXml(
    table('lab_Account') + visits,
    relationship('lab_r', 'lab_Account', 'lab_Visit', 'lab_AccountId', {
      Assign: 'ActiveOnly',
      Share: 'ACTIVE',
      Unshare: '3',
      Reparent: 'userowned',
      Delete: '5',
      Archive: 'removelink',
    }),
  )

  expect(environment.model().relationships.find(({ schemaName }) => schemaName === 'lab_r')).toMatchObject({
    referenced: 'lab_account',
    referencing: 'lab_visit',
    attribute: 'lab_accountid',
    cascade: {
      Assign: 'Active',
      Share: 'Active',
      Unshare: 'UserOwned',
      Reparent: 'UserOwned',
      Delete: 'Restrict',
      Archive: 'RemoveLink',
      Merge: 'NoCascade',
    },
    stated: ['Assign', 'Delete', 'Reparent', 'Share', 'Unshare', 'Archive'],
    origin: 'imported',
    kind: 'data',
  })
})

test('an unknown cascade word is reported with its relationship and read as none', async () => {
  const { environment, report } = await importXml(
    table('lab_Account') + visits,
    relationship('lab_r', 'lab_Account', 'lab_Visit', 'lab_AccountId', { Delete: 'Sometimes' }),
  )

  expect(linesOf(report, 'unknownWord')).toEqual([
    { kind: 'unknownWord', text: findingText.cascadeUnknown({ value: 'Sometimes' }), count: 1, examples: ['lab_r: Delete'] },
  ])
  expect(environment.model().relationships.find(({ schemaName }) => schemaName === 'lab_r')?.cascade.Delete).toBe('NoCascade')
})

test('what is not stated is assumed, with a line for each action', async () => {
  const { report } = await importXml(
    table('lab_Account') + visits,
    relationship('lab_r', 'lab_Account', 'lab_Visit', 'lab_AccountId', { Delete: 'Cascade' }),
  )

  expect(linesOf(report, 'assumed').map(({ text, count }) => [inEnglish(text).split(' ')[0], count])).toEqual([
    ['Assign', 1],
    ['Reparent', 1],
    ['Share', 1],
    ['Unshare', 1],
  ])
  expect(linesOf(report, 'assumedIdle').map(({ text }) => inEnglish(text).split(' ')[0])).toEqual(['Merge', 'RollupView', 'Archive'])
  expect(report.sources[0]?.cascades.Delete).toEqual({ Cascade: 1 })
  expect(report.sources[0]?.cascades.Archive).toEqual({ absent: 1 })
})

test('a relationship with a name alone is an index entry, and attributes inside a view are no columns', async () => {
  const view = '<SavedQueries><fetch><attribute name="trap" /></fetch></SavedQueries></Entity>'
  const { report, environment } = await importXml(visits.replace('</Entity>', view), '<EntityRelationship Name="only_a_name" />')

  expect(report.sources[0]).toMatchObject({ tables: 1, columns: 3, oneToMany: 0 })
  expect(environment.table('lab_visit').columns.some(({ logicalName }) => logicalName === 'trap')).toBe(false)
})

test('the lookup inside an old relationship becomes the column', async () => {
  const field = '<field name="lab_oldid" requiredlevel="required" lookupstyle="single" />'
  const { environment, report } = await importXml(
    table('lab_Account') + table('lab_Visit'),
    relationship('lab_r', 'lab_Account', 'lab_Visit', 'lab_OldId', { Delete: 'Cascade' }, field),
  )

  expect(environment.table('lab_visit').columns.find(({ logicalName }) => logicalName === 'lab_oldid')).toMatchObject({
    type: 'Lookup',
    requiredLevel: 'ApplicationRequired',
  })
  expect(linesOf(report, 'columnNotListed')).toEqual([])
})

test('columns keep whether they must have a value, the length of their texts and their options', async () => {
  const { environment } = await importXml(
    table(
      'lab_Visit',
      column('lab_A', 'nvarchar', '<RequiredLevel>required</RequiredLevel><MaxLength>100</MaxLength>') +
        column('lab_B', 'ntext', '<RequiredLevel>systemrequired</RequiredLevel><MaxLength>x</MaxLength>') +
        column(
          'lab_C',
          'picklist',
          '<RequiredLevel>recommended</RequiredLevel><optionset><options><option value="1" /></options></optionset>',
        ),
    ),
  )

  const columns = environment.table('lab_visit').columns.filter(({ logicalName }) => /^lab_[abc]$/.test(logicalName))
  expect(columns.map(({ requiredLevel, maxLength, options }) => [requiredLevel, maxLength, options.length])).toEqual([
    ['ApplicationRequired', 100, 0],
    ['SystemRequired', null, 0],
    ['None', null, 1],
  ])
})

test('a lookup column that the table does not list is added and reported', async () => {
  const { environment, report } = await importXml(
    table('lab_Account') + table('lab_Visit'),
    relationship('lab_r', 'lab_Account', 'lab_Visit', 'lab_HiddenId', { Delete: 'Cascade' }),
  )

  expect(linesOf(report, 'columnNotListed')).toMatchObject([{ count: 1, examples: ['lab_r (lab_visit.lab_hiddenid)'] }])
  expect(environment.table('lab_visit').columns.find(({ logicalName }) => logicalName === 'lab_hiddenid')?.type).toBe('Lookup')
})

test('lookups without relationship are reported once for each table, but never the two that no export explains', async () => {
  const lookups = ['lab_AId', 'lab_BId', 'CreatedOnBehalfBy', 'ModifiedOnBehalfBy'].map((name) => column(name, 'lookup')).join('')
  const { report } = await importXml(table('lab_Visit', lookups))

  expect(linesOf(report, 'lookupWithoutRelationship')).toMatchObject([{ count: 1, examples: ['lab_visit: lab_aid, lab_bid'] }])
})

test('tables outside the solution become stubs that say who names them', async () => {
  const regarding =
    relationship('account_lab', 'Account', 'lab_Visit', 'lab_AccountId', { Delete: 'Cascade' }) +
    relationship('lab_task', 'lab_Visit', 'Task', 'RegardingObjectId', { Delete: 'Cascade' })
  const { environment, report } = await importXml(visits, regarding)

  expect(report.stubs.map((stub) => ({ ...stub, reason: inEnglish(stub.reason) }))).toEqual([
    { table: 'account', reason: expect.stringContaining('account_lab'), relationships: 1 },
    { table: 'task', reason: expect.stringContaining('lab_task'), relationships: 1 },
  ])
  expect(environment.table('task')).toMatchObject({ origin: 'stub', primaryId: 'activityid', isActivity: true, ownership: 'UserOwned' })
})

test('an extension adds its columns to what is known and never takes the key away', async () => {
  const environment = newEnvironment()
  await importXml(table('Account'), '', environment)
  const extension = `<Entity><Name>Account</Name><EntityInfo><entity Name="Account"><attributes>${column('lab_Extra', 'nvarchar')}</attributes></entity></EntityInfo></Entity>`

  const { report } = await importXml(extension, '', environment)

  expect(environment.table('account')).toMatchObject({
    origin: 'imported',
    primaryId: 'accountid',
    primaryName: 'lab_name',
    ownership: 'UserOwned',
  })
  expect(environment.table('account').columns.map(({ logicalName }) => logicalName)).toContain('lab_extra')
  expect(report.stubs).toEqual([])
})

test('a later definition replaces a stub and keeps its relationships', async () => {
  const environment = newEnvironment()
  await importXml(visits, relationship('lab_r', 'lab_Account', 'lab_Visit', 'lab_AccountId', { Delete: 'Restrict' }), environment)
  expect(environment.table('lab_account').origin).toBe('stub')

  const { report } = await importXml(table('lab_Account', '', 'OrgOwned'), '', environment)

  expect(environment.table('lab_account')).toMatchObject({ origin: 'imported', ownership: 'OrganizationOwned' })
  expect(environment.model().relationships.find(({ schemaName }) => schemaName === 'lab_r')?.cascade.Delete).toBe('Restrict')
  expect(report.changes).toContainEqual(expect.objectContaining({ kind: 'completed', subject: 'table', name: 'lab_account' }))
})

test('the same solution with other settings says what changed', async () => {
  const environment = newEnvironment()
  const with_ = (value: string) => relationship('lab_r', 'lab_Account', 'lab_Visit', 'lab_AccountId', { Delete: value })
  await importXml(table('lab_Account') + visits, with_('RemoveLink'), environment, 'again')

  const { report } = await importXml(table('lab_Account') + visits, with_('Restrict'), environment, 'again')

  expect(changesInEnglish(report.changes)).toEqual([
    { kind: 'changed', subject: 'relationship', name: 'lab_r', detail: 'Delete: RemoveLink → Restrict' },
  ])
})

test('two parental relationships of one child are imported and reported; targets of one lookup are not', async () => {
  const parental = { Assign: 'Cascade', Delete: 'Cascade' }
  const two =
    relationship('lab_a', 'lab_Account', 'lab_Visit', 'lab_AccountId', parental) +
    relationship('lab_b', 'lab_Account', 'lab_Visit', 'lab_OtherId', parental)
  const customer =
    relationship('lab_c', 'Account', 'lab_Call', 'lab_CustomerId', parental) +
    relationship('lab_d', 'Contact', 'lab_Call', 'lab_CustomerId', parental)

  const { report } = await importXml(
    table('lab_Account') + visits + table('lab_Call', column('lab_CustomerId', 'customer')),
    two + customer,
  )

  expect(linesOf(report, 'designRule')).toMatchObject([{ count: 1, examples: ['lab_visit: lab_a, lab_b'] }])
  expect(report.sources[0]).toMatchObject({ oneToMany: 4, polymorphicColumns: 1 })
})

test('only a relationship of a table with itself can be hierarchical', async () => {
  const { environment, report } = await importXml(
    table('lab_Account', column('lab_ParentId', 'lookup')) + visits,
    relationship('lab_self', 'lab_Account', 'lab_Account', 'lab_ParentId', { Delete: 'RemoveLink' }, '<IsHierarchical>1</IsHierarchical>') +
      relationship(
        'lab_other',
        'lab_Account',
        'lab_Visit',
        'lab_AccountId',
        { Delete: 'RemoveLink' },
        '<IsHierarchical>1</IsHierarchical>',
      ),
  )

  const hierarchical = environment.model().relationships.filter(({ hierarchical, origin }) => hierarchical && origin === 'imported')
  expect(hierarchical.map(({ schemaName }) => schemaName)).toEqual(['lab_self'])
  expect(linesOf(report, 'designRule')).toMatchObject([{ examples: ['lab_other'] }])
})

test('unknown column types are kept as opaque columns', async () => {
  const { environment, report } = await importXml(table('lab_Visit', column('lab_Odd', 'hologram')))

  expect(environment.table('lab_visit').columns.find(({ logicalName }) => logicalName === 'lab_odd')).toMatchObject({
    type: 'Opaque',
    sourceType: 'hologram',
  })
  expect(linesOf(report, 'note')).toMatchObject([{ examples: ['lab_visit.lab_odd'] }])
})

test('states keep their labels and default status reasons, and status reasons their state', async () => {
  const state = `<optionset Name="s"><states><state value="0" defaultstatus="1" invariantname="Active"><labels><label description="Aktiv" languagecode="1031" /></labels></state></states></optionset>`
  const status = `<optionset Name="s"><statuses><status value="1" state="0"><labels><label description="Offen" languagecode="1031" /></labels></status></statuses></optionset>`
  const { environment } = await importXml(table('lab_Visit', column('statecode', 'state', state) + column('statuscode', 'status', status)))

  const { columns } = environment.table('lab_visit')
  expect(columns.find(({ logicalName }) => logicalName === 'statecode')?.options).toEqual([{ value: 0, label: 'Aktiv', defaultStatus: 1 }])
  expect(columns.find(({ logicalName }) => logicalName === 'statuscode')?.options).toEqual([{ value: 1, label: 'Offen', state: 0 }])
})

test('many-to-many relationships arrive, reflexive ones too', async () => {
  const relation = (name: string, second: string) =>
    `<EntityRelationship Name="${name}"><EntityRelationshipType>ManyToMany</EntityRelationshipType><FirstEntityName>lab_Visit</FirstEntityName><SecondEntityName>${second}</SecondEntityName><IntersectEntityName>${name}_X</IntersectEntityName></EntityRelationship>`
  const { environment, report } = await importXml(visits, relation('lab_vc', 'Contact') + relation('lab_vv', 'lab_Visit'))

  expect(report.sources[0]?.manyToMany).toBe(2)
  expect(environment.manyToMany()).toEqual([
    { schemaName: 'lab_vc', intersectTable: 'lab_vc_x', firstTable: 'lab_visit', secondTable: 'contact', origin: 'imported' },
    { schemaName: 'lab_vv', intersectTable: 'lab_vv_x', firstTable: 'lab_visit', secondTable: 'lab_visit', origin: 'imported' },
  ])
  expect(report.stubs.map(({ table }) => table)).toEqual(['contact'])
})

test('options of a global set arrive on the columns that name it, though the set comes after them', async () => {
  const sets = `<optionsets><optionset Name="lab_Levels"><options><option value="5"><labels><label description="Gold" languagecode="1033" /></labels></option></options></optionset></optionsets>`
  const model = customizations(table('lab_Visit', column('lab_Level', 'picklist', '<OptionSetName>lab_levels</OptionSetName>'))).replace(
    '</ImportExportXml>',
    `${sets}</ImportExportXml>`,
  )
  const environment = newEnvironment()

  await importSource(join(writeFiles(join(folder, String(made++)), { 'customizations.xml': model }), 'customizations.xml'), {}, environment)

  expect(environment.table('lab_visit').columns.find(({ logicalName }) => logicalName === 'lab_level')?.options).toEqual([
    { value: 5, label: 'Gold' },
  ])
})

test('ownership that is not stated is read from the owner column', async () => {
  const absent = (name: string, columns = '') => table(name, columns).replace(/<OwnershipTypeMask>.*?<\/OwnershipTypeMask>/, '')
  const { environment, report } = await importXml(absent('lab_Owned', column('OwnerId', 'owner')) + absent('lab_Shared'))

  expect(environment.table('lab_owned').ownership).toBe('UserOwned')
  expect(environment.table('lab_shared').ownership).toBe('OrganizationOwned')
  expect(linesOf(report, 'assumed')).toMatchObject([{ examples: ['lab_shared'] }])
})

test('columns that every row has keep the platform’s type, and a column listed twice counts once', async () => {
  const { environment, report } = await importXml(
    table('lab_Visit', column('StateCode', 'nvarchar') + column('lab_Twice', 'int') + column('lab_Twice', 'money')),
  )

  const types = Object.fromEntries(environment.table('lab_visit').columns.map(({ logicalName, type }) => [logicalName, type]))
  expect(types).toMatchObject({ statecode: 'State', lab_twice: 'Money' })
  expect([...linesOf(report, 'conflict'), ...linesOf(report, 'duplicate')].map(({ examples }) => examples)).toEqual([
    ['lab_visit.statecode'],
    ['lab_visit.lab_twice'],
  ])
})

test('a lookup that is listed as a plain GUID becomes a lookup by its relationship', async () => {
  const { environment } = await importXml(
    table('lab_Visit', column('StageId', 'uniqueidentifier')),
    relationship('processstage_visit', 'ProcessStage', 'lab_Visit', 'StageId', { Delete: 'NoCascade' }),
  )

  expect(environment.table('lab_visit').columns.find(({ logicalName }) => logicalName === 'stageid')?.type).toBe('Lookup')
})

test('sources of one call that differ are merged, the later one in their order counts, and the difference is reported', async () => {
  const environment = newEnvironment()
  const model = (value: string) =>
    customizations(table('lab_Account') + visits, relationship('lab_r', 'lab_Account', 'lab_Visit', 'lab_AccountId', { Delete: value }))
  const path = writeFiles(join(folder, 'two'), { 'a/customizations.xml': model('Cascade'), 'b/customizations.xml': model('Restrict') })

  const report = await importSource(path, {}, environment)

  expect(report.sources.length).toBe(2)
  expect(environment.model().relationships.find(({ schemaName }) => schemaName === 'lab_r')?.cascade.Delete).toBe('Restrict')
  expect(report.lines).toContainEqual({
    kind: 'duplicate',
    text: findingText.sourcesDiffer({ counts: 'b' }),
    count: 1,
    examples: ['lab_r: Delete: Cascade → Restrict'],
  })
})
