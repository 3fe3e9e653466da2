import type { Message } from '#text/message'
import type { LookupValue, RecordRef } from './records.ts'

/** Users, teams, business units, roles, and who may do what with a record: plain data. */

/** Input that states an owner: a user or team by reference, by GUID, or by a name that nobody else has. */
export type OwnerInput = string | RecordRef

export interface Principal extends RecordRef {
  table: 'systemuser' | 'team'
  name: string
  businessUnit: string | null
  disabled: boolean
}

/** Rights to one record, in the order of the platform's lists. They can be shared. */
export const ACCESS_RIGHTS = ['Read', 'Write', 'Delete', 'Append', 'AppendTo', 'Assign', 'Share'] as const
export type AccessRight = (typeof ACCESS_RIGHTS)[number]

/** Privileges that a role has for a table. */
export const TABLE_PRIVILEGES = ['Create', ...ACCESS_RIGHTS] as const
export type TablePrivilege = (typeof TABLE_PRIVILEGES)[number]

/** How far a privilege reaches; each includes those before it. Source: dataverse reference, section 4.2. */
export const DEPTHS = ['None', 'Basic', 'Local', 'Deep', 'Global'] as const
export type Depth = (typeof DEPTHS)[number]

/** The role that exists in every environment and holds every privilege at the depth Global. */
export const ADMINISTRATOR_ROLE = 'System Administrator'

/** Acts as the system, which has every right: the id of no user. */
export const SYSTEM_USER_ID = '00000000-0000-0000-0000-000000000000'

/** Stands for every table that a role does not name. */
export const OTHER_TABLES = '*'

/** What a role allows. */
export interface RolePrivileges {
  /** Depths by privilege, by table; `*` stands for every table that is not named. A privilege that is left out has the depth None. */
  tables: Record<string, Partial<Record<TablePrivilege, Depth>>>
  /** Privileges without a table, such as `prvMerge`. */
  others: string[]
}

export interface Role {
  id: string
  name: string
  isAdministrator: boolean
  /** Where it came from, if it was imported. */
  origin: string | null
}

export interface NewRole extends RolePrivileges {
  name: string
  /** @default a new one */
  id?: string
  origin?: string
}

/** `Owner` teams own records and hold roles; `Access` teams do neither; a `Default` team has all users of its business unit. */
export const TEAM_KINDS = ['Owner', 'Access', 'Default'] as const
export type TeamKind = (typeof TEAM_KINDS)[number]

export interface NewUnit {
  name: string
  /** Id of the parent. @default the root */
  parent?: string
}

export interface NewUser {
  name: string
  /** Id of the business unit. @default the root */
  businessUnit?: string
  /** Names or ids of roles. @default System Administrator while no other role exists, then none */
  roles?: string[]
}

export interface NewTeam {
  name: string
  kind: Exclude<TeamKind, 'Default'>
  /** Id of the business unit. @default the root */
  businessUnit?: string
  /** Users by id or name. */
  members?: string[]
  roles?: string[]
}

/** What to change of a user; what is left out stays. */
export interface UserChange {
  disabled?: boolean
  removed?: boolean
  /** Names or ids of all roles that the user is to hold. */
  roles?: string[]
  /** Id of the business unit to move to. Without `roles`, a user who moves loses all roles. */
  businessUnit?: string
}

/** What to change of a team; what is left out stays. */
export interface TeamChange {
  members?: string[]
  roles?: string[]
}

/** What to change of a business unit; what is left out stays. */
export interface UnitChange {
  /** Id of the new parent. */
  parent?: string
  disabled?: boolean
}

/** Where rights to a record come from, in the order in which the first one counts. `Team` is ownership by a team of the user. */
export const ACCESS_ORIGINS = ['Owner', 'Team', 'Role', 'Shared', 'Inherited'] as const
export type AccessOrigin = (typeof ACCESS_ORIGINS)[number]

/** One reason for a right. */
export interface AccessSource {
  origin: AccessOrigin
  /** The user, or the team of the user, that owns the record, holds the role or got the share. */
  through: RecordRef & { name: string }
  /** The role with the privilege, its depth, and the business unit from which that is counted; absent for a share. */
  role?: { name: string; depth: Depth; businessUnit: string | null }
  /** The records from which an inherited right comes, each with the relationship. */
  from?: { record: LookupValue; relationship: string }[]
}

/** One right to a record, and why a user has it or has not. */
export interface ExplainedRight {
  right: AccessRight
  isGranted: boolean
  sources: AccessSource[]
  /** What exactly is missing, and what would give the right; `null` where it is granted. */
  missing: Message | null
  neededDepth: Depth
}

/** What a user may do with a record, and why. */
export interface ExplainedAccess {
  user: Principal
  record: LookupValue
  owner: string | null
  businessUnit: string | null
  rights: ExplainedRight[]
  /** The first origin that gives any right; `null` without rights. */
  origin: AccessOrigin | null
}

/** What a record was shared with, and what came from its parents. */
export interface RecordShare {
  principal: RecordRef & { name: string }
  direct: AccessRight[]
  inherited: AccessRight[]
}
