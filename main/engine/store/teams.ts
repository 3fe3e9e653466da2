import type { RowNumber } from '../contract/loader.ts'
import type { TeamKind } from '../contract/security.ts'
import { ROW } from './columns.ts'
import type { Connection } from './connection.ts'

/** Kinds of teams, and their members. */

/** Marks a new team as an access team, or as the default team of its business unit. */
export function setTeamKind(connection: Connection, team: RowNumber, kind: Exclude<TeamKind, 'Owner'>): void {
  connection.statement<[number, string]>('INSERT INTO _team (row, kind) VALUES (?, ?)').run(team, kind)
  connection.securityChanged()
}

/** Returns the members of a team; those of a default team are the users of its business unit. */
export function membersOf(connection: Connection, team: RowNumber): RowNumber[] {
  const sql = `
    SELECT user FROM _team_member WHERE team = :team
    UNION SELECT u.${ROW} FROM _team k JOIN team t ON t.${ROW} = k.row JOIN systemuser u ON u.businessunitid = t.businessunitid
    WHERE k.row = :team AND k.kind = 'Default' ORDER BY 1`
  return connection
    .statement<{ team: number }, { user: number }>(sql)
    .all({ team })
    .map(({ user }) => user)
}

/** Gives a team exactly these members. */
export function setMembers(connection: Connection, team: RowNumber, members: readonly RowNumber[]): void {
  connection.statement<[number]>('DELETE FROM _team_member WHERE team = ?').run(team)
  const add = connection.statement<[number, number]>('INSERT OR IGNORE INTO _team_member (team, user) VALUES (?, ?)')
  for (const member of members) add.run(team, member)
  connection.securityChanged()
}

/** A team of a user, with the business unit from which its roles reach. */
export interface TeamOfUser {
  row: RowNumber
  unit: RowNumber | null
}

/** Returns the teams of a user, with the default team of the business unit. Those of a disabled business unit give nothing. */
export function teamsOf(connection: Connection, user: RowNumber): TeamOfUser[] {
  const sql = `
    SELECT t.${ROW} AS row, t.businessunitid AS unit FROM team t
    WHERE (t.${ROW} IN (SELECT team FROM _team_member WHERE user = :user)
      OR t.${ROW} IN (SELECT d.${ROW} FROM systemuser u JOIN team d ON d.businessunitid = u.businessunitid JOIN _team k ON k.row = d.${ROW} WHERE u.${ROW} = :user AND k.kind = 'Default'))
      AND NOT EXISTS (SELECT 1 FROM businessunit b WHERE b.${ROW} = t.businessunitid AND b.isdisabled = 1)
    ORDER BY t.${ROW}`
  return connection.statement<{ user: number }, TeamOfUser>(sql).all({ user })
}
