import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inEnglish } from '#text/english'
import { importCsv, importSource, inspectCsv } from '../../../main/import/index.ts'
import { newEnvironment } from '../../support/import-target.ts'
import type { Content } from '../../support/made-files.ts'
import { column, customizations, relationship, table, temporaryFolder, writeFiles } from '../../support/made-files.ts'

const folder = temporaryFolder()
let made = 0
const guid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const file = (content: Content, name = 'rows.csv') => join(writeFiles(join(folder, String(made++)), { [name]: content }), name)

const named = (name: string) => `<displaynames><displayname description="${name}" languagecode="1033" /></displaynames>`
const LEVEL = `<optionset><options><option value="5"><labels><label description="Gold" languagecode="1033" /></labels></option></options></optionset>`

async function environmentWithVisits() {
  const environment = newEnvironment()
  const columns =
    column('lab_ParentId', 'lookup', named('Parent Visit')) +
    column('lab_Fee', 'money', named('Fee')) +
    column('lab_Level', 'picklist', LEVEL) +
    column('OwnerId', 'owner', named('Owner'))
  const model = customizations(
    table('lab_Visit', columns).replace('LocalizedName="lab_Visit"', 'LocalizedName="Visit"'),
    relationship('lab_self', 'lab_Visit', 'lab_Visit', 'lab_ParentId', { Delete: 'RemoveLink' }),
  )
  await importSource(join(writeFiles(join(folder, String(made++)), { 'customizations.xml': model }), 'customizations.xml'), {}, environment)
  return environment
}

const rowsOf = (environment: Awaited<ReturnType<typeof environmentWithVisits>>) =>
  environment.findRecords({ table: 'lab_visit', offset: 0, limit: 100 }).rows.map(({ values }) => values)

test.each([
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tabulator'],
  ['|', 'bar'],
])('the delimiter %j is found, quoted text aside', async (delimiter) => {
  const path = file(`\uFEFF"a,;|\tb"${delimiter}c${delimiter}d\r\n1${delimiter}"two ""2""\nlines"${delimiter}3\r\n`)

  expect(await inspectCsv(path, { tables: [], relationships: [], manyToMany: [] })).toEqual({
    columns: ['a,;|\tb', 'c', 'd'],
    sample: [['1', 'two "2"\nlines', '3']],
    delimiter,
    rows: 1,
    suggestion: null,
  })
})

test('the heading of a spreadsheet export suggests table and columns, its hidden ones included', async () => {
  const environment = await environmentWithVisits()
  const path = file('(Do Not Modify) Visit,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,lab_name,Parent Visit,FEE,Whatever\n')

  const { suggestion } = await inspectCsv(path, environment.model())

  expect(suggestion).toEqual({
    table: 'lab_visit',
    columns: [
      { from: '(Do Not Modify) Visit', to: 'lab_visitid' },
      { from: 'lab_name', to: 'lab_name' },
      { from: 'Parent Visit', to: 'lab_parentid' },
      { from: 'FEE', to: 'lab_fee' },
    ],
  })
})

test('rows of nobody belong to whoever imports them, also where another user has the same name [ID4]', async () => {
  const environment = await environmentWithVisits()
  environment.createRecord('systemuser', { fullname: 'Anna Lee' })
  const anna = environment.createRecord('systemuser', { fullname: 'Anna Lee' }).id

  await importCsv(file(`${HEADING},First,,,,\n,Second,,,,admin\n`), MAPPING, { ...environment, load: environment.as(anna).load })

  expect(rowsOf(environment)).toMatchObject([
    { createdby: { id: anna }, ownerid: { id: anna } },
    { createdby: { id: anna }, ownerid: { id: environment.info().administratorId } },
  ])
})

const MAPPING = {
  table: 'lab_visit',
  columns: ['lab_visitid', 'lab_name', 'lab_parentid', 'lab_fee', 'lab_level', 'ownerid'].map((name) => ({ from: name, to: name })),
}
const HEADING = 'lab_visitid,lab_name,lab_parentid,lab_fee,lab_level,ownerid\n'

