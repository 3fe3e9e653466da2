import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importSource } from '../../../main/import/index.ts'
import { newEnvironment } from '../../support/import-target.ts'
import { temporaryFolder, writeFiles } from '../../support/made-files.ts'

const folder = temporaryFolder()
let made = 0

const label = (text: string) => ({ UserLocalizedLabel: { Label: text } })

const toVisit = {
  SchemaName: 'lab_Account_Visit',
  ReferencedEntity: 'account',
  ReferencedAttribute: 'accountid',
  ReferencingEntity: 'lab_visit',
  ReferencingAttribute: 'lab_accountid',
  IsHierarchical: false,
  CascadeConfiguration: { Assign: 'Active', Delete: 1, Merge: 'Cascade', Reparent: null, Share: 'UserOwned', Unshare: 'nocascade' },
}

const account = {
  LogicalName: 'account',
  SchemaName: 'Account',
  OwnershipType: 'UserOwned, TeamOwned',
  PrimaryIdAttribute: 'accountid',
  PrimaryNameAttribute: 'name',
  IsActivity: false,
  DisplayName: label('Account'),
  Attributes: [
    { LogicalName: 'accountid', AttributeType: 'Uniqueidentifier', AttributeOf: null, DisplayName: { UserLocalizedLabel: null } },
    {
      LogicalName: 'name',
      AttributeType: 'String',
      AttributeTypeName: { Value: 'StringType' },
      RequiredLevel: { Value: 'ApplicationRequired' },
      DisplayName: label('Name'),
    },
    { LogicalName: 'primarycontactidname', AttributeType: 'String', AttributeOf: 'primarycontactid' },
    { LogicalName: 'lab_tags', AttributeType: 'Virtual', AttributeTypeName: { Value: 'MultiSelectPicklistType' } },
  ],
  OneToManyRelationships: [toVisit],
  ManyToManyRelationships: [
    { SchemaName: 'lab_aa', Entity1LogicalName: 'account', Entity2LogicalName: 'account', IntersectEntityName: 'lab_aa' },
  ],
}

async function importJson(...contents: unknown[]) {
  const files = Object.fromEntries(contents.map((content, index) => [`page-${index}.json`, JSON.stringify(content)]))
  const path = writeFiles(join(folder, String(made++)), files)
  const environment = newEnvironment()
  return {
    environment,
    report: await importSource(contents.length === 1 ? join(path, 'page-0.json') : path, { standard: false }, environment),
  }
}

test.each([
  ['a single entity', [account]],
  ['an array', [[account]]],
  ['an answer with value', [{ '@odata.context': 'https://x/$metadata#EntityDefinitions', value: [account] }]],
  [
    'several pages in a folder',
    [
      { '@odata.context': 'https://x/$metadata#EntityDefinitions', value: [account], '@odata.nextLink': 'x' },
      { '@odata.context': 'https://x/$metadata#EntityDefinitions', value: [] },
    ],
  ],
])('%s is accepted', async (_, contents) => {
  const { environment, report } = await importJson(...contents)

  expect(report.sources).toMatchObject([{ format: 'web-api-metadata', tables: 1, columns: 4, oneToMany: 1, manyToMany: 1 }])
  expect(environment.table('account')).toMatchObject({
    schemaName: 'Account',
    displayName: 'Account',
    ownership: 'UserOwned',
    primaryId: 'accountid',
    primaryName: 'name',
    origin: 'imported',
  })
  expect(environment.table('account').columns.slice(0, 3)).toMatchObject([
    { logicalName: 'accountid', type: 'Uniqueidentifier' },
    { logicalName: 'name', type: 'String', displayName: 'Name', requiredLevel: 'ApplicationRequired' },
    { logicalName: 'lab_tags', type: 'MultiChoice' },
  ])
})

test('words, numbers, nulls and what is absent make up the cascades', async () => {
  const { environment } = await importJson(account)

  expect(environment.model().relationships.find(({ schemaName }) => schemaName === 'lab_Account_Visit')).toMatchObject({
    cascade: {
      Assign: 'Active',
      Delete: 'Cascade',
      Merge: 'Cascade',
      Reparent: 'NoCascade',
      Share: 'UserOwned',
      Unshare: 'NoCascade',
      Archive: 'NoCascade',
    },
    stated: ['Assign', 'Delete', 'Merge', 'Share', 'Unshare'],
  })
})

test('a relationship under parent and child counts once, and a difference is reported', async () => {
  const visit = {
    LogicalName: 'lab_visit',
    PrimaryIdAttribute: 'lab_visitid',
    ManyToOneRelationships: [{ ...toVisit, SchemaName: 'LAB_account_visit', CascadeConfiguration: { Delete: 'Restrict' } }],
  }

  const { environment, report } = await importJson([account, visit])

  expect(report.sources[0]).toMatchObject({ tables: 2, oneToMany: 1 })
  expect(report.lines.filter(({ kind }) => kind === 'conflict')).toMatchObject([{ count: 1 }])
  expect(environment.model().relationships.find(({ attribute }) => attribute === 'lab_accountid')?.cascade).toMatchObject({
    Assign: 'Active',
    Delete: 'Restrict',
  })
})

test('relationships alone make stubs of the tables they name', async () => {
  const { environment, report } = await importJson({
    '@odata.context': 'https://x/$metadata#RelationshipDefinitions/Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata',
    value: [toVisit],
  })

  expect(report.stubs.map(({ table }) => table)).toEqual(['account', 'lab_visit'])
  expect(environment.table('lab_visit').columns.some(({ logicalName, type }) => logicalName === 'lab_accountid' && type === 'Lookup')).toBe(
    true,
  )
})

test('a $select that leaves almost everything out still imports', async () => {
  const { environment } = await importJson({
    value: [{ LogicalName: 'lab_bare' }, { LogicalName: 'lab_visit', OneToManyRelationships: null, Attributes: null }],
  })

  expect(environment.table('lab_bare')).toMatchObject({ origin: 'stub', primaryId: 'lab_bareid' })
})

test('a file that only looks like metadata is left out with a line in the report, unless it was named itself', async () => {
  const stray = JSON.stringify({ TableDefinitions: [], PrimaryIdAttribute: 'accountid' })
  const path = writeFiles(join(folder, String(made++)), { 'entities/account.json': JSON.stringify([account]), 'notes/stray.json': stray })
  const environment = newEnvironment()

  const report = await importSource(path, { standard: false }, environment)

  expect(report.sources.map(({ name }) => name)).toEqual(['account'])
  const leftOut = { kind: 'skipped', count: 1, examples: [join(path, 'notes/stray.json')] }
  expect(report.lines).toContainEqual(expect.objectContaining(leftOut))
  await expect(importSource(join(path, 'notes/stray.json'), {}, environment)).rejects.toMatchObject({ code: 'IMPORT_FAILED' })
  await expect(importSource(path, { only: [join(path, 'notes/stray.json')] }, environment)).rejects.toMatchObject({ code: 'IMPORT_FAILED' })
  await expect(importSource(join(path, 'notes'), {}, environment)).rejects.toMatchObject({ code: 'IMPORT_FAILED' })
})
