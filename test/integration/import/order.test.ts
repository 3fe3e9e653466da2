import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Engine } from '#engine'
import type { ImportTarget } from '../../../main/import/index.ts'
import { importSource, inspectSource } from '../../../main/import/index.ts'
import { corpusFolder, isCorpusPresent } from '../../support/corpus.ts'
import { newEnvironment } from '../../support/import-target.ts'
import { column, customizations, relationship, solution, table, temporaryFolder, writeFiles } from '../../support/made-files.ts'
import { wholeModel } from '../../support/whole-model.ts'

type Step = (environment: Engine & ImportTarget) => unknown

/** Takes the steps in the orders that begin with each of them, forwards and backwards, and returns the models that result. */
async function modelsOf(steps: Step[]): Promise<unknown[]> {
  const models: unknown[] = []
  for (const order of ordersOf(steps)) {
    const environment = newEnvironment()
    for (const step of order) await step(environment)
    expect(environment.checkIntegrity()).toEqual([])
    models.push(wholeModel(environment.model()))
  }
  return models
}

const ordersOf = <T>(items: T[]): T[][] =>
  items.flatMap((_, first) => {
    const turned = [...items.slice(first), ...items.slice(0, first)]
    return [turned, turned.toReversed()]
  })

const folder = temporaryFolder()
const made = (name: string, tables: string, relationships = '', version = '1.0.0.0', managed = '0') =>
  writeFiles(join(folder, `${name}-${version}-${managed}`), {
    'customizations.xml': customizations(tables, relationships),
    'solution.xml': solution(name, managed).replace('1.2.3.4', version),
  })
const importing =
  (path: string, standard = false): Step =>
  (environment) =>
    importSource(path, { standard }, environment)
const allEqual = (models: unknown[]) => {
  for (const model of models) expect(model).toEqual(models[0])
}

describe('any order of imports ends in the same model [MO8]', () => {
  test('a lookup of a table that nobody defines gets a second target', async () => {
    const ship = made(
      'Ships',
      table('abc_Ship'),
      relationship('abc_ship_Tasks', 'abc_Ship', 'Task', 'RegardingObjectId', { Delete: 'Cascade' }),
    )
    const port = made(
      'Ports',
      table('abc_Port'),
      relationship('abc_port_Tasks', 'abc_Port', 'Task', 'RegardingObjectId', { Delete: 'Cascade' }),
    )

    allEqual(await modelsOf([importing(ship), importing(port), importing(ship, true)]))
  })

  test('solutions contradict each other in everything: a column, a name, a cascade, what a key is called', async () => {
    const first = made(
      'Alpha',
      table('lab_Visit', column('lab_Size', 'int') + column('lab_StageId', 'uniqueidentifier')),
      relationship('lab_a', 'Account', 'lab_Visit', 'lab_AccountId', { Delete: 'Cascade' }),
    )
    const second = made(
      'Beta',
      table('lab_Visit', column('lab_Size', 'nvarchar'), 'OrgOwned').replace('LocalizedName="lab_Visit"', 'LocalizedName="Call"'),
      relationship('lab_a', 'Account', 'lab_Visit', 'lab_AccountId', { Delete: 'Restrict' }) +
        relationship('lab_stage', 'lab_Stage', 'lab_Visit', 'lab_StageId', { Delete: 'RemoveLink' }),
    )
    const named = made('Gamma', table('lab_Note'), relationship('lab_call', 'lab_Call', 'lab_Note', 'lab_CallId', { Delete: 'Cascade' }))
    const activity = made(
      'Delta',
      `<Entity><Name LocalizedName="Call">lab_Call</Name><EntityInfo><entity Name="lab_Call"><attributes>${column('ActivityId', 'primarykey')}${column('lab_Title', 'nvarchar', '<DisplayMask>PrimaryName</DisplayMask>')}</attributes><OwnershipTypeMask>UserOwned</OwnershipTypeMask><IsActivity>1</IsActivity></entity></EntityInfo></Entity>`,
    )

    const models = await modelsOf([first, second, named, activity].map((path) => importing(path)))

    allEqual(models)
    expect(models[0]).toMatchObject({
      tables: expect.arrayContaining([
        expect.objectContaining({ logicalName: 'lab_visit', ownership: 'OrganizationOwned' }),
        expect.objectContaining({ logicalName: 'lab_call', primaryId: 'activityid', primaryName: 'lab_title' }),
      ]),
      relationships: expect.arrayContaining([
        expect.objectContaining({ schemaName: 'lab_a', cascade: expect.objectContaining({ Delete: 'Restrict' }) }),
      ]),
    })
  })

  test('a change in the app stays, whichever import follows, and the later version of a solution counts', async () => {
    const of = (Delete: string, version: string) =>
      made(
        'Lab',
        table('lab_Visit'),
        relationship('lab_a', 'Account', 'lab_Visit', 'lab_AccountId', { Delete, Assign: Delete === 'Restrict' ? 'Cascade' : 'NoCascade' }),
        version,
      )
    const [old, recent] = [of('Restrict', '1.9.0.0'), of('RemoveLink', '1.10.0.0')]
    const edit: Step = (environment) => environment.changeRelationship('lab_a', { Share: 'Cascade' })
    const steps = [importing(old), importing(recent, true)]

    const models = await Promise.all([
      modelsOf([...steps]),
      modelsOf([(environment) => Promise.resolve(steps[0]?.(environment)).then(() => edit(environment)), ...steps.slice(1)]).catch(
        () => [],
      ),
    ])

    allEqual(models[0] ?? [])
    expect(models[0]?.[0]).toMatchObject({
      relationships: expect.arrayContaining([
        expect.objectContaining({ schemaName: 'lab_a', cascade: expect.objectContaining({ Delete: 'RemoveLink', Assign: 'NoCascade' }) }),
      ]),
    })
    allEqual(models[1] ?? [])
    expect(models[1]?.length).toBe(4)
  })

  test('the managed edition of a solution lies below the unmanaged one', async () => {
    const of = (Delete: string, managed: string) =>
      made('Layer', table('lab_Visit'), relationship('lab_a', 'Account', 'lab_Visit', 'lab_AccountId', { Delete }), '1.0.0.0', managed)

    const models = await modelsOf([importing(of('Cascade', '0')), importing(of('Restrict', '1'))])

    allEqual(models)
    expect(models[0]).toMatchObject({
      relationships: expect.arrayContaining([expect.objectContaining({ cascade: expect.objectContaining({ Delete: 'Cascade' }) })]),
    })
  })
})

