import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inEnglish } from '#text/english'
import { importCsv, importSource, inspectCsv } from '../../../main/import/index.ts'
import { newEnvironment } from '../../support/import-target.ts'
import { column, customizations, table, temporaryFolder, writeFiles, writeZip } from '../../support/made-files.ts'

const folder = temporaryFolder()
let made = 0
const ID = '0a1b2c3d-0000-4000-8000-000000000002'
const named = (name: string) => `<displaynames><displayname description="${name}" languagecode="1033" /></displaynames>`

async function environmentWithShips() {
  const environment = newEnvironment()
  const columns =
    column('abc_Port', 'nvarchar', named('Home Port')) + column('abc_Built', 'datetime', named('Built')) + column('abc_Armed', 'bit')
  const model = customizations(table('abc_Ship', columns).replace('LocalizedName="abc_Ship"', 'LocalizedName="Ship"'))
  await importSource(
    join(writeFiles(join(folder, `model-${made++}`), { 'customizations.xml': model }), 'customizations.xml'),
    {},
    environment,
  )
  return environment
}

const shared = [
  '(Do Not Modify) Ship',
  '(Do Not Modify) Row Checksum',
  '(Do Not Modify) Modified On',
  'abc_name',
  'Home Port',
  'Built',
  'Weight',
  ID,
  'Gull',
]
const sharedStrings = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${shared.map((text) => `<si><t>${text}</t></si>`).join('')}<si><r><t>Ber</t></r><r><rPr><b/></rPr><t>gen</t></r></si></sst>`
const heading = `<row r="1">${shared
  .slice(0, 7)
  .map((_, index) => `<c r="${'ABCDEFG'[index]}1" t="s"><v>${index}</v></c>`)
  .join('')}</row>`
const row = `<row r="2"><c r="A2" t="s"><v>7</v></c><c r="D2" t="s"><v>8</v></c><c r="E2" t="s"><v>9</v></c><c r="F2" s="1"><v>45657.5</v></c><c r="G2"><v>7</v></c></row>`
const parts = (rows: string) => ({
  '[Content_Types].xml': '<Types />',
  'xl/workbook.xml':
    '<workbook xmlns:r="http://x"><sheets><sheet name="hiddenSheet" sheetId="2" state="veryHidden" r:id="R2"/><sheet name="Ships" sheetId="1" r:id="R1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="R1" Target="worksheets/ships.xml"/><Relationship Id="R2" Target="/xl/worksheets/hidden.xml"/></Relationships>',
  'xl/sharedStrings.xml': sharedStrings,
  'xl/styles.xml':
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy &quot;at&quot; hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
  'xl/worksheets/ships.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
  'xl/worksheets/hidden.xml': '<worksheet><sheetData/></worksheet>',
})
const workbook = (rows = heading + row) => writeZip(join(folder, `ships-${made++}.xlsx`), parts(rows))

test('a workbook as the platform exports it is read: shared and rich text, dates by their format, the visible sheet', async () => {
  const environment = await environmentWithShips()
  const path = await workbook()

  const { suggestion, sample } = await inspectCsv(path, environment.model())
  if (suggestion === null) throw new Error('The headings suggest no table.')
  const report = await importCsv(path, suggestion, environment)

  expect(suggestion).toMatchObject({
    table: 'abc_ship',
    columns: expect.arrayContaining([{ from: '(Do Not Modify) Ship', to: 'abc_shipid' }]),
  })
  expect(sample).toEqual([[ID, '', '', 'Gull', 'Bergen', '2024-12-31T12:00:00.000Z', '7']])
  expect(environment.getRecord({ table: 'abc_ship', id: ID }).values).toMatchObject({
    lab_name: null,
    abc_port: 'Bergen',
    abc_built: '2024-12-31T12:00:00.000Z',
  })
  expect(report.lines.filter(({ kind }) => kind === 'skipped').map(({ text, examples }) => [inEnglish(text), examples])).toEqual([
    ['Headings that fit no column of abc_ship: their values are left out', ['abc_name', 'Weight']],
  ])
})

test.each([
  ['an archive that is no workbook', { 'readme.txt': 'x' }],
  ['a workbook without its sheet', { ...parts(''), 'xl/worksheets/ships.xml': '' }],
  ['an empty sheet', parts('')],
  ['more columns than a table can have', parts('<row r="1"><c r="ZZZ1"><v>1</v></c></row>')],
  ['a document type', { ...parts(heading), 'xl/sharedStrings.xml': '<!DOCTYPE x [<!ENTITY a "b">]><sst/>' }],
])('%s is refused', async (_case, members) => {
  const environment = newEnvironment()
  const path = await writeZip(join(folder, `bad-${made++}.xlsx`), members)

  await expect(inspectCsv(path, environment.model())).rejects.toMatchObject({ code: 'IMPORT_FAILED' })
})

test.each([
  ['English', 'Do Not Modify', 'Row Checksum', 'Modified On'],
  ['German', 'Nicht ändern', 'Zeilenprüfsumme', 'Geändert am'],
  ['a language that nobody has told us', 'Ne tuŝu', 'Sumo', 'Ŝanĝita'],
])('hidden columns are recognised in %s', async (_language, mark, checksum, modified) => {
  const environment = await environmentWithShips()
  const path = join(
    writeFiles(join(folder, `csv-${made++}`), {
      'rows.csv': `(${mark}) Ship,(${mark}) ${checksum},(${mark}) ${modified},lab_name,Home Port\n${ID},x,12/31/2024,Gull,Bergen\n`,
    }),
    'rows.csv',
  )

  const { suggestion } = await inspectCsv(path, environment.model())
  if (suggestion === null) throw new Error('The headings suggest no table.')
  const report = await importCsv(path, suggestion, environment)

  expect(report.recordsInserted).toBe(1)
  expect(report.lines).toEqual([])
  expect(environment.getRecord({ table: 'abc_ship', id: ID }).values).toMatchObject({ lab_name: 'Gull', abc_port: 'Bergen' })
})
