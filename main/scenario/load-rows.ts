import { EngineError } from '#engine/contract/errors'
import type { LoadValue, LoadValues, RecordLoader, RowNumber } from '#engine/contract/loader'
import { ROOT_UNIT_NAME } from '#engine/model/system-model'
import type { InlineWorkbench } from '../workbench/index.ts'
import { type Aliases, type Cell, isRecordKey, keyText, type RecordKey } from './cells.ts'
import type { NamedLinks } from './format/links.ts'
import { isGuid } from './format/names-in-text.ts'
import type { ScenarioRow } from './rows.ts'
import { invalid } from './scenario-error.ts'

/**
 * Stores the users, rows and links of a scenario as they are given, in order, in one transaction.
 * @throws ScenarioError at the row that the store refuses
 */
export async function loadRows(
  workbench: InlineWorkbench,
  users: readonly string[],
  rows: readonly ScenarioRow[],
  links: readonly NamedLinks[],
  aliases: Aliases,
  newId: () => string,
): Promise<void> {
  const loader = workbench.atOnce(workbench.info().administratorId).load()
  try {
    const loading = new Loading(loader)
    for (const user of users) loading.addUser(user, aliases, newId)
    for (const row of rows) loading.findPrincipals(row)
    for (const row of rows) loading.addRow(row, aliases, newId)
    loading.closeLinks()
    for (const link of links) loading.link(link)
    loader.commit()
  } catch (error) {
    loader.rollback()
    throw error
  }
  await nameExisting(workbench, users, aliases)
}

class Loading {
  readonly #loader: RecordLoader
  readonly #rows = new Map<string, RowNumber>()
  readonly #rootUnit: RowNumber | undefined
  /** Lookups to rows that come later in the file, set once those exist. */
  readonly #open: { row: ScenarioRow; number: RowNumber; column: string; target: RecordKey }[] = []

  constructor(loader: RecordLoader) {
    this.#loader = loader
    this.#rootUnit = loader.findByName('businessunit', ROOT_UNIT_NAME)[0]
    if (this.#rootUnit !== undefined) this.#rows.set(`businessunit/${ROOT_UNIT_NAME}`, this.#rootUnit)
  }

  addUser(name: string, aliases: Aliases, newId: () => string): void {
    const [known] = this.#loader.findByName('systemuser', name)
    if (known !== undefined) {
      this.#rows.set(`systemuser/${name}`, known)
      return
    }
    const unit: LoadValues = this.#rootUnit === undefined ? {} : { businessunitid: { table: 'businessunit', row: this.#rootUnit } }
    const guid = newId()
    this.#rows.set(`systemuser/${name}`, this.#loader.insert('systemuser', guid, { fullname: name, ...unit }))
    aliases.add({ table: 'systemuser', id: name }, guid)
  }

  /** Finds the teams and business units that a row names. */
  findPrincipals({ cells }: ScenarioRow): void {
    for (const cell of Object.values(cells)) {
      if (!isRecordKey(cell) || (cell.table !== 'team' && cell.table !== 'businessunit') || this.#rows.has(keyText(cell))) continue
      const [found] = this.#loader.findByName(cell.table, cell.id)
      if (found !== undefined) this.#rows.set(keyText(cell), found)
    }
  }

  addRow(row: ScenarioRow, aliases: Aliases, newId: () => string): void {
    const { key, cells } = row
    const values: LoadValues = {}
    const open: { column: string; target: RecordKey }[] = []
    for (const [column, cell] of Object.entries(cells)) {
      const value = this.#valueOf(cell)
      if (value !== undefined) values[column] = value
      else if (isRecordKey(cell)) open.push({ column, target: cell })
    }
    const guid = isGuid(key.id) ? key.id : newId()
    const number = blamed(row, () => this.#loader.insert(key.table, guid, values))
    this.#rows.set(keyText(key), number)
    aliases.add(key, guid)
    for (const link of open) this.#open.push({ row, number, ...link })
  }

  closeLinks(): void {
    for (const { row, number, column, target } of this.#open) {
      const linked = this.#rows.get(keyText(target)) ?? this.#loader.danglingTarget(target.table, target.id)
      blamed(row, () => this.#loader.update(row.key.table, number, { [column]: { table: target.table, row: linked } }))
    }
  }

  /** Links rows of an N:N relationship, each pair once. Users, teams and units are looked up. */
  link({ intersectTable, isFirst, record, others }: NamedLinks): void {
    for (const other of others) {
      const [first, second] = isFirst ? [record, other] : [other, record]
      this.#loader.link(intersectTable, this.#rowOf(first), this.#rowOf(second))
    }
  }

  #rowOf(key: RecordKey): RowNumber {
    const row = this.#rows.get(keyText(key)) ?? this.#loader.findByName(key.table, key.id)[0]
    if (row === undefined) throw new Error(`There is no row ${keyText(key)} to link`)
    return row
  }

  /** Converts a cell; returns `undefined` for a row that does not exist yet. */
  #valueOf(cell: Cell): LoadValue | undefined {
    if (!isRecordKey(cell)) return cell
    const row = this.#rows.get(keyText(cell))
    return row === undefined ? undefined : { table: cell.table, row }
  }
}

function blamed<T>(row: ScenarioRow, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof EngineError && error.code === 'INPUT_INVALID') throw invalid(`${keyText(row.key)}: ${error.message}`, row.at)
    throw error
  }
}

/** Makes the names of existing users, teams and units their aliases. @throws NAME_AMBIGUOUS if several users have a name */
async function nameExisting(workbench: InlineWorkbench, users: readonly string[], aliases: Aliases): Promise<void> {
  for (const user of users.filter((name) => !aliases.has({ table: 'systemuser', id: name })))
    aliases.add({ table: 'systemuser', id: user }, workbench.getUser(user).id)
  const administrator = workbench.as(workbench.info().administratorId)
  for (const table of ['businessunit', 'team']) {
    const found = await administrator.findRecords({ table, offset: 0, limit: 1_000 })
    for (const { id, values } of found.rows) if (typeof values.name === 'string') aliases.add({ table, id: values.name }, id)
  }
}
