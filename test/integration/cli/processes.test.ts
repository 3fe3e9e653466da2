import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { column, customizations, relationship, table, temporaryFolder, writeFiles } from '../../support/made-files.ts'
import { cascade } from './command-line.ts'

const folder = temporaryFolder()
const lab = join(folder, 'lab.cascade')
const workflow = `<Workflow WorkflowId="{0A1B2C3D-0000-4000-8000-000000000001}" Name="Keep &lt;b&gt; ships"><Category>0</Category><Mode>1</Mode><PrimaryEntity>abc_Ship</PrimaryEntity>
  <TriggerOnDelete>1</TriggerOnDelete><DeleteStage>20</DeleteStage><StateCode>1</StateCode></Workflow>`
const source = writeFiles(join(folder, 'ships'), {
  'customizations.xml': customizations(
    table('abc_Ship') + table('abc_Port'),
    relationship('abc_port_ship', 'abc_Port', 'abc_Ship', 'abc_PortId', { Delete: 'Restrict' }) +
      relationship('abc_ship_Tasks', 'abc_Ship', 'Task', 'RegardingObjectId', { Delete: 'Cascade', Assign: 'Cascade' }),
  ).replace('</ImportExportXml>', `<Workflows>${workflow}</Workflows></ImportExportXml>`),
})
const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await cascade(...args, '--json')
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

test('a real-time workflow on delete is in the report and in the preview, and a plug-in stands in for it [MO9]', async () => {
  const page = join(folder, 'report.html')
  const report = await json('import', source, '--into', lab, '--report', page)
  await json('generate', '--into', lab, '--table', 'abc_ship', '--count', '1', '--set', 'lab_name=Gull')

  const preview = await json('preview', lab, 'delete', 'abc_ship/Gull')
  const { stdout } = await cascade('preview', lab, 'delete', 'abc_ship/Gull')
  const made = await json('plugin', 'new', 'keep-ships', '--for', 'keep <b> ships', '--in', lab, '--into', folder)
  const checked = await json('plugin', 'check', made.folder)

  expect(report).toMatchObject({
    processes: [{ name: 'Keep <b> ships', message: 'Delete', table: 'abc_ship', stage: 'PreOperation', mode: 'Sync' }],
    parental: [{ schemaName: 'abc_ship_Tasks' }],
    restrict: [{ schemaName: 'abc_port_ship', referenced: 'abc_port', referencing: 'abc_ship' }],
  })
  expect(preview.processes).toMatchObject([{ table: 'abc_ship', records: 1, process: { name: 'Keep <b> ships' } }])
  expect(stdout).toMatch(/never runs here[\s\S]*real-time workflow\s+Keep <b> ships\s+Delete\s+PreOperation/)
  expect(checked.manifest.steps).toMatchObject([{ message: 'Delete', table: 'abc_ship', stage: 'PreOperation', mode: 'Sync' }])
  const html = readFileSync(page, 'utf8')
  expect(html).toContain('Keep &lt;b&gt; ships')
  expect(html).toMatch(/Relationships that restrict a delete \(1\).*abc_port_ship/s)
  expect(html).not.toContain('<b>')
})

test('without the platform’s own definitions on request, and the same numbers everywhere', async () => {
  const other = join(folder, 'other.cascade')

  const bare = await json('import', source, '--into', other, '--no-standard')
  const whole = await json('import', source, '--into', other)
  const { stdout } = await cascade('import', source, '--into', other)

  expect(bare).toMatchObject({ standard: { tables: 0, relationships: 0 }, stubs: [{ table: 'task' }] })
  expect(whole).toMatchObject({ standard: { tables: 1 }, stubs: [] })
  expect(whole.sources[0]).toMatchObject({
    tables: 2,
    tableNames: ['abc_port', 'abc_ship'],
    cascadeNames: { Delete: { Restrict: ['abc_port_ship'] } },
  })
  expect(stdout).toMatch(/Delete +\d+ +\d+/)
  expect(stdout).toContain('Relationships that restrict a delete:\n  abc_port_ship: abc_port → abc_ship.abc_portid')
  expect(stdout).toMatch(new RegExp(`tables now in the model +${whole.total.tables}\n`))
})

test('a plug-in stands in only for what was imported', async () => {
  const { code, stderr } = await cascade('plugin', 'new', 'x-y', '--for', 'Keep ship', '--in', lab, '--into', folder)

  expect(code).toBe(2)
  expect(stderr).toContain('Did you mean "Keep <b> ships"?')
  expect((await cascade('plugin', 'new', 'x-y', '--for', 'Keep ship', '--into', folder)).code).toBe(2)
})

test('a workbook goes where the file is named like one, and headings may be display names', async () => {
  const ships = join(writeFiles(join(folder, 'csv'), { 'ships.csv': 'Home Port,lab_name,Weight\nBergen,Tern,7\n' }), 'ships.csv')
  const named = '<displaynames><displayname description="Home Port" languagecode="1033" /></displaynames>'
  const model = writeFiles(join(folder, 'ports'), {
    'customizations.xml': customizations(table('abc_Boat', column('abc_Port', 'nvarchar', named))),
  })
  await json('import', model, '--into', lab)

  const report = await json('import', ships, '--into', lab, '--table', 'abc_boat')

  expect(report).toMatchObject({ recordsInserted: 1, lines: [{ kind: 'skipped', examples: ['Weight'] }] })
})
