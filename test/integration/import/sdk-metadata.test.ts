import { join } from 'node:path'
import { expect, test } from 'vitest'
import { importSource } from '../../../main/import/index.ts'
import { newEnvironment } from '../../support/import-target.ts'
import { temporaryFolder, writeFiles } from '../../support/made-files.ts'

const folder = temporaryFolder()

const NAMESPACE = 'xmlns="http://schemas.microsoft.com/xrm/2011/Metadata" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'

const entity = (name: string, relationships = '', attributes = ''): string => `<EntityMetadata ${NAMESPACE}>
  <Attributes>
    <AttributeMetadata i:type="AttributeMetadata"><AttributeType>Uniqueidentifier</AttributeType><LogicalName>${name}id</LogicalName></AttributeMetadata>
    ${attributes}
  </Attributes>
  <LogicalName>${name}</LogicalName>
  <OneToManyRelationships>${relationships}</OneToManyRelationships>
  <OwnershipType>UserOwned</OwnershipType>
  <PrimaryIdAttribute>${name}id</PrimaryIdAttribute>
</EntityMetadata>`

const VOYAGES = `<OneToManyRelationshipMetadata><SchemaName>lab_ship_voyages</SchemaName>
  <CascadeConfiguration><Assign>Cascade</Assign><Delete>Restrict</Delete></CascadeConfiguration>
  <ReferencedEntity>lab_ship</ReferencedEntity><ReferencingEntity>lab_voyage</ReferencingEntity><ReferencingAttribute>lab_shipid</ReferencingAttribute>
</OneToManyRelationshipMetadata>`

const STATE = `<AttributeMetadata i:type="StateAttributeMetadata"><AttributeType>State</AttributeType><LogicalName>statecode</LogicalName>
  <OptionSet><Options><OptionMetadata i:type="StateOptionMetadata"><Value>0</Value><DefaultStatus>7</DefaultStatus></OptionMetadata></Options></OptionSet>
</AttributeMetadata>`

test.each([
  ['one table', entity('lab_ship', VOYAGES, STATE)],
  [
    'a list of tables',
    `<ArrayOfEntityMetadata ${NAMESPACE}>${entity('lab_ship', VOYAGES, STATE)}${entity('lab_voyage')}</ArrayOfEntityMetadata>`,
  ],
])('%s of the SDK is read with its relationships and states', async (name, xml) => {
  const path = join(writeFiles(join(folder, name), { 'metadata.xml': xml }), 'metadata.xml')
  const environment = newEnvironment()

  const report = await importSource(path, {}, environment)

  expect(report.sources).toMatchObject([{ format: 'sdk-metadata', oneToMany: 1 }])
  expect(environment.model().relationships.find(({ schemaName }) => schemaName === 'lab_ship_voyages')).toMatchObject({
    referenced: 'lab_ship',
    referencing: 'lab_voyage',
    attribute: 'lab_shipid',
    cascade: { Assign: 'Cascade', Delete: 'Restrict' },
  })
  const { columns } = environment.table('lab_ship')
  expect(columns.find(({ logicalName }) => logicalName === 'statecode')?.options).toEqual([{ value: 0, label: null, defaultStatus: 7 }])
})
