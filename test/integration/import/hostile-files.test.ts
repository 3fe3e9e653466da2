import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import yazl from 'yazl'
import { EngineError } from '#engine/contract/errors'
import { importSource, inspectSource } from '../../../main/import/index.ts'
import { LIMITS } from '../../../main/import/limits.ts'
import type { Content } from '../../support/made-files.ts'
import { column, customizations, relationship, solution, table, temporaryFolder, writeFiles, writeZip } from '../../support/made-files.ts'
import { MemoryEnvironment } from '../../support/memory-loader.ts'

const folder = temporaryFolder()
let made = 0

const file = (name: string, content: Content): string => join(writeFiles(join(folder, String(made++)), { [name]: content }), name)
const zip = (members: Record<string, Content>): Promise<string> => writeZip(join(folder, String(made++), 'made.zip'), members)

/** What an import of the path fails with; the environment must be as it was. */
async function failureOf(path: string): Promise<EngineError> {
  const environment = new MemoryEnvironment()
  const before = structuredClone(environment.model())
  const error: unknown = await importSource(path, {}, environment).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof EngineError)) throw new Error(`expected a refusal, got ${String(error)}`)
  expect(environment.model()).toEqual(before)
  expect(environment.rows).toEqual([])
  return error
}

async function expectRefusal(path: string, what: RegExp, where = path): Promise<void> {
  const error = await failureOf(path)
  expect(error.code).toBe('IMPORT_FAILED')
  expect(error.message).toMatch(what)
  expect(String(error.details.path)).toContain(where)
  expect(error.hint).toBeTruthy()
}

const good = customizations(table('lab_One'))

test('a path where nothing lies is refused with what to check', () => expectRefusal(join(folder, 'nowhere.zip'), /nothing was found there/))

test('a file of no known kind is refused with what would be right', () => expectRefusal(file('notes.txt', 'hello'), /known source/))

test('an empty file is refused', () => expectRefusal(file('customizations.xml', ''), /known source/))

test('a folder without a source is refused', () =>
  expectRefusal(writeFiles(join(folder, 'plain'), { 'a.xml': '<a/>', 'b.json': '{}' }), /known source/))

test('a source that is not among those found is refused and the found ones are named', async () => {
  const path = await zip({ 'customizations.xml': good, 'solution.xml': solution() })

  const error: unknown = await importSource(path, { only: ['other.zip'] }, new MemoryEnvironment()).catch((thrown: unknown) => thrown)

  expect(error).toMatchObject({ code: 'IMPORT_FAILED', hint: expect.stringContaining(path) })
})

test('a DTD is refused, so no entity can name another file', () =>
  expectRefusal(
    file('customizations.xml', `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${good.replace(/^<\?.*?\?>/, '')}`),
    /DTD/,
  ))

test('entities that grow by naming each other are refused with their DTD', () =>
  expectRefusal(
    file(
      'customizations.xml',
      `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><ImportExportXml><Entities>&b;</Entities></ImportExportXml>`,
    ),
    /DTD/,
  ))

test('XML that was cut off is refused with its line', () =>
  expectRefusal(file('customizations.xml', good.slice(0, good.length / 2)), /not well-formed XML.*\d+:\d+/))

test('a zip that was cut off is refused', async () => {
  const whole = await zip({ 'customizations.xml': good, 'solution.xml': solution() })
  const { readFileSync } = await import('node:fs')
  const content = readFileSync(whole)

  await expectRefusal(file('cut.zip', content.subarray(0, content.length - 30)), /damaged or incomplete/)
})

test('a zip whose member was tampered with is refused', async () => {
  const { readFileSync } = await import('node:fs')
  const content = Buffer.from(readFileSync(await zip({ 'customizations.xml': good.repeat(20), 'solution.xml': solution() })))
  content.fill(0x55, 60, 120)

  await expectRefusal(file('bent.zip', content), /damaged or incomplete|not well-formed|UTF-8/)
})

test('text named like a zip is refused', () =>
  expectRefusal(file('model.zip', 'version https://git-lfs.github.com/spec/v1'), /has the name of a zip/))

test('UTF-16 is refused with what to do', () =>
  expectRefusal(file('customizations.xml', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, 'utf16le')])), /UTF-16/))

test('UTF-16 without a mark is refused too', () => expectRefusal(file('customizations.xml', Buffer.from(good, 'utf16le')), /UTF-16/))

