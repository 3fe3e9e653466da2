import type { RowNumber } from '../contract/loader.ts'
import type { TablePrivilege } from '../contract/security.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import type { Grant, Reach } from '../security/reach.ts'
import { reachOf } from '../security/reach.ts'
import { unitsFrom } from './business-units.ts'
import type { Connection } from './connection.ts'
import { findGrants, holdsAdministrator } from './grants.ts'
import type { OwnerRow } from './owners.ts'
import { ADMINISTRATOR } from './roles.ts'
import { isSharedWith } from './shares.ts'
import { teamsOf } from './teams.ts'

/** Users, teams and business units: everybody may read them, and point to them. */
const OPEN_TABLES = new Set(['systemuser', 'team', 'businessunit'])
const OPEN_PRIVILEGES = new Set<TablePrivilege>(['Read', 'AppendTo'])

/** A user or team, or the system in the name of a user. */
type Who = Pick<OwnerRow, 'row' | 'table' | 'businessUnit' | 'isSystem'>

/**
 * What one user or team may do by roles, read from the store as it is asked for. Source: dataverse reference, sections 4.1 and 4.2.
 */
export class CallerRights {
  readonly #connection: Connection
  readonly #units: ReadonlyMap<RowNumber, RowNumber | null>
  readonly #reaches = new Map<string, Reach>()
  #hasShares: boolean | undefined
  /** The user and the teams of the user, as which records are owned and shared. */
  readonly principals: readonly RowNumber[]
  /** Whether a role grants everything. */
  readonly holdsEverything: boolean

  constructor(connection: Connection, { row, table, businessUnit, isSystem }: Who) {
    this.#connection = connection
    const teams = table === 'systemuser' ? teamsOf(connection, row) : []
    this.#units = new Map([[row, businessUnit], ...teams.map((team) => [team.row, team.unit] as const)])
    this.principals = [...this.#units.keys()]
    this.holdsEverything = isSystem === true || holdsAdministrator(connection, this.principals)
  }

  /** Whether any record was shared with the user or a team of the user. */
  get hasShares(): boolean {
    this.#hasShares ??= isSharedWith(this.#connection, this.principals)
    return this.#hasShares
  }

  /** Returns on which records of a table there is a privilege. */
  reach(table: CompiledTable, privilege: TablePrivilege): Reach {
    if (this.holdsEverything) return { kind: 'all' }
    const { logicalName, ownership } = table.definition
    if (ownership === 'None' || (OPEN_TABLES.has(logicalName) && OPEN_PRIVILEGES.has(privilege))) return { kind: 'all' }
    const key = `${logicalName} ${privilege}`
    let reach = this.#reaches.get(key)
    if (!reach) {
      reach = reachOf(this.grants(logicalName, privilege), table.hasOwner, (unit) => unitsFrom(this.#connection, unit))
      this.#reaches.set(key, reach)
    }
    return reach
  }

  /** Returns whether there is a privilege without a table, such as prvMerge. */
  holds(privilege: string): boolean {
    return this.holdsEverything || findGrants(this.#connection, this.principals, '', privilege).length > 0
  }

  /** Returns by which roles there is a privilege of a table. */
  grants(table: string, privilege: string): Grant[] {
    const found: Grant[] = findGrants(this.#connection, this.principals, table, privilege).map((grant) => ({
      ...grant,
      unit: this.#units.get(grant.principal) ?? null,
    }))
    const administrators = this.principals.filter((principal) => holdsAdministrator(this.#connection, [principal]))
    return [
      ...administrators.map((principal) => ({
        principal,
        unit: this.#units.get(principal) ?? null,
        role: ADMINISTRATOR,
        depth: 'Global' as const,
      })),
      ...found,
    ]
  }
}

/** Stands for the rights of the system; no user has this row number. */
const SYSTEM = -1

interface Kept {
  mark: string
  rights: Map<RowNumber, CallerRights>
}

const kept = new WeakMap<Connection, Kept>()

/** Returns the rights of a user or team, read again after anything was committed that may have changed them. */
export function rightsOf(connection: Connection, who: Who): CallerRights {
  const mark = connection.securityMark()
  let known = kept.get(connection)
  if (known?.mark !== mark) {
    known = { mark, rights: new Map() }
    kept.set(connection, known)
  }
  const key = who.isSystem ? SYSTEM : who.row
  let rights = known.rights.get(key)
  if (!rights) {
    rights = new CallerRights(connection, who)
    known.rights.set(key, rights)
  }
  return rights
}
