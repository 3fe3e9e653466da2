import type { NewRole, RolePrivileges } from '#engine/contract/security'
import { ADMINISTRATOR_ROLE } from '#engine/contract/security'
import { ROOT_UNIT_NAME } from '#engine/model/system-model'
import type { SecuritySection } from './format/security.ts'
import type { Names } from './names.ts'
import { invalid, type Position } from './scenario-error.ts'

/** Business units, roles, users and teams of a scenario, whose names have been checked. */
export interface PreparedSecurity {
  /** Parents before their children, without the root. */
  units: { name: string; parent: string }[]
  roles: NewRole[]
  users: { name: string; businessUnit: string; roles: string[] | null; disabled: boolean }[]
  teams: { name: string; kind: 'Owner' | 'Access'; businessUnit: string; members: string[]; roles: string[] }[]
}

/** Checks a section `security`. @throws ScenarioError for an unknown name, and for what no environment can hold */
export function checkSecurity(security: SecuritySection, names: Names): PreparedSecurity {
  return {
    units: inOrder(checkUnits(security, names)),
    roles: checkRoles(security, names),
    users: checkUsers(security, names),
    teams: checkTeams(security, names),
  }
}

interface Unit {
  name: string
  parent: string
  at: Position
}

function checkUnits({ businessUnits = [] }: SecuritySection, names: Names): Unit[] {
  return businessUnits.flatMap(({ name, nameAt, value: { parent } }) => {
    if (parent !== undefined) names.unit(parent)
    if (name !== ROOT_UNIT_NAME) return [{ name, parent: parent?.value ?? ROOT_UNIT_NAME, at: nameAt }]
    if (parent !== undefined) throw invalid(`${ROOT_UNIT_NAME} is the root business unit and has no parent.`, parent.at)
    return []
  })
}

/** Sorts business units so that each comes after its parent. @throws ScenarioError for one that is below itself */
function inOrder(units: Unit[]): PreparedSecurity['units'] {
  const placed = new Set([ROOT_UNIT_NAME])
  const sorted: Unit[] = []
  for (let open = units; open.length > 0; ) {
    const ready = open.filter(({ parent }) => placed.has(parent))
    const [first] = open
    if (ready.length === 0 && first) throw invalid(`The business unit ${first.name} is below itself.`, first.at)
    for (const unit of ready) {
      placed.add(unit.name)
      sorted.push(unit)
    }
    open = open.filter(({ name }) => !placed.has(name))
  }
  return sorted.map(({ name, parent }) => ({ name, parent }))
}

function checkRoles({ roles = [] }: SecuritySection, names: Names): NewRole[] {
  return roles.map(({ name, nameAt, value }) => {
    if (name.toLowerCase() === ADMINISTRATOR_ROLE.toLowerCase())
      throw invalid(`${ADMINISTRATOR_ROLE} always exists and holds everything; it cannot be declared.`, nameAt)
    const tables: RolePrivileges['tables'] = {}
    const others: string[] = []
    for (const entry of value) {
      if (Array.isArray(entry.value)) {
        if (entry.name !== 'privileges')
          throw invalid(`Expected privileges by name, such as Read: Basic, for the table ${entry.name}.`, entry.nameAt)
        others.push(...entry.value.map((privilege) => privilege.value))
        continue
      }
      if (entry.name === 'privileges') throw invalid('Expected a list of privileges such as [prvMerge].', entry.nameAt)
      if (entry.name !== '*') names.table({ value: entry.name, at: entry.nameAt })
      tables[entry.name] = entry.value
    }
    return { name, tables, others }
  })
}

function checkUsers({ users = [] }: SecuritySection, names: Names): PreparedSecurity['users'] {
  return users.map(({ name, nameAt, value }) => {
    names.user({ value: name, at: nameAt })
    return {
      name,
      businessUnit: value.businessUnit === undefined ? ROOT_UNIT_NAME : names.unit(value.businessUnit).id,
      roles: value.roles?.map((role) => names.role(role)) ?? null,
      disabled: value.disabled ?? false,
    }
  })
}

function checkTeams({ teams = [], businessUnits = [] }: SecuritySection, names: Names): PreparedSecurity['teams'] {
  const units = new Set([ROOT_UNIT_NAME, ...businessUnits.map(({ name }) => name)])
  return teams.map(({ name, nameAt, value }) => {
    if (units.has(name)) throw invalid(`${name} is the name of a business unit, whose default team has that name.`, nameAt)
    const [firstRole] = value.roles ?? []
    if (value.kind === 'Access' && firstRole) throw invalid(`${name} is an access team, which cannot hold roles.`, firstRole.at)
    return {
      name,
      kind: value.kind ?? 'Owner',
      businessUnit: value.businessUnit === undefined ? ROOT_UNIT_NAME : names.unit(value.businessUnit).id,
      members: (value.members ?? []).map((member) => names.user(member).id),
      roles: (value.roles ?? []).map((role) => names.role(role)),
    }
  })
}