test('bytes that are not UTF-8 are refused', () =>
  expectRefusal(
    file('customizations.xml', Buffer.from(good.replace('LocalizedName="lab_One"', 'LocalizedName="\xe9t\xe9"'), 'latin1')),
    /not UTF-8/,
  ))

test('a member whose name leads out of the archive is refused', async () => {
  const content = await zipBuffer({ 'customizations.xml': good, 'xx/evil.xml': 'x' })
  const bent = Buffer.from(content.toString('latin1').replaceAll('xx/evil.xml', '../evil.xml'), 'latin1')

  await expectRefusal(file('traversal.zip', bent), /invalid relative path/)
})

test('an archive that expands beyond all reason is refused before it fills memory', async () => {
  const path = join(folder, 'bomb.zip')
  await writeBomb(path, LIMITS.fileBytes + 1024 * 1024)

  await expectRefusal(path, /expands to more than 256 MB/)
}, 60_000)

test('archives inside archives inside archives are refused at a depth', async () => {
  let content: Buffer = await zipBuffer({ 'customizations.xml': good })
  for (let depth = 0; depth < LIMITS.archiveDepth + 1; depth++) content = await zipBuffer({ 'inner.zip': content })

  await expectRefusal(file('nested.zip', content), /more than 3 deep/)
})

test('an archive with too many members is refused by what its directory says', async () => {
  const content = await zipBuffer({ 'customizations.xml': good })
  const end = content.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  content.writeUInt16LE(60_000, end + 8)
  content.writeUInt16LE(60_000, end + 10)

  await expectRefusal(file('many.zip', content), /more than 50,000 members/)
})

test('elements that nest without end are refused', () =>
  expectRefusal(file('customizations.xml', `<ImportExportXml><Roles>${'<a>'.repeat(100_000)}`), /more than 256 deep/))

test('a million relationships end in a clear refusal', async () => {
  const one = relationship('r', 'lab_One', 'lab_Two', 'lab_OneId', { Delete: 'Cascade' })
  const members = {
    'customizations.xml': customizations(
      table('lab_One'),
      Array.from({ length: 200_000 }, (_, index) => one.replace('"r"', `"r${index}"`)).join(''),
    ),
  }

  await expectRefusal(await zip(members), /more than 100,000 relationships/)
}, 60_000)

test('JSON that nests without end is refused', () =>
  expectRefusal(file('metadata.json', `{"value":${'['.repeat(100_000)}`), /more than 64 deep/))

test('JSON that is cut off, and JSON that is something else, are refused', async () => {
  await expectRefusal(file('metadata.json', '{"value":[{"LogicalName":"account"'), /not JSON/)
  await expectRefusal(file('metadata.json', '{"hello":"world"}'), /not Web API metadata/)
  await expectRefusal(file('metadata.json', '{"value":[]}'), /no table and no relationship/)
  await expectRefusal(file('metadata.json', '{"LogicalName":"account","Attributes":"all"}'), /Attributes/)
})

