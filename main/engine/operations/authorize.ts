import { securityText } from '#text/english/security'
import { EngineError } from '../contract/errors.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { TablePrivilege } from '../contract/security.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import { neededDepth } from '../security/needed-depth.ts'
import { unitsFrom } from '../store/business-units.ts'
import { rightsOf } from '../store/caller-rights.ts'
import { isLookup, targetColumn } from '../store/columns.ts'
import type { OwnerRow } from '../store/owners.ts'
import { findOwnerByRow } from '../store/owners.ts'
import { isAllowed, isAllowedFor } from '../store/record-access.ts'
import { readStored } from '../store/records.ts'
import { hasOwnRoles } from '../store/roles.ts'
import { describeRow, rowExists } from '../store/rows.ts'
import type { StoredRow } from '../store/values.ts'
import type { Work } from './context.ts'

type Reading = Pick<Work, 'connection' | 'model'>

/** Returns the platform's name of a privilege: `prvReadAccount`. */
export const privilegeName = ({ definition }: CompiledTable, privilege: TablePrivilege): string => `prv${privilege}${definition.schemaName}`

/**
 * Checks that a user has a right to a record.
 * @throws CASCADE_REFUSED with 0x80040220 without the privilege, with 0x80048306 for a record that it does not reach
 */
export function requireRight(work: Reading, user: OwnerRow, table: CompiledTable, row: RowNumber, privilege: TablePrivilege): void {
  const rights = rightsOf(work.connection, user)
  if (rights.holdsEverything || isAllowed(work.connection, rights, table, privilege, row)) return
  throw denied(work, user, table, row, privilege)
}

/** Makes the error of a missing right to a record. Source: dataverse reference, section 4.4. */
export function denied(work: Reading, user: OwnerRow, table: CompiledTable, row: RowNumber, privilege: TablePrivilege): EngineError {
  const stored = table.hasOwner ? (readStored(work.connection, table, row) ?? {}) : {}
  const record = describeRow(work.connection, table, row)
  const error = deniedOn(work, user, table, privilege, ownedIn(stored), record.id)
  error.record = record
  return error
}

interface Owned {
  owner: RowNumber | null
  unit: RowNumber | null
}

const ownedIn = (stored: StoredRow): Owned => ({
  owner: (stored.ownerid as RowNumber | null | undefined) ?? null,
  unit: (stored.owningbusinessunit as RowNumber | null | undefined) ?? null,
})

/** Makes the same error; without an id, for a row that does not exist yet. */
function deniedOn(
  { connection, model }: Reading,
  user: OwnerRow,
  table: CompiledTable,
  privilege: TablePrivilege,
  { owner, unit }: Owned,
  id?: string,
): EngineError {
  const rights = rightsOf(connection, user)
  const owning = unit === null ? null : describeRow(connection, model.table('businessunit'), unit)
  const isOwn = owner !== null && rights.principals.includes(owner)
  const from = { isOwn, unit, userUnit: user.businessUnit, unitsFrom: (above: RowNumber) => unitsFrom(connection, above) }
  const depth = table.hasOwner ? neededDepth(from) : 'Global'
  const named = {
    user: user.name,
    privilege: privilegeName(table, privilege),
    right: privilege,
    table: table.definition.logicalName,
    owner: (owner === null ? undefined : findOwnerByRow(connection, owner)?.name) ?? securityText.nobody,
    unit: owning?.name ?? securityText.noUnit,
    depth,
  }
  const isMissing = rights.reach(table, privilege).kind === 'none'
  const ofRecord =
    id !== undefined && (isMissing ? securityText.privilegeDenied({ ...named, id }) : securityText.accessDenied({ ...named, id }))
  const ofNew = isMissing ? securityText.privilegeDeniedAnywhere(named) : securityText.accessDeniedNew(named)
  return new EngineError('CASCADE_REFUSED', ofRecord || ofNew, {
    platform: isMissing ? 'PrivilegeDenied' : 'unManagedIdsAccessDenied',
    hint: securityText.deniedHint,
    details: {
      user: user.id,
      right: privilege,
      table: named.table,
      ...(id === undefined ? {} : { id }),
      owningBusinessUnit: owning?.id ?? null,
      neededDepth: depth,
    },
  })
}

