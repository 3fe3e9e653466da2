import { securityText } from '#text/english/security'
import { EngineError, inputInvalid } from '../contract/errors.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { RecordRef } from '../contract/records.ts'
import type {
  ExplainedAccess,
  NewRole,
  NewTeam,
  NewUnit,
  NewUser,
  RecordShare,
  Role,
  RolePrivileges,
  TeamChange,
  UnitChange,
} from '../contract/security.ts'
import type { CompiledModel } from '../model/compiled-model.ts'
import { changeTeam } from '../operations/change-team.ts'
import { changeUnit } from '../operations/change-unit.ts'
import { explainAccess } from '../operations/explain-access.ts'
import { insertPrincipal } from '../operations/new-principal.ts'
import { rightsIn } from '../security/rights.ts'
import type { Session } from '../session/session.ts'
import { rootUnit } from '../store/business-units.ts'
import type { OwnerRow } from '../store/owners.ts'
import { findOwner, findOwnerByRow, getUser } from '../store/owners.ts'
import type { RoleRow } from '../store/roles.ts'
import {
  deleteRole,
  findRole,
  getRole,
  insertRole,
  isRoleId,
  readPrivileges,
  readRoles,
  setPrivileges,
  setRoles,
  toRole,
} from '../store/roles.ts'
import { getRow } from '../store/rows.ts'
import { sharesOf } from '../store/shares.ts'
import { setTeamKind } from '../store/teams.ts'
import { change, method } from './method.ts'
import { describeOwner } from './people.ts'

/** Business units, users, teams and roles: set up and changed from outside, as the file's owner likes. */
export const securityMethods = {
  createUnit: change({
    where: 'main',
    run: ({ session }, { name, parent }: NewUnit): RecordRef =>
      session.connection.write(() =>
        refOf(insertPrincipal(session, 'businessunit', { name, parentbusinessunitid: unitOf(session, parent) })),
      ),
    announces: () => [{ kind: 'records', tables: ['businessunit', 'team'] }],
  }),

  /** @throws INPUT_INVALID for an unknown role */
  createUser: change({
    where: 'main',
    run: ({ session }, { name, businessUnit, roles }: NewUser): RecordRef =>
      session.connection.write(() => {
        const made = insertPrincipal(session, 'systemuser', {
          fullname: name,
          businessunitid: unitOf(session, businessUnit),
          isdisabled: 0,
        })
        if (roles) setRoles(session.connection, made.row, numbersOf(session, roles))
        return refOf(made)
      }),
    announces: () => [{ kind: 'records', tables: ['systemuser'] }],
  }),

  /** @throws CASCADE_REFUSED for an access team with roles, INPUT_INVALID for an unknown user or role */
  createTeam: change({
    where: 'main',
    run: ({ session }, { name, kind, businessUnit, members, roles }: NewTeam): RecordRef =>
      session.connection.write(() => {
        const { connection, model } = session
        const made = insertPrincipal(session, 'team', { name, businessunitid: unitOf(session, businessUnit) })
        if (kind === 'Access') setTeamKind(connection, made.row, 'Access')
        const team = findOwner(connection, model, refOf(made))
        if (team) changeTeam(connection, team, { ...(members ? { members } : {}), ...(roles ? { roles } : {}) })
        return refOf(made)
      }),
    announces: () => [{ kind: 'records', tables: ['team'] }],
  }),

  /** Gives a team other members or roles. The team is given by id. @throws CASCADE_REFUSED, INPUT_INVALID */
  changeTeam: change({
    where: 'main',
    run: ({ session }, id: string, given: TeamChange): void =>
      session.connection.write(() => changeTeam(session.connection, teamOf(session, id), given)),
    announces: () => [{ kind: 'records', tables: ['team'] }],
  }),

  /** Moves a business unit, disables or enables it. @throws CASCADE_REFUSED, RECORD_NOT_FOUND */
  changeUnit: change({
    where: 'main',
    run: ({ session: { connection, model } }, id: string, given: UnitChange): void =>
      connection.write(() => changeUnit(connection, model, id, given)),
    announces: () => [{ kind: 'records', tables: ['businessunit'] }],
  }),

  /**
   * Explains what a user may do with a record. The user is given by GUID or by an unshared name.
   * @throws INPUT_INVALID, NAME_AMBIGUOUS, RECORD_NOT_FOUND
   */
  explainAccess: method({
    where: 'main',
    run({ session: { connection, model } }, name: string, record: RecordRef): ExplainedAccess {
      const table = model.table(record.table)
      const user = getUser(connection, name)
      return connection.read(() => ({
        user: describeOwner(connection, model, user),
        ...explainAccess(connection, model, user, table, getRow(connection, table, record.id)),
      }))
    },
  }),

  /** Returns with whom a record is shared, and who inherits access to it. @throws RECORD_NOT_FOUND */
  sharesOf: method({
    where: 'main',
    run({ session: { connection, model } }, record: RecordRef): RecordShare[] {
      const row = getRow(connection, model.table(record.table), record.id)
      return sharesOf(connection, row).flatMap(({ principal, direct, inherited }) => {
        const found = findOwnerByRow(connection, principal)
        if (!found) return []
        return [
          { principal: { table: found.table, id: found.id, name: found.name }, direct: rightsIn(direct), inherited: rightsIn(inherited) },
        ]
      })
    },
  }),

  /** Returns all roles, System Administrator first. */
  findRoles: method({ where: 'main', run: ({ session }): Role[] => readRoles(session.connection).map(toRole) }),

  /** Returns what a role allows, given by id or name. @throws INPUT_INVALID */
  rolePrivileges: method({
    where: 'main',
    run: ({ session: { connection } }, role: string): RolePrivileges => readPrivileges(connection, getRole(connection, role)),
  }),

  /** Creates a role, or replaces the privileges of the role that has its name. @throws CASCADE_REFUSED for System Administrator */
  saveRole: change({
    where: 'main',
    run: ({ session }, role: NewRole): Role => session.connection.write(() => toRole(saveRole(session, role))),
    announces: () => [{ kind: 'records', tables: ['systemuser', 'team'] }],
  }),

  /** Creates roles, or replaces the privileges of those that have their names. @throws CASCADE_REFUSED for System Administrator */
  saveRoles: change({
    where: 'main',
    run: ({ session }, roles: NewRole[]): void =>
      session.connection.write(() => {
        for (const role of roles) saveRole(session, role)
      }),
    announces: () => [{ kind: 'records', tables: ['systemuser', 'team'] }],
  }),

  /** Deletes a role, which its holders lose. @throws CASCADE_REFUSED for System Administrator, INPUT_INVALID for an unknown one */
  deleteRole: change({
    where: 'main',
    run: ({ session: { connection } }, role: string): void =>
      connection.write(() => {
        const found = getRole(connection, role)
        checkChangeable(found)
        deleteRole(connection, found.number)
      }),
    announces: () => [{ kind: 'records', tables: ['systemuser', 'team'] }],
  }),
}

