import type { ColumnDefinition, OptionDefinition } from '#engine/contract/tables'
import type { SourceFile } from '../files/file-tree.ts'
import { checkCount } from '../limits.ts'
import type { ReadModel } from '../model/read-model.ts'
import { emptyModel } from '../model/read-model.ts'
import type { Findings } from '../report/findings.ts'
import { readXml } from '../xml/read-xml.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { readOptions } from './read-column.ts'
import { RELATIONSHIP_ELEMENTS, readRelationship } from './read-relationship.ts'
import { readTable, TABLE_ELEMENTS } from './read-table.ts'

const OPTION_ELEMENTS: ReadonlySet<string> = new Set(['options', 'option', 'labels', 'label', 'states', 'state', 'statuses', 'status'])

/** Collects tables and relationships from the elements of one or more files. */
export class SolutionReader {
  readonly model: ReadModel = emptyModel()
  readonly #optionSets = new Map<string, OptionDefinition[]>()
  readonly #waitingForOptions: { set: string; column: ColumnDefinition }[] = []
  #columns = 0

  readonly #findings: Findings

  constructor(findings: Findings) {
    this.#findings = findings
  }

  addTable(element: XmlElement, location: string): void {
    const table = readTable(element, location, this.#findings, (set, column) => this.#waitingForOptions.push({ set, column }))
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

  #addOptionSet(element: XmlElement): void {
    if (element.attributes.Name) this.#optionSets.set(element.attributes.Name.toLowerCase(), readOptions(element))
  }

  /** Returns the model after all files have been read, since global option sets may follow the columns that use them. */
  finish(): ReadModel {
    for (const { set, column } of this.#waitingForOptions) if (column.options.length === 0) column.options = this.#optionSets.get(set) ?? []
    return this.model
  }

  /** Reads a customizations.xml, an Entity.xml or a file of relationships. */
  async addFile(file: SourceFile): Promise<void> {
    const table = (path: string) => ({ path, keep: TABLE_ELEMENTS, take: (element: XmlElement) => this.addTable(element, file.location) })
    const relationship = (path: string) => ({
      path,
      keep: RELATIONSHIP_ELEMENTS,
      take: (element: XmlElement) => this.addRelationship(element, file.location),
    })
    const optionSet = (path: string) => ({ path, keep: OPTION_ELEMENTS, take: (element: XmlElement) => this.#addOptionSet(element) })
    await readXml(file, [
      table('ImportExportXml/Entities/Entity'),
      relationship('ImportExportXml/EntityRelationships/EntityRelationship'),
      optionSet('ImportExportXml/optionsets/optionset'),
      table('Entity'),
      optionSet('optionset'),
      relationship('EntityRelationships/EntityRelationship'),
    ])
  }
}

/** Reads a customizations.xml, whether from a zip, a folder or by itself. Source: import formats, section 3. */
export async function readCustomizations(file: SourceFile, findings: Findings): Promise<ReadModel> {
  const reader = new SolutionReader(findings)
  await reader.addFile(file)
  return reader.finish()
}

/**
 * Reads the SolutionPackager layout: tables in `Entities/<name>/Entity.xml`, relationships in `Other/Relationships/*.xml`; the file
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
    const isOptionSet = /^optionsets\/[^/]+\.xml$/.test(inside)
    if (isTable || isRelationships || isOptionSet || inside === 'other/customizations.xml') await reader.addFile(file)
  }
  return reader.finish()
}
