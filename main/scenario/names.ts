import { ADMINISTRATOR_ROLE } from '#engine/contract/security'
import type { ColumnDefinition, ManyToManyDefinition, ModelDefinition } from '#engine/contract/tables'
import { CompiledModel, type CompiledTable } from '#engine/model/compiled-model'
import { didYouMean, listed } from '#engine/model/nearest'
import { ADMIN_NAME, ROOT_UNIT_NAME } from '#engine/model/system-model'
import { isPersonal, keyText, type RecordKey } from './cells.ts'
import { CommerceNames } from './commerce-names.ts'
import { isGuid, type RecordName } from './format/names-in-text.ts'
import type { PluginEntry } from './format/plugins.ts'
import type { SecuritySection } from './format/security.ts'
import { invalid, type Located, type Position } from './scenario-error.ts'

/**
 * Knows every name that a file may use: tables and columns of the model, users, teams, units, and the records that the file defines or
 * creates. Methods throw a ScenarioError with the place of an unknown name.
 */
export class Names {
  readonly model: CompiledModel
  /** Users named so far. Without a section `security`, users exist by being named. */
  readonly users = new Set<string>([ADMIN_NAME])
  /** Plug-ins that steps install. */
  readonly installed: PluginEntry[] = []
  /** Names of plug-ins, which can be checked only after the modules have been evaluated. */
  readonly plugins: Located<string>[] = []
  readonly #declaredUsers: string[] | null
  readonly #teams: string[]
  readonly #accessTeams: ReadonlySet<string>
  readonly #units: string[]
  readonly #roles: string[]
  /** Channels and customers of Commerce. */
  readonly commerce = new CommerceNames()
  readonly #steps = new Set<string>()
  readonly #records = new Map<string, Map<string, 'defined' | 'created'>>()

  constructor(model: ModelDefinition, security: SecuritySection | null, importedRoles: readonly string[] = []) {
    this.model = new CompiledModel(
      0,
      model.tables.map((definition, number) => ({ number, definition })),
      model.relationships.map((definition, number) => ({ number, definition })),
      model.manyToMany,
    )
    this.#declaredUsers = security === null ? null : [ADMIN_NAME, ...(security.users ?? []).map(({ name }) => name)]
    this.#accessTeams = new Set((security?.teams ?? []).filter(({ value }) => value.kind === 'Access').map(({ name }) => name))
    this.#roles = [ADMINISTRATOR_ROLE, ...importedRoles, ...(security?.roles ?? []).map(({ name }) => name)]
    this.#units = [...new Set([ROOT_UNIT_NAME, ...(security?.businessUnits ?? []).map(({ name }) => name)])]
    // Every business unit has a default team of its name.
    this.#teams = [...(security?.teams ?? []).map(({ name }) => name), ...this.#units]
  }

  table({ value, at }: Located<string>): CompiledTable {
    const found = this.model.findTable(value)
    if (found !== undefined) return found
    const names = [...this.model.tables()].map(({ definition }) => definition.logicalName)
    throw invalid(`There is no table "${value}" in the model.${didYouMean(value, names)} Tables: ${listed(names)}.`, at)
  }

  column(table: CompiledTable, { value, at }: Located<string>): ColumnDefinition {
    const found = table.columns.get(value)
    if (found !== undefined && value !== table.definition.primaryId) return found
    const names = [...table.columns.keys()].filter((name) => name !== table.definition.primaryId)
    throw invalid(
      `Table ${table.definition.logicalName} has no column "${value}".${didYouMean(value, names)} Columns: ${listed(names)}.`,
      at,
    )
  }

  relationship({ value, at }: Located<string>): string {
    const { relationships } = this.model.definition
    const found = relationships.find(({ schemaName }) => schemaName.toLowerCase() === value.toLowerCase())
    if (found !== undefined) return found.schemaName
    const names = relationships.map(({ schemaName }) => schemaName)
    throw invalid(`There is no relationship "${value}" in the model.${didYouMean(value, names)}`, at)
  }

  manyToMany({ value, at }: Located<string>): ManyToManyDefinition {
    const { manyToMany } = this.model.definition
    const found = manyToMany.find(({ schemaName }) => schemaName.toLowerCase() === value.toLowerCase())
    if (found !== undefined) return found
    const names = manyToMany.map(({ schemaName }) => schemaName)
    throw invalid(`There is no N:N relationship "${value}" in the model.${didYouMean(value, names)}`, at)
  }

