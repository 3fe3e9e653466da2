import { recordName } from '../format/names-in-text.ts'
import { invalid } from '../scenario-error.ts'
import { choice, fields, flag, listOf, located, type Shape, text } from '../shape.ts'
import { defineOperation } from './operation.ts'

/** Rights that can be shared. */
export const RIGHTS = ['Read', 'Write', 'Delete', 'Append', 'AppendTo', 'Assign', 'Share'] as const
const principal = located(text('a user or team'))
const namesOf = (what: string) => listOf(what, located(text('a name')))

const shareShape = fields('share', { record: recordName, with: principal, rights: listOf('rights', choice(...RIGHTS)) }, {})

export const share = defineOperation({
  key: 'share',
  shape: shareShape,
  check: (stated, names) => ({ key: names.record(stated.record), with: names.principal(stated.with), rights: stated.rights }),
})

const unshareShape = fields('unshare', { record: recordName, with: principal }, {})

export const unshare = defineOperation({
  key: 'unshare',
  shape: unshareShape,
  check: (stated, names) => ({ key: names.record(stated.record), with: names.principal(stated.with) }),
})

const setUserFields = fields('setUser', { user: located(text('a user')) }, {
  disabled: flag, roles: namesOf('roles'), businessUnit: located(text('a business unit')), removed: flag,
})

const setUserShape = withSomething(setUserFields, 'disabled, roles, businessUnit and removed')

export const setUser = defineOperation({
  key: 'setUser',
  shape: setUserShape,
  check(stated, names) {
    for (const role of stated.roles ?? []) names.role(role)
    return { ...stated, user: names.user(stated.user), businessUnit: stated.businessUnit && names.unit(stated.businessUnit) }
  },
})

const setTeamFields = fields('setTeam', { team: located(text('a team')) }, { members: namesOf('users'), roles: namesOf('roles') })

const setTeamShape = withSomething(setTeamFields, 'members and roles')

export const setTeam = defineOperation({
  key: 'setTeam',
  shape: setTeamShape,
  check(stated, names) {
    for (const role of stated.roles ?? []) names.role(role)
    return { ...stated, team: names.team(stated.team), members: (stated.members ?? []).map((member) => names.user(member)) }
  },
})

/** Besides the name, something that changes. */
function withSomething<T extends object>(shape: Shape<T>, what: string): Shape<T> {
  return (node) => {
    const read = shape(node)
    if (Object.keys(read).length < 2) throw invalid(`Expected at least one of ${what}.`, node.at)
    return read
  }
}

const cleanUpInheritedAccessShape = fields('cleanUpInheritedAccess', { relationship: located(text('a relationship')) }, {})

export const cleanUpInheritedAccess = defineOperation({
  key: 'cleanUpInheritedAccess',
  shape: cleanUpInheritedAccessShape,
  check: (stated, names) => names.relationship(stated.relationship),
})
