import type { LoadValues, RecordLoader, RowNumber } from '#engine/contract/loader'
import type { ColumnDefinition, ModelDefinition, TableDefinition } from '#engine/contract/tables'
import { findingText } from '#text/english/findings'
import { fixedTargets } from '../model/fixed-targets.ts'
import type { Findings } from '../report/findings.ts'
import { guidOf } from '../values.ts'

const OWNERS = ['systemuser', 'team']

interface Found {
  table: string
  row: RowNumber
}

/** Finds the rows that a file's lookups name, by GUID or by primary name. Reports a name that no row or several rows have. */
export class LookupResolver {
  readonly #loader: RecordLoader
  readonly #findings: Findings
  readonly #targets: Map<string, string[]>
  readonly #found = new Map<string, Found[]>()

  constructor(loader: RecordLoader, model: ModelDefinition, table: TableDefinition, findings: Findings) {
    this.#loader = loader
    this.#findings = findings
    this.#targets = new Map(table.columns.map(({ logicalName }) => [logicalName, fixedTargets(logicalName) ?? []]))
    for (const { referencing, attribute, referenced, kind } of model.relationships)
      if (referencing === table.logicalName && kind === 'data' && !fixedTargets(attribute))
        this.#targets.set(attribute, [...new Set([...(this.#targets.get(attribute) ?? []), referenced])])
  }

  resolve(lookups: { column: ColumnDefinition; text: string }[], rowNumber: number): LoadValues {
    const values: LoadValues = {}
    for (const { column, text } of lookups) {
      const where = `row ${rowNumber}, ${column.logicalName}: "${text.slice(0, 80)}"`
      const found = this.#find(column, text)
      const [only, another] = found
      if (only && !another) values[column.logicalName] = only
      else if (only) this.#findings.add('unparsedValue', findingText.lookupSeveral, `${where} (${found.length} rows)`)
      else this.#addMissing(column, text, where, values)
    }
    return values
  }

  #find(column: ColumnDefinition, text: string): Found[] {
    const key = `${column.logicalName} ${text.toLowerCase()}`
    const known = this.#found.get(key)
    if (known) return known
    const found = this.#findRows(column.type === 'Owner' ? OWNERS : (this.#targets.get(column.logicalName) ?? []), text)
    this.#found.set(key, found)
    return found
  }

  #findRows(tables: string[], text: string): Found[] {
    const guid = guidOf(text)
    return tables.flatMap((table) => {
      const row = guid ? this.#loader.find(table, guid) : undefined
      const rows = guid ? (row === undefined ? [] : [row]) : this.#loader.findByName(table, text)
      return rows.map((each) => ({ table, row: each }))
    })
  }

  /** Keeps a GUID that no row has as a dangling link; a name that no row has cannot be kept and is reported. */
  #addMissing(column: ColumnDefinition, text: string, where: string, values: LoadValues): void {
    const guid = guidOf(text)
    const [target] = this.#targets.get(column.logicalName) ?? []
    if (!guid || !target || column.type === 'Owner') {
      this.#findings.add(
        'unparsedValue',
        target || column.type === 'Owner' ? findingText.lookupNone : findingText.lookupNoRelationship,
        where,
      )
      return
    }
    this.#findings.add('danglingLink', findingText.lookupDangling, where)
    values[column.logicalName] = { table: target, row: this.#loader.danglingTarget(target, guid) }
  }
}