/** A role of another name that has the id already keeps it. */
function saveRole({ connection, options, model }: Session, role: NewRole): RoleRow {
  const known = findRole(connection, role.name)
  if (known) checkChangeable(known)
  const id = role.id === undefined || isRoleId(connection, role.id) ? options.newId() : role.id
  const number = known?.number ?? insertRole(connection, { id, name: role.name, origin: role.origin ?? null })
  setPrivileges(connection, number, { ...role, tables: withActivities(model, role.tables) })
  return getRole(connection, role.name)
}

/** All activities share the privileges of the table activity. */
function withActivities({ definition }: CompiledModel, tables: RolePrivileges['tables']): RolePrivileges['tables'] {
  const { activity } = tables
  if (!activity) return tables
  const named = definition.tables.filter(({ isActivity }) => isActivity).map(({ logicalName }) => [logicalName, activity])
  return { ...Object.fromEntries(named), ...tables }
}

const refOf = ({ table, id }: RecordRef): RecordRef => ({ table, id })

function unitOf({ connection, model }: Session, id: string | undefined): RowNumber | null {
  return id === undefined ? rootUnit(connection) : getRow(connection, model.table('businessunit'), id)
}

const numbersOf = ({ connection }: Session, roles: readonly string[]): number[] => roles.map((role) => getRole(connection, role).number)

function teamOf({ connection, model }: Session, id: string): OwnerRow {
  const team = findOwner(connection, model, { table: 'team', id })
  if (team) return team
  throw inputInvalid(securityText.teamUnknown({ team: id }), { team: id })
}

function checkChangeable({ is_administrator }: RoleRow): void {
  if (is_administrator === 1) throw new EngineError('CASCADE_REFUSED', securityText.administratorRole)
}