  /** Returns a user, given by GUID or by name. A GUID is no name that would make somebody exist. */
  user({ value, at }: Located<string>): RecordKey {
    if (isGuid(value)) return { table: 'systemuser', id: value.toLowerCase() }
    if (this.#declaredUsers !== null && !this.#declaredUsers.includes(value))
      throw invalid(`There is no user "${value}" in "security".${didYouMean(value, this.#declaredUsers)}`, at)
    this.users.add(value)
    return { table: 'systemuser', id: value }
  }

  team({ value, at }: Located<string>): RecordKey {
    if (!this.#teams.includes(value)) throw invalid(`There is no team "${value}" in "security".${didYouMean(value, this.#teams)}`, at)
    return { table: 'team', id: value }
  }

  /** Returns a user or a team. */
  principal(name: Located<string>): RecordKey {
    return this.#teams.includes(name.value) && !this.users.has(name.value) ? this.team(name) : this.user(name)
  }

  /** Returns whether an owner is an access team, which can own nothing. */
  isAccessTeam({ table, id }: RecordKey): boolean {
    return table === 'team' && this.#accessTeams.has(id)
  }

  unit({ value, at }: Located<string>): RecordKey {
    if (!this.#units.includes(value))
      throw invalid(`There is no business unit "${value}".${didYouMean(value, this.#units)} Business units: ${listed(this.#units)}.`, at)
    return { table: 'businessunit', id: value }
  }

  role({ value, at }: Located<string>): string {
    if (!this.#roles.includes(value))
      throw invalid(`There is no role "${value}".${didYouMean(value, this.#roles)} Roles: ${listed(this.#roles)}.`, at)
    return value
  }

  /** Notes the name of a plug-in that an entry of the file must define. */
  plugin(name: Located<string>): string {
    this.plugins.push(name)
    return name.value
  }

  installs(entry: PluginEntry): void {
    this.installed.push(entry)
  }

  /** Defines the name of a step, to which later steps may refer. */
  defineStep(name: string): void {
    this.#steps.add(name)
  }

  /** Checks that a name is `last` or an earlier step's. */
  step({ value, at }: Located<string>): void {
    if (value !== 'last' && !this.#steps.has(value))
      throw invalid(`No step before this one is named "${value}".${didYouMean(value, ['last', ...this.#steps])}`, at)
  }

  /** Defines the alias of a record, which must be new. */
  define(key: RecordKey, at: Position, how: 'defined' | 'created'): void {
    const known = this.#records.get(key.table) ?? new Map<string, 'defined' | 'created'>()
    if (known.has(key.id)) throw invalid(`There are two records ${keyText(key)}: an id is unique in its table.`, at)
    this.#records.set(key.table, known.set(key.id, how))
  }

  isDefined({ table, id }: RecordKey): boolean {
    return this.#records.get(table)?.get(id) === 'defined'
  }

  /** Returns the record that an operation changes, which cannot be a user, team or unit: those have operations of their own. */
  row(name: RecordName): RecordKey {
    if (isPersonal(name.table))
      throw invalid(`Rows of ${name.table} are not changed by this operation; use "setUser", "setTeam" or "setBusinessUnit".`, name.at)
    return this.record(name)
  }

  /** Returns a record that the file defines or creates, a literal GUID, or a user, team or unit as `systemuser/name`. */
  record(name: RecordName): RecordKey {
    const table = this.table({ value: name.table, at: name.at }).definition.logicalName
    const key = { table, id: name.id }
    if (table === 'systemuser' && !isGuid(name.id)) return this.user({ value: name.id, at: name.at })
    if (table === 'team' && !isGuid(name.id)) return this.team({ value: name.id, at: name.at })
    if (table === 'businessunit' && !isGuid(name.id)) return this.unit({ value: name.id, at: name.at })
    if (isGuid(name.id) || this.#records.get(table)?.has(name.id)) return key
    const near = didYouMean(name.id, [...(this.#records.get(table)?.keys() ?? [])].slice(0, 10_000))
    throw invalid(`The file neither defines nor creates a record ${keyText(key)}.${near}`, name.at)
  }
}
