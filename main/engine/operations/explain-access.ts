import { securityText } from '#text/english/security'
import type { Message } from '#text/message'
import type { RowNumber } from '../contract/loader.ts'
import type { AccessOrigin, AccessRight, AccessSource, Depth, ExplainedAccess, ExplainedRight } from '../contract/security.ts'
import { ACCESS_ORIGINS, ACCESS_RIGHTS } from '../contract/security.ts'
import type { CompiledModel, CompiledTable } from '../model/compiled-model.ts'
import { neededDepth } from '../security/needed-depth.ts'
import type { Grant } from '../security/reach.ts'
import { RIGHT_BITS } from '../security/rights.ts'
import { unitsFrom } from '../store/business-units.ts'
import type { CallerRights } from '../store/caller-rights.ts'
import { rightsOf } from '../store/caller-rights.ts'
import type { Connection } from '../store/connection.ts'
import type { OwnerRow } from '../store/owners.ts'
import { findOwnerByRow } from '../store/owners.ts'
import { rightsTo } from '../store/record-access.ts'
import { readStored } from '../store/records.ts'
import { readRoles } from '../store/roles.ts'
import { describeRow } from '../store/rows.ts'
import type { ShareRow } from '../store/shares.ts'
import { sharesOf } from '../store/shares.ts'
import { privilegeName } from './authorize.ts'
import { findInheritedFrom } from './inherited-from.ts'

/** What is known of the record and the user while their rights are explained. */
interface Explained {
  connection: Connection
  model: CompiledModel
  user: OwnerRow
  rights: CallerRights
  table: CompiledTable
  row: RowNumber
  owner: RowNumber | null
  unit: RowNumber | null
  shares: ShareRow[]
  roleNames: Map<number, string>
}

/**
 * Explains what a user may do with a record: each right with every source, or what is missing. A disabled user has no rights. What is
 * granted is decided where every operation asks, see accessCondition; the sources only say why.
 */
export function explainAccess(
  connection: Connection,
  model: CompiledModel,
  user: OwnerRow,
  table: CompiledTable,
  row: RowNumber,
): Omit<ExplainedAccess, 'user'> {
  const stored = readStored(connection, table, row) ?? {}
  const rights = rightsOf(connection, user)
  const explained: Explained = {
    connection,
    model,
    user,
    rights,
    table,
    row,
    owner: table.hasOwner ? ((stored.ownerid as RowNumber | null | undefined) ?? null) : null,
    unit: table.hasOwner ? ((stored.owningbusinessunit as RowNumber | null | undefined) ?? null) : null,
    shares: sharesOf(connection, row).filter(({ principal }) => rights.principals.includes(principal)),
    roleNames: new Map(readRoles(connection).map(({ number, name }) => [number, name])),
  }
  const granted = user.disabled ? [] : rightsTo(connection, rights, table, row)
  const each = ACCESS_RIGHTS.map((right) => explainRight(explained, right, granted.includes(right)))
  const origins = new Set(each.flatMap(({ sources }) => sources.map(({ origin }) => origin)))
  return {
    record: describeRow(connection, table, row),
    owner: explained.owner === null ? null : (findOwnerByRow(connection, explained.owner)?.name ?? null),
    businessUnit: unitName(explained, explained.unit),
    rights: each,
    origin: ACCESS_ORIGINS.find((origin) => origins.has(origin)) ?? null,
  }
}

function explainRight(explained: Explained, right: AccessRight, isGranted: boolean): ExplainedRight {
  const depth = depthOf(explained)
  if (!isGranted) return { right, isGranted, sources: [], missing: missingOf(explained, right, depth), neededDepth: depth }
  return { right, isGranted, sources: sourcesOf(explained, right), missing: null, neededDepth: depth }
}

function depthOf({ connection, rights, table, owner, unit, user }: Explained): Depth {
  if (!table.hasOwner) return 'Global'
  const isOwn = owner !== null && rights.principals.includes(owner)
  return neededDepth({ isOwn, unit, userUnit: user.businessUnit, unitsFrom: (from) => unitsFrom(connection, from) })
}

function sourcesOf(explained: Explained, right: AccessRight): AccessSource[] {
  const { rights, table, owner, user, shares } = explained
  const grants = rights.grants(table.definition.logicalName, right).filter(({ depth }) => depth !== 'None')
  const isOwn = owner !== null && rights.principals.includes(owner)
  const ownOrigin: AccessOrigin = owner === user.row ? 'Owner' : 'Team'
  const byOwnership = isOwn
    ? grants.map((grant) => ({ ...bySource(explained, grant, ownOrigin), through: principal(explained, owner) }))
    : []
  const byDepth = grants.filter((grant) => reaches(explained, grant)).map((grant) => bySource(explained, grant, 'Role'))
  const bit = RIGHT_BITS[right]
  const byShare = shares
    .filter(({ direct }) => (direct & bit) !== 0)
    .map((share): AccessSource => ({ origin: 'Shared', through: principal(explained, share.principal) }))
  const byParent = shares
    .filter(({ inherited }) => (inherited & bit) !== 0)
    .map(
      (share): AccessSource => ({
        origin: 'Inherited',
        through: principal(explained, share.principal),
        from: findInheritedFrom(explained, explained.table, explained.row, share.principal),
      }),
    )
  const open = grants.length === 0 && byShare.length + byParent.length === 0 ? [everybody(explained)] : []
  return [...byOwnership, ...byDepth, ...byShare, ...byParent, ...open]
}

/** What everybody may do, as reading the names of users. */
const everybody = (explained: Explained): AccessSource => ({ origin: 'Role', through: principal(explained, explained.user.row) })

/** Returns whether a role reaches the record by its depth alone. */
function reaches({ connection, table, unit }: Explained, { depth, unit: from }: Grant): boolean {
  if (!table.hasOwner || depth === 'Global') return true
  if (unit === null || from === null) return false
  if (depth === 'Local') return unit === from
  return depth === 'Deep' && unitsFrom(connection, from).includes(unit)
}

const bySource = (explained: Explained, grant: Grant, origin: AccessOrigin): AccessSource => ({
  origin,
  through: principal(explained, grant.principal),
  role: {
    name: explained.roleNames.get(grant.role) ?? '',
    depth: grant.depth,
    businessUnit: unitName(explained, grant.unit),
  },
})

function principal({ connection }: Explained, row: RowNumber): AccessSource['through'] {
  const found = findOwnerByRow(connection, row)
  return found ? { table: found.table, id: found.id, name: found.name } : { table: 'systemuser', id: '', name: '' }
}

const unitName = ({ connection, model }: Explained, unit: RowNumber | null): string | null =>
  unit === null ? null : describeRow(connection, model.table('businessunit'), unit).name

function missingOf(explained: Explained, right: AccessRight, depth: Depth): Message {
  const { user, rights, table } = explained
  if (user.disabled) return securityText.missingEnabled({ user: user.name })
  if (!table.hasOwner && (right === 'Assign' || right === 'Share'))
    return securityText.missingOwner({ table: table.definition.logicalName })
  const privilege = privilegeName(table, right)
  if (rights.reach(table, right).kind === 'none') return securityText.missingPrivilege({ user: user.name, privilege, depth })
  return securityText.missingReach({
    user: user.name,
    privilege,
    depth,
    right,
    unit: unitName(explained, explained.unit) ?? securityText.noUnit,
  })
}
