import type { LoadValues, RecordLoader, RowNumber } from '#engine/contract/loader'
import type { NewRole } from '#engine/contract/security'
import type { ModelDefinition, ModelSource } from '#engine/contract/tables'
import { mergeModels } from '#engine/model/merge-models'
import { modelFromSources, newDisagreements } from '#engine/model/model-from-sources'
import { sourceKey } from '#engine/model/source-order'
import { completeTable, SYSTEM_MODEL } from '#engine/model/system-model'
import type { ImportTarget } from '../../main/import/index.ts'

export interface MemoryRow {
  number: RowNumber
  table: string
  guid: string
  values: LoadValues
  stub: boolean
}

/** An environment in memory, for tests of what an import writes. Names that the model lacks are refused as in the store. */
export class MemoryEnvironment implements ImportTarget {
  #sources: ModelSource[] = []
  #hasStandard = false
  #model: ModelDefinition = { ...SYSTEM_MODEL, tables: SYSTEM_MODEL.tables.map(completeTable) }
  rows: MemoryRow[] = []
  roles: NewRole[] = []
  links: { intersectTable: string; first: RowNumber; second: RowNumber }[] = []
  dangling = 0
  readonly caller = ''
  #next = 1
  #ids = 0

  model(): ModelDefinition {
    return this.#model
  }

  modelWith(sources: ModelSource[], bringsStandard: boolean) {
    const known = { sources: this.#sources, edits: [], hasStandard: this.#hasStandard }
    const planned = modelFromSources({ ...known, sources: this.#with(sources), hasStandard: this.#hasStandard || bringsStandard })
    return { ...planned, contradictions: newDisagreements(modelFromSources(known).disagreements, planned.disagreements) }
  }

  applySources(sources: ModelSource[], bringsStandard: boolean) {
    const { model } = this.modelWith(sources, bringsStandard)
    const { changes } = mergeModels(this.#model, model)
    this.#sources = this.#with(sources)
    this.#hasStandard ||= bringsStandard
    this.#model = model
    return changes
  }

  saveRoles(roles: NewRole[]): void {
    this.roles.push(...roles)
  }

  #with(sources: ModelSource[]): ModelSource[] {
    const byKey = new Map(this.#sources.map((source) => [sourceKey(source), source]))
    for (const source of sources) byKey.set(sourceKey(source), source)
    return [...byKey.values()]
  }

  newId(): string {
    return `00000000-0000-7000-8000-${String(++this.#ids).padStart(12, '0')}`
  }

  now(): number {
    return 0
  }

  row(table: string, guid: string): MemoryRow | undefined {
    return this.rows.find((row) => row.table === table && row.guid === guid)
  }

  load(): RecordLoader {
    const before = {
      rows: this.rows.map((row) => ({ ...row, values: { ...row.values } })),
      links: [...this.links],
      dangling: this.dangling,
    }
    const byKey = new Map(this.rows.map((row) => [`${row.table} ${row.guid}`, row]))
    const byNumber = new Map(this.rows.map((row) => [row.number, row]))
    const check = (name: string, values: LoadValues) => {
      const table = this.#model.tables.find((each) => each.logicalName === name)
      if (!table) throw new Error(`no table ${name}`)
      for (const column of Object.keys(values))
        if (!table.columns.some(({ logicalName }) => logicalName === column)) throw new Error(`no column ${name}.${column}`)
    }
    const add = (table: string, guid: string, values: LoadValues, stub: boolean): RowNumber => {
      const row = { number: this.#next++, table, guid, values, stub }
      this.rows.push(row)
      byKey.set(`${table} ${guid}`, row)
      byNumber.set(row.number, row)
      return row.number
    }
    const nameOf = (row: MemoryRow) => {
      const column = this.#model.tables.find((table) => table.logicalName === row.table)?.primaryName
      return column ? row.values[column] : undefined
    }
    return {
      find: (table, guid) => byKey.get(`${table} ${guid}`)?.number,
      findByName: (table, name) =>
        this.rows.filter((row) => row.table === table && String(nameOf(row)).toLowerCase() === name.toLowerCase()).map((row) => row.number),
      findOwner: (name) => {
        const row = this.rows.find((each) => (each.table === 'systemuser' || each.table === 'team') && nameOf(each) === name)
        return row ? { table: row.table === 'team' ? 'team' : 'systemuser', row: row.number } : undefined
      },
      insert: (table, guid, values) => {
        check(table, values)
        return add(table, guid, { ...values }, false)
      },
      update: (table, number, values) => {
        check(table, values)
        const row = byNumber.get(number)
        if (row) Object.assign(row, { stub: false, values: { ...row.values, ...values } })
      },
      insertStub: (table, guid, name) => {
        check(table, {})
        const column = this.#model.tables.find((each) => each.logicalName === table)?.primaryName
        return add(table, guid, column && name !== null ? { [column]: name } : {}, true)
      },
      isStub: (number) => byNumber.get(number)?.stub ?? false,
      danglingTarget: () => {
        this.dangling++
        return this.#next++
      },
      link: (intersectTable, first, second) => {
        if (this.links.some((link) => link.intersectTable === intersectTable && link.first === first && link.second === second))
          return false
        this.links.push({ intersectTable, first, second })
        return true
      },
      rows: (table) => this.rows.filter((row) => row.table === table).map((row) => row.number),
      commit: () => {},
      rollback: () => Object.assign(this, before),
    }
  }
}
