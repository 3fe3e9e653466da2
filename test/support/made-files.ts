import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll } from 'vitest'
import yazl from 'yazl'

export type Content = string | Buffer

/** A folder that goes away when the test file is done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cascade-import-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function writeFiles(folder: string, files: Record<string, Content>): string {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }
  return folder
}

export async function writeZip(path: string, members: Record<string, Content>): Promise<string> {
  const zip = new yazl.ZipFile()
  for (const [name, content] of Object.entries(members)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  mkdirSync(dirname(path), { recursive: true })
  await pipeline(zip.outputStream, createWriteStream(path))
  return path
}

/** A solution of two tables; more can be put into the places named by `extra`. */
export const customizations = (tables: string, relationships = ''): string =>
  `<?xml version="1.0" encoding="utf-8"?><ImportExportXml><Entities>${tables}</Entities><EntityRelationships>${relationships}</EntityRelationships></ImportExportXml>`

export const solution = (name = 'Lab', managed = '0'): string =>
  `<ImportExportXml><SolutionManifest><UniqueName>${name}</UniqueName><Version>1.2.3.4</Version><Managed>${managed}</Managed></SolutionManifest></ImportExportXml>`

export const table = (name: string, columns = '', ownership = 'UserOwned'): string =>
  `<Entity><Name LocalizedName="${name}">${name}</Name><EntityInfo><entity Name="${name}"><attributes>
    ${column(`${name}Id`, 'primarykey')}${column('lab_Name', 'nvarchar', '<DisplayMask>PrimaryName|ValidForForm</DisplayMask>')}${columns}
  </attributes><OwnershipTypeMask>${ownership}</OwnershipTypeMask></entity></EntityInfo></Entity>`

export const column = (name: string, type: string, more = ''): string =>
  `<attribute PhysicalName="${name}"><Type>${type}</Type><LogicalName>${name.toLowerCase()}</LogicalName>${more}</attribute>`

export const relationship = (
  name: string,
  parent: string,
  child: string,
  lookup: string,
  cascades: Record<string, string>,
  more = '',
): string =>
  `<EntityRelationship Name="${name}"><EntityRelationshipType>OneToMany</EntityRelationshipType><ReferencingEntityName>${child}</ReferencingEntityName>
   <ReferencedEntityName>${parent}</ReferencedEntityName><ReferencingAttributeName>${lookup}</ReferencingAttributeName>${Object.entries(
     cascades,
   )
     .map(([action, value]) => `<Cascade${action}>${value}</Cascade${action}>`)
     .join('')}${more}</EntityRelationship>`
