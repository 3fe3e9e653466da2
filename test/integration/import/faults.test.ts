import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inEnglish } from '#text/english'
import { importSource } from '../../../main/import/index.ts'
import { newEnvironment } from '../../support/import-target.ts'
import { column, customizations, relationship, solution, table, temporaryFolder, writeFiles } from '../../support/made-files.ts'

/** Small inputs, each of which stands for what real ones brought. */

const folder = temporaryFolder()

test('the platform’s own connections of a table are no finding', async () => {
  const environment = newEnvironment()
  const of = (name: string, lookup: string) => relationship(name, 'abc_Ship', 'Connection', lookup, { Delete: 'Cascade' })
  const path = writeFiles(join(folder, 'connections'), {
    'customizations.xml': customizations(
      table('abc_Ship'),
      of('abc_ship_connections1', 'Record1Id') + of('abc_ship_connections2', 'Record2Id'),
    ),
  })

  const { lines } = await importSource(path, {}, environment)

  expect(lines.filter(({ kind }) => !['assumed', 'assumedIdle'].includes(kind))).toEqual([])
})

test('a new row has the status reason that the model gives to its state, not the first one of the platform', async () => {
  const environment = newEnvironment()
  const states = `<optionset><states><state value="0" defaultstatus="710" invariantname="Active" /></states></optionset>`
  const reasons = `<optionset><statuses><status value="700" state="0" /><status value="710" state="0" /></statuses></optionset>`
  const path = writeFiles(join(folder, 'states'), {
    'customizations.xml': customizations(table('abc_Ship', column('statecode', 'state', states) + column('statuscode', 'status', reasons))),
  })
  await importSource(path, {}, environment)

  const ship = environment.createRecord('abc_ship', { lab_name: 'Gull' })

  expect(environment.getRecord(ship).values).toMatchObject({ statecode: 0, statuscode: 710 })
})

test('assumptions are parted: those that can change a result, and those that cannot', async () => {
  const environment = newEnvironment()
  const path = writeFiles(join(folder, 'assumed'), {
    'customizations.xml': customizations(
      table('abc_Ship', column('OwnerId', 'owner')),
      relationship('abc_ship_Tasks', 'abc_Ship', 'Task', 'RegardingObjectId', { Delete: 'Cascade' }) +
        relationship('owner_abc_ship', 'Owner', 'abc_Ship', 'OwnerId', {}),
    ),
  })

  const { lines } = await importSource(path, {}, environment)
  const of = (wanted: string) =>
    lines
      .filter(({ kind }) => kind === wanted)
      .flatMap(({ text, examples }) => examples.map((name) => `${name} ${inEnglish(text).split(' ')[0]}`))

  expect(of('assumed')).toEqual(['Assign', 'Reparent', 'Share', 'Unshare'].map((action) => `abc_ship_Tasks ${action}`))
  expect(of('assumedIdle')).toEqual(
    expect.arrayContaining(['abc_ship_Tasks Merge', 'abc_ship_Tasks Archive', 'owner_abc_ship Assign', 'owner_abc_ship Delete']),
  )
})

test('several solutions and two versions of one in a folder are all read, and the report says which counts', async () => {
  const environment = newEnvironment()
  const of = (version: string, Delete: string) => ({
    [`v${version}/customizations.xml`]: customizations(
      table('abc_Ship'),
      relationship('abc_ship_Tasks', 'abc_Ship', 'Task', 'RegardingObjectId', { Delete }),
    ),
    [`v${version}/solution.xml`]: solution('Ships').replace('1.2.3.4', version),
  })
  const path = writeFiles(join(folder, 'versions'), {
    ...of('1.10.0.0', 'Restrict'),
    ...of('1.9.0.0', 'Cascade'),
    'ports/customizations.xml': customizations(table('abc_Port')),
    'ports/solution.xml': solution('Ports'),
    'ports/CanvasApps/src/app/Ports.json': '{"PrimaryIdAttribute":"abc_portid"}',
    'ports/Workflows/Tell-0A.json': '{"OwnershipType":"flow"}',
    'ports/tests/data.json': '{"OwnershipType":"test"}',
  })

  const report = await importSource(path, {}, environment)

  expect(report.sources.map(({ name, version }) => [name, version])).toEqual([
    ['Ports', '1.2.3.4'],
    ['Ships', '1.10.0.0'],
    ['Ships', '1.9.0.0'],
  ])
  expect(environment.model().relationships.find(({ schemaName }) => schemaName === 'abc_ship_Tasks')?.cascade.Delete).toBe('Restrict')
  expect(report.lines.map(({ text, examples }) => [inEnglish(text), examples])).toContainEqual([
    'Sources differ; what Ships 1.10.0.0 states counts, whichever came first',
    ['abc_ship_Tasks: Delete: Cascade → Restrict'],
  ])
})
