import type { Depth, NewRole, TablePrivilege } from '#engine/contract/security'
import { ADMINISTRATOR_ROLE, DEPTHS, TABLE_PRIVILEGES } from '#engine/contract/security'
import type { SourceFile } from '../files/file-tree.ts'
import { readXml } from '../xml/read-xml.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { childrenOf, descendant } from '../xml/xml-element.ts'

const ELEMENTS: ReadonlySet<string> = new Set(['RolePrivileges', 'RolePrivilege'])

/** Reads the roles of a solution, from its customizations.xml or from a file for each. Source: solution processes, Role. */
export async function readRoles(files: readonly SourceFile[], solution: string): Promise<NewRole[]> {
  const roles: NewRole[] = []
  const take = (element: XmlElement) => {
    const role = roleOf(element, solution)
    if (role) roles.push(role)
  }
  for (const file of files)
    await readXml(file, [
      { path: 'ImportExportXml/Roles/Role', keep: ELEMENTS, take },
      { path: 'Role', keep: ELEMENTS, take },
    ])
  return roles
}

/** System Administrator holds everything already, and its privileges cannot be changed. */
function roleOf(element: XmlElement, solution: string): NewRole | undefined {
  const name = (element.attributes.name ?? '').trim()
  if (name === '' || name.toLowerCase() === ADMINISTRATOR_ROLE.toLowerCase()) return undefined
  const id = (element.attributes.id ?? '').toLowerCase().replace(/[{}]/g, '')
  const role: NewRole = { name, tables: {}, others: [], origin: solution, ...(GUID.test(id) ? { id } : {}) }
  for (const { attributes } of childrenOf(descendant(element, 'RolePrivileges'), 'RolePrivilege'))
    addPrivilege(role, attributes.name ?? '', attributes.level ?? '')
  return role
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The longer name first: AppendTo begins with Append. */
const PRIVILEGE = new RegExp(`^prv(${[...TABLE_PRIVILEGES].sort((a, b) => b.length - a.length).join('|')})(.+)$`, 'i')

/** Adds a privilege by its name, `prvReadAccount`: the table's logical name is its schema name in lower case. Others have no table. */
function addPrivilege(role: NewRole, name: string, level: string): void {
  const [, verb = '', schemaName = ''] = PRIVILEGE.exec(name) ?? []
  const privilege = TABLE_PRIVILEGES.find((known) => known.toLowerCase() === verb.toLowerCase())
  if (privilege === undefined) {
    if (/^prv\w+$/i.test(name)) role.others.push(name)
    return
  }
  const depth = DEPTHS.find((known) => known.toLowerCase() === level.toLowerCase()) ?? 'None'
  const table = schemaName.toLowerCase()
  const known: Partial<Record<TablePrivilege, Depth>> = role.tables[table] ?? {}
  role.tables[table] = { ...known, [privilege]: depth }
}
