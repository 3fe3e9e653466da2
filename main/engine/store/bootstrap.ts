import { ADMIN_NAME, ROOT_UNIT_NAME, SYSTEM_MODEL } from '../model/system-model.ts'
import type { Connection } from './connection.ts'
import { guidToBytes } from './guid.ts'
import { writeModel } from './metadata.ts'
import { administratorOf } from './owners.ts'
import { ADMINISTRATOR, setRoles } from './roles.ts'
import { takeRows } from './rows.ts'
import { setTeamKind } from './teams.ts'

/** Writes the first rows of a new environment: the root business unit and the administrator. */
export function bootstrap(connection: Connection, nowMs: number, newId: () => string): undefined {
  connection.write(() => {
    writeModel(connection, SYSTEM_MODEL)
    const unit = takeRows(connection, 2)
    const admin = unit + 1
    const stamps = [0, 1, nowMs, admin, nowMs, admin] as const
    const columns = 'statecode, statuscode, createdon, createdby, modifiedon, modifiedby'
    connection.db
      .prepare(`INSERT INTO businessunit (_row, businessunitid, name, isdisabled, ${columns}) VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?)`)
      .run(unit, guidToBytes(newId()), ROOT_UNIT_NAME, ...stamps)
    connection.db
      .prepare(
        `INSERT INTO systemuser (_row, systemuserid, fullname, businessunitid, isdisabled, ${columns}) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?)`,
      )
      .run(admin, guidToBytes(newId()), ADMIN_NAME, unit, ...stamps)
    connection.statement<[string, string]>('INSERT INTO _setting (name, value) VALUES (?, ?)').run('createdOnMs', String(nowMs))
  })
}

/** Writes who may do what in a new environment: the administrator everything. The root business unit gets its default team. */
export function bootstrapSecurity(connection: Connection, nowMs: number, newId: () => string): undefined {
  connection.write(() => {
    const admin = administratorOf(connection)
    const team = takeRows(connection, 1)
    connection.db
      .prepare(
        `INSERT INTO team (_row, teamid, name, businessunitid, statecode, statuscode, createdon, createdby, modifiedon, modifiedby) VALUES (?, ?, ?, ?, 0, 1, ?, ?, ?, ?)`,
      )
      .run(team, guidToBytes(newId()), ROOT_UNIT_NAME, admin.businessUnit, nowMs, admin.row, nowMs, admin.row)
    setTeamKind(connection, team, 'Default')
    setRoles(connection, admin.row, [ADMINISTRATOR])
  })
}

/** Returns when the environment was created, in milliseconds. */
export function createdOn(connection: Connection): number {
  const found = connection.statement<[], { value: string }>(`SELECT value FROM _setting WHERE name = 'createdOnMs'`).get()
  return Number(found?.value ?? 0)
}
