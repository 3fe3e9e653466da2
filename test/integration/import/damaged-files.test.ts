import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EngineError } from '#engine/contract/errors'
import { importSource } from '../../../main/import/index.ts'
import type { Content } from '../../support/made-files.ts'
import { column, customizations, relationship, table, temporaryFolder, writeFiles } from '../../support/made-files.ts'
import { MemoryEnvironment } from '../../support/memory-loader.ts'

const folder = temporaryFolder()
const RUNS = 150

const SOURCES: { name: string; whole: Record<string, string>; open: string }[] = [
  {
    name: 'customizations.xml',
    whole: {
      'customizations.xml': customizations(
        table('lab_A', column('lab_x', 'lookup') + column('statecode', 'state') + column('ownerid', 'owner')) +
          table('lab_B', column('lab_y', 'lookup')),
        relationship('r1', 'lab_A', 'lab_B', 'lab_y', { Delete: 'Cascade', Assign: 'Active' }) +
          relationship('r2', 'lab_B', 'lab_A', 'lab_x', { Delete: 'Restrict' }),
      ),
    },
    open: 'customizations.xml',
  },
  {
    name: 'data package',
    whole: {
      'data_schema.xml':
        '<entities ><entity name="lab_a" primaryidfield="lab_aid" primarynamefield="lab_name"><fields><field name="lab_aid" type="guid"/><field name="lab_name" type="string"/><field name="lab_x" type="entityreference" lookupType="lab_a|contact"/><field name="ownerid" type="owner"/></fields><relationships><relationship name="lab_aa" manyToMany="true" relatedEntityName="lab_aa" m2mTargetEntity="lab_a"/></relationships></entity></entities>',
      'data.xml':
        '<entities><entity name="lab_a"><records><record id="00000000-0000-4000-8000-000000000001"><field name="lab_name" value="one"/><field name="lab_x" value="00000000-0000-4000-8000-000000000002" lookupentity="contact" lookupentityname="Ada"/><field name="ownerid" value="00000000-0000-4000-8000-000000000003" lookupentity="systemuser"/></record></records><m2mrelationships><m2mrelationship sourceid="00000000-0000-4000-8000-000000000001" targetentityname="lab_a" m2mrelationshipname="lab_aa"><targetids><targetid>00000000-0000-4000-8000-000000000001</targetid></targetids></m2mrelationship></m2mrelationships></entity></entities>',
    },
    open: '',
  },
  {
    name: 'metadata.json',
    whole: {
      'metadata.json': JSON.stringify([
        {
          LogicalName: 'account',
          PrimaryIdAttribute: 'accountid',
          PrimaryNameAttribute: 'name',
          OwnershipType: 'UserOwned',
          Attributes: [
            { LogicalName: 'accountid', AttributeType: 'Uniqueidentifier' },
            { LogicalName: 'parentid', AttributeType: 'Lookup', RequiredLevel: { Value: 'None' } },
          ],
          OneToManyRelationships: [
            {
              SchemaName: 'r',
              ReferencedEntity: 'account',
              ReferencingEntity: 'account',
              ReferencingAttribute: 'parentid',
              CascadeConfiguration: { Delete: 'Cascade' },
            },
          ],
        },
      ]),
    },
    open: 'metadata.json',
  },
]

/** What replaces a piece of text between quotes or tags: odd words, or any other piece of the same file. */
const oddWord = fc.constantFrom(
  'constructor',
  '__proto__',
  '',
  ' ',
  '-1',
  '1e999',
  'null',
  '../x',
  '😀',
  'statecode',
  'createdon',
  'ownerid',
  'primarykey',
  'owner',
  'x'.repeat(200),
)
const damage = fc.record({
  file: fc.nat(),
  pieces: fc.array(fc.record({ at: fc.nat(), by: fc.oneof(oddWord, fc.nat()) }), { minLength: 1, maxLength: 4 }),
  cutAt: fc.option(fc.nat(), { freq: 8 }),
})

function damaged(text: string, { pieces, cutAt }: typeof damage extends fc.Arbitrary<infer T> ? T : never): Content {
  const found = [...text.matchAll(/(?<=["'>])[^"'<>]+(?=["'<])/g)].map((match) => match[0])
  let result = text
  for (const { at, by } of pieces) {
    const piece = found[at % found.length] ?? ''
    const position = result.indexOf(piece)
    if (position < 0) continue
    const replacement = typeof by === 'string' ? by : (found[by % found.length] ?? '')
    result = result.slice(0, position) + replacement + result.slice(position + piece.length)
  }
  return cutAt === null ? result : result.slice(0, cutAt % (result.length + 1))
}

test.each(SOURCES)('a $name that is damaged anywhere is imported or refused, and never a defect', async ({ whole, open }) => {
  const outcomes = { imported: 0, refused: 0 }
  let run = 0
  await fc.assert(
    fc.asyncProperty(damage, async (change) => {
      const names = Object.keys(whole)
      const victim = names[change.file % names.length]
      const files = Object.fromEntries(Object.entries(whole).map(([name, text]) => [name, name === victim ? damaged(text, change) : text]))
      const path = join(writeFiles(join(folder, `${open}-${run++}`), files), open)
      const environment = new MemoryEnvironment()

      const error: unknown = await importSource(path, { standard: run % 2 === 0 }, environment).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )

      if (error === undefined) outcomes.imported++
      else {
        outcomes.refused++
        expect(error).toBeInstanceOf(EngineError)
        expect(error).toMatchObject({ code: 'IMPORT_FAILED' })
        expect(environment.rows).toEqual([])
      }
    }),
    { numRuns: RUNS },
  )

  expect(outcomes.imported).toBeGreaterThan(0)
  expect(outcomes.refused).toBeGreaterThan(0)
})