test('the same solution of the same version, exported again, updates what it said [MO8]', async () => {
  const environment = newEnvironment()
  const of = (place: string, Delete: string) =>
    writeFiles(join(folder, place), {
      'customizations.xml': customizations(table('lab_Visit'), relationship('lab_a', 'Account', 'lab_Visit', 'lab_AccountId', { Delete })),
      'solution.xml': solution('Again'),
    })

  await importSource(of('export', 'Cascade'), {}, environment)
  await importSource(of('export (1)', 'RemoveLink'), {}, environment)

  expect(environment.model().relationships.find(({ schemaName }) => schemaName === 'lab_a')?.cascade.Delete).toBe('RemoveLink')
})

test('a file that says nothing of itself is the same source in a folder of the same name, and another one elsewhere [MO8]', async () => {
  const of = (place: string, Delete: string) =>
    join(
      writeFiles(join(folder, place), {
        'customizations.xml': customizations(
          table('lab_Visit'),
          relationship('lab_a', 'Account', 'lab_Visit', 'lab_AccountId', { Delete }),
        ),
      }),
      'customizations.xml',
    )
  const deleteAfter = async (...paths: (() => string)[]) => {
    const environment = newEnvironment()
    for (const path of paths) await importSource(path(), {}, environment)
    return environment.model().relationships.find(({ schemaName }) => schemaName === 'lab_a')?.cascade.Delete
  }
  const [first, second] = [() => of('a', 'Cascade'), () => of('b', 'Restrict')]
  const upload = (id: number, Delete: string) => () => of(`0a1b2c3d-0000-4000-8000-00000000000${id}`, Delete)

  expect([await deleteAfter(first, second), await deleteAfter(second, first)]).toEqual(['Restrict', 'Restrict'])
  expect(await deleteAfter(first, () => of('a', 'RemoveLink'))).toBe('RemoveLink')
  expect(await deleteAfter(upload(2, 'Restrict'), upload(1, 'RemoveLink'))).toBe('RemoveLink')
})

test('a record keeps its id, its name and its values when a definition that came later names its columns otherwise [MO2]', async () => {
  const environment = newEnvironment()
  const named = made('Before', table('lab_Note'), relationship('lab_call', 'lab_Call', 'lab_Note', 'lab_CallId', { Delete: 'Cascade' }))
  const defined = made(
    'After',
    `<Entity><Name>lab_Call</Name><EntityInfo><entity Name="lab_Call"><attributes>${column('ActivityId', 'primarykey')}${column('lab_Title', 'nvarchar', '<DisplayMask>PrimaryName</DisplayMask>')}</attributes><IsActivity>1</IsActivity></entity></EntityInfo></Entity>`,
  )
  await importSource(named, {}, environment)
  const call = environment.createRecord('lab_call', { name: 'First call' })
  const note = environment.createRecord('lab_note', { lab_name: 'Note', lab_callid: call })

  await importSource(defined, {}, environment)

  expect(environment.getRecord(call)).toMatchObject({ values: { lab_title: 'First call' } })
  expect(environment.getRecord(note).values.lab_callid).toEqual({ ...call, name: 'First call' })
})

describe.skipIf(!isCorpusPresent)('the whole corpus', () => {
  test('in three random orders ends in equal models [MO8]', async () => {
    const paths = (await inspectSource(corpusFolder)).map(({ path }) => path)
    const models: unknown[] = []
    for (const seed of [3, 17, 92]) {
      const environment = newEnvironment()
      for (const path of shuffled(paths, seed)) await importSource(corpusFolder, { only: [path] }, environment)
      models.push(wholeModel(environment.model()))
    }

    allEqual(models)
  }, 300_000)
})

/** Returns the items in an order that follows from the seed. */
function shuffled<T>(items: T[], seed: number): T[] {
  let state = seed
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state
  }
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