test('YAML with references that grow, or that nests without end, is refused', async () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d]`
  await expectRefusal(writeFiles(join(folder, 'yaml-bomb'), { 'solutions/a/solution.yml': bomb }), /not usable YAML/)
  await expectRefusal(writeFiles(join(folder, 'yaml-deep'), { 'solutions/a/solution.yml': '['.repeat(50_000) }), /not usable YAML|deep/)
})

test('a link that leads out of the folder is refused', async () => {
  const inside = writeFiles(join(folder, 'linked'), { 'customizations.xml': good })
  const outside = writeFiles(join(folder, 'outside'), { 'secret.xml': good })
  symlinkSync(join(outside, 'secret.xml'), join(inside, 'extra.xml'))

  await expectRefusal(inside, /leads out of the chosen folder/, 'extra.xml')
})

test('a link in a circle and a link to nothing do no harm', async () => {
  const inside = writeFiles(join(folder, 'circle'), { 'customizations.xml': good })
  mkdirSync(join(inside, 'below'))
  symlinkSync(inside, join(inside, 'below', 'up'))
  symlinkSync(join(inside, 'missing'), join(inside, 'broken.xml'))

  expect((await inspectSource(inside)).map(({ format }) => format)).toEqual(['solution-folder'])
})

test('names that are no names are left out with a line and never reach the store', async () => {
  const environment = new MemoryEnvironment()
  const path = file('customizations.xml', customizations(table('lab_One') + table('x&quot;; DROP TABLE y')))

  const report = await importSource(path, {}, environment)

  expect(report.lines.filter(({ kind }) => kind === 'skipped')).toMatchObject([
    { count: 1, examples: [expect.stringContaining('drop table')] },
  ])
  expect(environment.model().tables.map(({ logicalName }) => logicalName)).toContain('lab_one')
  expect(environment.model().tables.every(({ logicalName }) => /^[a-z_0-9]+$/.test(logicalName))).toBe(true)
})

test('a failure while data is written leaves no row behind', async () => {
  const environment = new MemoryEnvironment()
  const load = environment.load.bind(environment)
  environment.load = () => ({
    ...load(),
    commit: () => {
      throw new EngineError('STORE_FULL', 'the disk is full')
    },
  })
  const path = writeFiles(join(folder, 'full'), {
    'data_schema.xml': '<entities ><entity name="lab_one" primaryidfield="lab_oneid"><fields/></entity></entities>',
    'data.xml':
      '<entities><entity name="lab_one"><records><record id="00000000-0000-4000-8000-000000000001"/></records></entity></entities>',
  })

  await expect(importSource(path, {}, environment)).rejects.toMatchObject({ code: 'STORE_FULL' })

  expect(environment.rows).toEqual([])
})

function zipBuffer(members: Record<string, Content>): Promise<Buffer> {
  const archive = new yazl.ZipFile()
  for (const [name, content] of Object.entries(members)) archive.addBuffer(Buffer.from(content), name)
  archive.end()
  return collect(archive.outputStream)
}

async function collect(stream: AsyncIterable<Buffer | string>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}

async function writeBomb(path: string, bytes: number): Promise<void> {
  const { Readable } = await import('node:stream')
  const { createWriteStream } = await import('node:fs')
  const { pipeline } = await import('node:stream/promises')
  const block = Buffer.alloc(1024 * 1024, ' ')
  const content = function* () {
    yield Buffer.from('<ImportExportXml>')
    for (let written = 0; written < bytes; written += block.length) yield block
  }
  const archive = new yazl.ZipFile()
  archive.addReadStream(Readable.from(content()), 'customizations.xml')
  archive.end()
  await pipeline(archive.outputStream, createWriteStream(path))
}

test('a table with more columns than a store holds is refused', () =>
  expectRefusal(
    file(
      'customizations.xml',
      customizations(table('lab_Wide', Array.from({ length: 1_600 }, (_, index) => column(`lab_c${index}`, 'int')).join(''))),
    ),
    /more than 1,500 columns in lab_wide/,
  ))

test('a report of endless findings stays short', async () => {
  const odd = Array.from({ length: 5_000 }, (_, index) => column(`lab_c${index % 1_000}`, `type${index}`)).join('')
  const path = file('customizations.xml', customizations(table('lab_Odd', odd)))

  const report = await importSource(path, {}, new MemoryEnvironment())

  expect(report.lines.length).toBeLessThan(1_010)
  expect(report.lines.filter(({ kind }) => kind === 'note').reduce((sum, { count }) => sum + count, 0)).toBe(5_000)
})

test('words that are names in JavaScript mean nothing special', async () => {
  const path = file(
    'customizations.xml',
    customizations(
      table('constructor', column('tostring', 'constructor'), '__proto__'),
      relationship('r', 'constructor', 'constructor', 'tostring', { Delete: 'constructor' }),
    ),
  )

  const report = await importSource(path, {}, new MemoryEnvironment())

  expect(report.sources[0]?.cascades.Delete).toEqual({ NoCascade: 1 })
})

test('a lookup to a table that cannot exist is left out with a line', async () => {
  const environment = new MemoryEnvironment()
  const path = writeFiles(join(folder, 'odd-target'), {
    'data_schema.xml':
      '<entities ><entity name="lab_one" primaryidfield="createdon" primarynamefield="statecode"><fields><field name="lab_x" type="string"/><field name="lab_x" type="number"/></fields></entity></entities>',
    'data.xml':
      '<entities><entity name="lab_one"><records><record id="00000000-0000-4000-8000-000000000001"><field name="lab_to" value="00000000-0000-4000-8000-000000000002" lookupentity="no table!"/></record></records></entity></entities>',
  })

  const report = await importSource(path, {}, environment)

  expect(report.recordsInserted).toBe(1)
  expect(report.lines.filter(({ kind }) => kind === 'unparsedValue')).toMatchObject([
    { count: 1, examples: [expect.stringContaining('lab_to')] },
  ])
})