/**
 * Checks that a user may create a row with this owner.
 * @throws CASCADE_REFUSED with 0x80040220 or 0x80048306
 */
export function requireCreate(work: Reading, user: OwnerRow, table: CompiledTable, stored: StoredRow): void {
  requireForNew(work, user, table, stored, 'Create')
}

function requireForNew(work: Reading, user: OwnerRow, table: CompiledTable, stored: StoredRow, privilege: TablePrivilege): void {
  const rights = rightsOf(work.connection, user)
  if (rights.holdsEverything) return
  const owned = ownedIn(stored)
  if (!isAllowedFor(work.connection, rights, table, privilege, owned)) throw deniedOn(work, user, table, privilege, owned)
}

/**
 * Checks what writing lookups needs: Append on the row, and AppendTo on each row that it will point to. `row` is `null` for a new one.
 * @throws CASCADE_REFUSED with 0x80040220 or 0x80048306
 */
export function requireLookups(work: Reading, user: OwnerRow, table: CompiledTable, row: RowNumber | null, stored: StoredRow): void {
  if (rightsOf(work.connection, user).holdsEverything) return
  const set = lookupsIn(work, table, stored)
  if (set.length === 0) return
  if (row === null) requireForNew(work, user, table, stored, 'Append')
  else requireRight(work, user, table, row, 'Append')
  for (const target of set) requireAppendTo(work, user, target.table, target.row)
}

/** Checks the right to point to a row. A failure is about the row with the lookup, which the caller names. */
function requireAppendTo(work: Reading, user: OwnerRow, table: CompiledTable, row: RowNumber): void {
  if (isAllowed(work.connection, rightsOf(work.connection, user), table, 'AppendTo', row)) return
  const error = denied(work, user, table, row, 'AppendTo')
  error.record = null
  throw error
}

/** Columns that the platform writes itself, or that are an assign. */
const NOT_APPENDED = new Set(['ownerid', 'owningbusinessunit', 'createdby', 'modifiedby', 'masterid'])

function lookupsIn({ connection, model }: Reading, table: CompiledTable, stored: StoredRow): { table: CompiledTable; row: RowNumber }[] {
  return Object.entries(stored).flatMap(([name, value]) => {
    const column = table.columns.get(name)
    if (!column || !isLookup(column.type) || typeof value !== 'number' || NOT_APPENDED.has(name)) return []
    const number = stored[targetColumn(name)]
    const targets =
      typeof number === 'number' ? [model.tableByNumber(number)] : (table.targets.get(name) ?? []).map((target) => model.table(target))
    const target = targets.find((candidate) => rowExists(connection, candidate, value))
    return target ? [{ table: target, row: value }] : []
  })
}

/**
 * Checks that a new owner can read the rows of a table. Where nobody has set up roles, teams hold none and may own all the same.
 * @throws CASCADE_REFUSED with 0x80040231
 */
export function requireReadingOwner({ connection }: Pick<Work, 'connection'>, owner: OwnerRow, table: CompiledTable): void {
  if (rightsOf(connection, owner).reach(table, 'Read').kind !== 'none') return
  if (owner.table === 'team' && !hasOwnRoles(connection)) return
  throw ownerLacksRead(owner, table)
}

export const ownerLacksRead = (owner: OwnerRow, table: CompiledTable): EngineError => {
  const privilege = privilegeName(table, 'Read')
  return new EngineError(
    'CASCADE_REFUSED',
    securityText.ownerLacksRead({ owner: owner.name, privilege, table: table.definition.logicalName }),
    {
      platform: 'PrincipalPrivilegeDenied',
      hint: securityText.ownerLacksReadHint,
      details: { owner: owner.id, privilege, table: table.definition.logicalName },
    },
  )
}
