import { errorText } from '#text/english/errors'
import { storeText } from '#text/english/store'
import { EngineError } from '../contract/errors.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { FieldInput } from '../contract/records.ts'
import type { OwnerInput, TeamKind } from '../contract/security.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import { ROW } from './columns.ts'
import type { Connection } from './connection.ts'
import { bytesToGuid, guidToBytes, isGuid } from './guid.ts'
import { findRow, nameIn } from './rows.ts'
import { contentInvalid } from './unusable.ts'

/** Users and teams: who acts, and who owns. A name leads to one only if nobody else has it. */

export interface OwnerRow {
  table: 'systemuser' | 'team'
  row: RowNumber
  id: string
  name: string
  businessUnit: RowNumber | null
  /** Can neither act nor own: disabled or removed, or the business unit is disabled. */
  disabled: boolean
  /** Whether the business unit is disabled, and the user is not. */
  isUnitDisabled: boolean
  /** `null` for a user. */
  teamKind: TeamKind | null
  /** Whether the system acts in the name of this user, with every right. @default false */
  isSystem?: true
}

const unitDisabled = (table: string): string =>
  `EXISTS (SELECT 1 FROM businessunit b WHERE b.${ROW} = ${table}.businessunitid AND b.isdisabled = 1)`

/** Reads only tables that every format has. */
const USERS = `
  SELECT 'systemuser' AS "table", ${ROW} AS row, systemuserid AS guid, fullname AS name, businessunitid AS unit, coalesce(isdisabled, 0) OR EXISTS (SELECT 1 FROM _removed_user r WHERE r.row = systemuser.${ROW}) AS disabled, ${unitDisabled('systemuser')} AS unit_disabled, NULL AS kind FROM systemuser`

const OWNERS = `${USERS}
  UNION ALL SELECT 'team', ${ROW}, teamid, name, businessunitid, 0, ${unitDisabled('team')}, coalesce((SELECT k.kind FROM _team k WHERE k.row = team.${ROW}), 'Owner') FROM team`

interface OwnerRecord {
  table: OwnerRow['table']
  row: number
  guid: Buffer
  name: unknown
  unit: number | null
  disabled: number
  unit_disabled: number
  kind: TeamKind | null
}

const toOwner = ({ table, row, guid, name, unit, disabled, unit_disabled, kind }: OwnerRecord): OwnerRow => ({
  table,
  row,
  id: bytesToGuid(guid),
  name: nameIn(name) ?? '',
  businessUnit: unit,
  disabled: disabled === 1 || unit_disabled === 1,
  isUnitDisabled: disabled === 0 && unit_disabled === 1,
  teamKind: kind,
})

/** Tells whether a value states an owner. Whether it is one, `findOwner` knows. */
export const isOwnerInput = (value: FieldInput | undefined): value is OwnerInput =>
  typeof value === 'string' || (typeof value === 'object' && value !== null && !Array.isArray(value))

/**
 * Finds a user or team by reference, GUID or name, ignoring case.
 * @throws NAME_AMBIGUOUS if several users or teams have the name
 */
export function findOwner(connection: Connection, model: CompiledModel, owner: OwnerInput): OwnerRow | undefined {
  if (typeof owner === 'string') {
    if (!isGuid(owner)) return onlyOne(owner, findOwnersByName(connection, owner))
    return findOwner(connection, model, { table: 'systemuser', id: owner }) ?? findOwner(connection, model, { table: 'team', id: owner })
  }
  if ((owner.table !== 'systemuser' && owner.table !== 'team') || typeof owner.id !== 'string') return undefined
  const row = findRow(connection, model.table(owner.table), owner.id)
  return row === undefined ? undefined : findOwnerByRow(connection, row)
}

/**
 * Finds a user by GUID or name, ignoring case. Teams of that name play no part.
 * @throws NAME_AMBIGUOUS if several users have the name
 */
export function findUser(connection: Connection, user: string): OwnerRow | undefined {
  if (isGuid(user)) {
    const found = connection.statement<[Buffer], OwnerRecord>(`SELECT * FROM (${USERS}) WHERE guid = ?`).get(guidToBytes(user))
    return found && toOwner(found)
  }
  return onlyOne(
    user,
    findOwnersByName(connection, user).filter(({ table }) => table === 'systemuser'),
  )
}

/**
 * Returns a user, given by GUID or by a name that no other user has. `role` names the user in the details of the error.
 * @throws INPUT_INVALID if there is no such user, NAME_AMBIGUOUS if several users have the name
 */
export function getUser(connection: Connection, user: string, role: 'user' | 'caller' = 'user'): OwnerRow {
  const found = findUser(connection, user)
  if (found) return found
  throw new EngineError('INPUT_INVALID', errorText.userUnknown({ user }), { hint: errorText.userUnknownHint, details: { [role]: user } })
}

/** Returns the user that the environment was made with: the first of all, who cannot be deleted. @throws ENVIRONMENT_UNUSABLE if there is no user */
export function administratorOf(connection: Connection): OwnerRow {
  const found = connection.statement<[], OwnerRecord>(`SELECT * FROM (${USERS}) ORDER BY row LIMIT 1`).get()
  if (!found) throw contentInvalid(connection, 'systemuser', 'systemuserid', null)
  return toOwner(found)
}

function findOwnersByName(connection: Connection, name: string): OwnerRow[] {
  return connection
    .statement<[string], OwnerRecord>(`SELECT * FROM (${OWNERS}) WHERE name = ? COLLATE NOCASE ORDER BY "table", row`)
    .all(name)
    .map(toOwner)
}

/** Returns the owner that a name stands for. @throws NAME_AMBIGUOUS with the ids if there are several */
function onlyOne(name: string, found: OwnerRow[]): OwnerRow | undefined {
  if (found.length <= 1) return found[0]
  const listed = found.map(({ table, id }) => `${table} ${id}`).join(', ')
  throw new EngineError('NAME_AMBIGUOUS', storeText.nameAmbiguous({ name, listed }), {
    hint: storeText.nameAmbiguousHint,
    details: { name, found: found.map(({ table, id }) => ({ table, id })) },
  })
}

export function findOwnerByRow(connection: Connection, row: RowNumber): OwnerRow | undefined {
  const found = connection.statement<[number], OwnerRecord>(`SELECT * FROM (${OWNERS}) WHERE row = ?`).get(row)
  return found && toOwner(found)
}

/** Searches users and teams by a part of their names, or by a whole GUID. */
export function findOwners(connection: Connection, search: string, limit: number): OwnerRow[] {
  if (isGuid(search))
    return connection.statement<[Buffer], OwnerRecord>(`SELECT * FROM (${OWNERS}) WHERE guid = ?`).all(guidToBytes(search)).map(toOwner)
  const found = connection
    .statement<[string, number], OwnerRecord>(
      `SELECT * FROM (${OWNERS}) WHERE instr(lower(coalesce(name, '')), lower(?)) > 0 ORDER BY name COLLATE NOCASE, row LIMIT ?`,
    )
    .all(search, limit)
  return found.map(toOwner)
}
