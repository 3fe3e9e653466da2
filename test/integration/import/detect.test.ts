import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inspectSource } from '../../../main/import/index.ts'
import { customizations, solution, table, temporaryFolder, writeFiles, writeZip } from '../../support/made-files.ts'

const folder = temporaryFolder()
const SCHEMA = '<entities ><entity name="lab_one" primaryidfield="lab_oneid" primarynamefield="lab_name"><fields /></entity></entities>'
const DATA = '\r\n<entities timestamp="2025"><entity name="lab_one"><records /></entity></entities>'
const model = customizations(table('lab_One'))

const formatsOf = async (path: string) => (await inspectSource(path)).map(({ path: found, format }) => [found.slice(path.length), format])

test('a solution zip says its name, version and whether it is managed, whatever the case of its members', async () => {
  const path = await writeZip(join(folder, 'a.zip'), { 'Customizations.xml': model, 'Solution.XML': solution('Lab', '1') })

  expect(await inspectSource(path)).toEqual([{ path, format: 'solution-zip', name: 'Lab', version: '1.2.3.4', managed: 'managed' }])
})

test('an unzipped solution and a lone customizations.xml are told apart', async () => {
  const path = writeFiles(join(folder, 'b'), { 'customizations.xml': model, 'solution.xml': solution('Lab') })

  expect(await inspectSource(path)).toEqual([{ path, format: 'solution-folder', name: 'Lab', version: '1.2.3.4', managed: 'unmanaged' }])
  expect(await inspectSource(join(path, 'customizations.xml'))).toEqual([
    { path: join(path, 'customizations.xml'), format: 'customizations-xml', name: 'customizations', version: null, managed: null },
  ])
})

test('the Other folder of a packed source is no solution of its own', async () => {
  const path = writeFiles(join(folder, 'c'), {
    'src/Other/Solution.xml': solution('Lab', '2'),
    'src/Other/Customizations.xml': '<ImportExportXml><Entities /></ImportExportXml>',
  })

  expect(await inspectSource(path)).toMatchObject([{ path: join(path, 'src'), format: 'solution-packager', managed: 'both' }])
})

test('a folder with several sources at different depths lists them all', async () => {
  const path = writeFiles(join(folder, 'd'), {
    'one/customizations.xml': model,
    'deep/er/two/Other/Solution.xml': solution('Two'),
    'deep/data/data_schema.xml': SCHEMA,
    'deep/data/data.xml': DATA,
    'metadata/page-1.json': '{"@odata.context":"https://x/api/data/v9.2/$metadata#EntityDefinitions","value":[{"LogicalName":"account"}]}',
    'metadata/page-2.json': '[{"LogicalName":"contact","PrimaryIdAttribute":"contactid"}]',
    'mock/Metadata.xml': '<MetadataSkeleton xmlns="x"><EntityMetadata /></MetadataSkeleton>',
    'noise/package.json': '{"name":"x"}',
    'noise/form.xml': '<forms />',
    'node_modules/x/customizations.xml': model,
  })
  await writeZip(join(path, 'zips/three.zip'), { 'customizations.xml': model, 'solution.xml': solution('Three') })

  expect(await formatsOf(path)).toEqual([
    ['/deep/data', 'cmt-folder'],
    ['/deep/er/two', 'solution-packager'],
    ['/metadata', 'web-api-metadata'],
    ['/mock/Metadata.xml', 'xrmmockup-metadata'],
    ['/one', 'solution-folder'],
    ['/zips/three.zip', 'solution-zip'],
  ])
})

test('a Package Deployer zip with names from Windows lists what is inside', async () => {
  const solutionZip = await writeZip(join(folder, 'in1.zip'), { 'customizations.xml': model, 'solution.xml': solution('Inner') })
  const dataZip = await writeZip(join(folder, 'in2.zip'), { 'data.xml': DATA, 'data_schema.xml': SCHEMA })
  const { readFileSync } = await import('node:fs')
  const path = await writeZip(join(folder, 'deployer.zip'), {
    'PkgFolder/Solution.zip': readFileSync(solutionZip),
    'PkgFolder/DefaultData.zip': readFileSync(dataZip),
  })
  const { writeFileSync } = await import('node:fs')
  writeFileSync(path, Buffer.from(readFileSync(path).toString('latin1').replaceAll('PkgFolder/', 'PkgFolder\\'), 'latin1'))

  expect(await inspectSource(path)).toMatchObject([
    { path: `${path}!PkgFolder/DefaultData.zip`, format: 'cmt-zip' },
    { path: `${path}!PkgFolder/Solution.zip`, format: 'solution-zip', name: 'Inner' },
  ])
})

test('several solutions of a YAML repository are listed one by one', async () => {
  const path = writeFiles(join(folder, 'yaml'), {
    'solutions/one/solution.yml': "ImportExportXml:\n  SolutionManifest:\n    UniqueName: One\n    Version: 1.0\n    Managed: '0'\n",
    'solutions/two/solution.yml': 'SolutionManifest:\n  UniqueName: Two\n  Version: 0.6.0.0\n  Managed: 1\n',
  })

  expect(await inspectSource(path)).toEqual([
    { path: join(path, 'solutions/one'), format: 'solution-yaml', name: 'One', version: '1.0', managed: 'unmanaged' },
    { path: join(path, 'solutions/two'), format: 'solution-yaml', name: 'Two', version: '0.6.0.0', managed: 'managed' },
  ])
})

test('the data file alone stands for its folder', async () => {
  const path = writeFiles(join(folder, 'e'), { 'data_schema.xml': SCHEMA, 'data.xml': DATA })

  expect(await inspectSource(join(path, 'data.xml'))).toMatchObject([{ path, format: 'cmt-folder' }])
})

test('what lies below a solution belongs to it, whatever it looks like', async () => {
  const alike = '{"TableDefinitions":[],"PrimaryIdAttribute":"lab_oneid"}'
  const packed = writeFiles(join(folder, 'apps'), {
    'src/Other/Solution.xml': solution('Lab', '2'),
    'src/Other/Customizations.xml': '<ImportExportXml><Entities /></ImportExportXml>',
    'src/CanvasApps/src/lab_app/pkgs/TableDefinitions/Ones.json': alike,
    'metadata/Ones.json': '[{"LogicalName":"contact","PrimaryIdAttribute":"contactid"}]',
  })
  const unzipped = writeFiles(join(folder, 'flows'), {
    'customizations.xml': model,
    'solution.xml': solution('Lab'),
    'Workflows/lab_flow.json': alike,
    'EntityDefinitions.json': '[{"LogicalName":"contact","PrimaryIdAttribute":"contactid"}]',
  })

  expect(await formatsOf(packed)).toEqual([
    ['/metadata/Ones.json', 'web-api-metadata'],
    ['/src', 'solution-packager'],
  ])
  expect(await formatsOf(unzipped)).toEqual([
    ['', 'solution-folder'],
    ['/EntityDefinitions.json', 'web-api-metadata'],
  ])
})
