import type { SourceFile } from '../files/file-tree.ts'
import { checkCount } from '../limits.ts'
import type { ReadModel } from '../model/read-model.ts'
import { emptyModel } from '../model/read-model.ts'
import type { Findings } from '../report/findings.ts'
import { readXml } from '../xml/read-xml.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { RELATIONSHIP_ELEMENTS, readRelationship } from './read-relationship.ts'
import { readTable, TABLE_ELEMENTS } from './read-table.ts'

/** Puts tables and relationships together as their elements come in, whatever file they come from. */
export class SolutionReader {
  readonly model: ReadModel = emptyModel()
  #columns = 0

  readonly #findings: Findings

  constructor(findings: Findings) {
    this.#findings = findings
  }

  addTable(element: XmlElement, location: string): void {
    const table = readTable(element, location, this.#findings)
    if (!table) return
    this.model.tables.push(table)
    this.#columns += table.columns.length
    checkCount(this.model.tables.length, 'tables', location)
    checkCount(this.#columns, 'columns', location)
  }

  addRelationship(element: XmlElement, location: string): void {
    readRelationship(element, this.model, location, this.#findings)
    checkCount(this.model.relationships.length + this.model.manyToMany.length, 'relationships', location)
  }

  /** A customizations.xml, an Entity.xml or a file of relationships. */
  async addFile(file: SourceFile): Promise<void> {
    const table = (path: string) => ({ path, keep: TABLE_ELEMENTS, take: (element: XmlElement) => this.addTable(element, file.location) })
    const relationship = (path: string) => ({
      path,
      keep: RELATIONSHIP_ELEMENTS,
      take: (element: XmlElement) => this.addRelationship(element, file.location),
    })
    await readXml(file, [
      table('ImportExportXml/Entities/Entity'),
      relationship('ImportExportXml/EntityRelationships/EntityRelationship'),
      table('Entity'),
      relationship('EntityRelationships/EntityRelationship'),
    ])
  }
}

/** Zip, unzipped folder and lone customizations.xml. Source: import formats, section 3. */
export async function readCustomizations(file: SourceFile, findings: Findings): Promise<ReadModel> {
  const reader = new SolutionReader(findings)
  await reader.addFile(file)
  return reader.model
}

/**
 * SolutionPackager layout: tables in `Entities/<name>/Entity.xml`, relationships in `Other/Relationships/*.xml`; the file
 * `Other/Relationships.xml` is an index of names. Source: import formats, section 3.
 */
export async function readPackagerFolder(root: string, files: SourceFile[], findings: Findings): Promise<ReadModel> {
  const reader = new SolutionReader(findings)
  const prefix = root === '' ? '' : `${root.toLowerCase()}/`
  for (const file of files) {
    const path = file.path.toLowerCase()
    if (!path.startsWith(prefix)) continue
    const inside = path.slice(prefix.length)
    const isTable = /^entities\/[^/]+\/entity\.xml$/.test(inside)
    const isRelationships = /^other\/relationships\/[^/]+\.xml$/.test(inside)
    if (isTable || isRelationships || inside === 'other/customizations.xml') await reader.addFile(file)
  }
  return reader.model
}