test('rows are inserted, or updated by their GUID, and point to each other by name and by GUID', async () => {
  const environment = await environmentWithVisits()
  await importCsv(file(`${HEADING}${guid(1)},First,,1.5,Gold,admin\n`), MAPPING, environment)

  const report = await importCsv(
    file(`${HEADING}${guid(1)},First again,Second,,7,\n,Second,,,,\n${guid(3)},Third,${guid(1)},,,\n`),
    MAPPING,
    environment,
  )

  expect([report.recordsInserted, report.recordsUpdated, report.lines]).toEqual([2, 1, []])
  expect(rowsOf(environment)).toMatchObject([
    { lab_name: 'First again', lab_parentid: { name: 'Second' }, lab_fee: null, lab_level: 7, ownerid: { name: 'admin' } },
    { lab_name: 'Second', lab_parentid: null },
    { lab_name: 'Third', lab_parentid: { id: guid(1) } },
  ])
})

test('a name that several rows have, one that none has, and bad values are reported with their rows', async () => {
  const environment = await environmentWithVisits()
  const path = file(`${HEADING},Twin,,,,\n,Twin,,,,\n,A,twin,1,,\n,B,Nobody,"1,5",Silver,\nnonsense,C,,,,Nobody\n`)

  const report = await importCsv(path, MAPPING, environment)

  expect(report.recordsInserted).toBe(5)
  expect(report.lines.map(({ kind, text, examples }) => [kind, inEnglish(text), examples])).toEqual([
    ['unparsedValue', expect.stringContaining('decimal point'), ['row 5, lab_fee: "1,5"']],
    ['unparsedValue', expect.stringContaining('label of an option'), ['row 5, lab_level: "Silver"']],
    ['unparsedValue', expect.stringContaining('no GUID'), ['row 6: "nonsense"']],
    ['unparsedValue', expect.stringContaining('no row has this name'), ['row 6, ownerid: "Nobody"', 'row 5, lab_parentid: "Nobody"']],
    ['unparsedValue', expect.stringContaining('several rows'), ['row 4, lab_parentid: "twin" (2 rows)']],
  ])
  expect(rowsOf(environment).find(({ lab_name }) => lab_name === 'A')).toMatchObject({ lab_parentid: null, lab_fee: 1 })
})

test('a GUID that no row has is kept as a link to nowhere', async () => {
  const environment = await environmentWithVisits()

  const report = await importCsv(file(`${HEADING},A,${guid(9)},,,\n`), MAPPING, environment)

  expect(report.lines).toMatchObject([{ kind: 'danglingLink', examples: [`row 2, lab_parentid: "${guid(9)}"`] }])
  expect(rowsOf(environment)).toMatchObject([{ lab_parentid: { id: guid(9), name: null } }])
})

test.each<[string, Content, RegExp]>([
  ['a row with too few fields', `${HEADING},A,,,,\n,B\n`, /row 3 has 2 fields/],
  ['quotes that never close', `${HEADING},"A,,,,\n`, /not well-formed CSV/],
  ['a heading twice', 'lab_name,lab_name\n', /"lab_name" twice/],
  ['nothing', '', /empty/],
  ['UTF-16', Buffer.from(`\uFEFF${HEADING}`, 'utf16le'), /UTF-16/],
  ['another encoding', Buffer.from(`${HEADING},Caf\xe9,,,,\n`, 'latin1'), /not UTF-8/],
  ['a missing column', 'lab_name\nA\n', /no column "lab_visitid"/],
])('a file with %s is refused and leaves no row behind', async (_, content, message) => {
  const environment = await environmentWithVisits()

  await expect(importCsv(file(content), MAPPING, environment)).rejects.toMatchObject({
    code: 'IMPORT_FAILED',
    message: expect.stringMatching(message),
  })

  expect(environment.countRecords('lab_visit')).toBe(0)
})

test('a mapping to a table or column that does not exist is refused', async () => {
  const environment = await environmentWithVisits()
  const path = file('a\n1\n')

  await expect(importCsv(path, { table: 'lab_nothing', columns: [] }, environment)).rejects.toMatchObject({ code: 'IMPORT_FAILED' })
  await expect(importCsv(path, { table: 'lab_visit', columns: [{ from: 'a', to: 'lab_nothing' }] }, environment)).rejects.toMatchObject({
    code: 'IMPORT_FAILED',
  })
})
