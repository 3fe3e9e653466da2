import { invalid, type Position } from '../scenario-error.ts'
import { expected, type Shape, text } from '../shape.ts'

/** A record as the file writes it, `table/id`: the id is an alias, a literal GUID, or the name of a user, team or unit. */
export interface RecordName {
  table: string
  id: string
  at: Position
}

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

export const isGuid = (id: string): boolean => GUID.test(id)

export const recordName: Shape<RecordName> = (node) => {
  const written = text('a record as table/id')(node)
  const name = splitRecordName(written)
  if (name === undefined) throw expected('a record as table/id', node)
  return { ...name, at: node.at }
}

/** Splits `contact/C1` into table and id; a literal GUID becomes lower case. */
export function splitRecordName(written: string): { table: string; id: string } | undefined {
  const slash = written.indexOf('/')
  if (slash < 1 || slash === written.length - 1) return undefined
  return { table: written.slice(0, slash), id: normalId(written.slice(slash + 1)) }
}

/** Returns a GUID in lower case and an alias unchanged. */
export const normalId = (id: string): string => (isGuid(id) ? id.toLowerCase() : id)

const LOGICAL_NAME = /^(?!sqlite_)[a-z][a-z0-9_]{0,127}$/

/** Checks the logical name of a table or column that the file declares. */
export function checkLogicalName(what: string, name: string, at: Position): void {
  if (!LOGICAL_NAME.test(name))
    throw invalid(`"${name}" is not a logical name for a ${what}: expected a small letter, then small letters, digits and "_".`, at)
}
