import { operationText } from '#text/english/operations'
import { platform } from '#text/english/platform'
import { EngineError } from '../contract/errors.ts'
import type { RowNumber } from '../contract/loader.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import { countChildren } from '../store/changes.ts'
import type { Connection } from '../store/connection.ts'
import { readStored } from '../store/records.ts'
import { describeRow } from '../store/rows.ts'
import type { StoredRow } from '../store/values.ts'

const PARENT_CASE = 'parentcaseid'
const MOST_CHILD_CASES = 100

export const isCase = (table: CompiledTable): boolean => table.definition.logicalName === 'incident'

/** Returns the parent of a case; `null` if it has none, or if the model knows no parent cases. */
export const parentCaseOf = (stored: StoredRow): RowNumber | null => (stored[PARENT_CASE] as RowNumber | null | undefined) ?? null

/**
 * Checks what a case is about to be written with: the hierarchy of cases has one level, and at most 100 children to a parent. `row` is
 * `null` for a new case. Source: dataverse reference, section 3.3, "Case hierarchy".
 * @throws CASCADE_REFUSED with the platform's code
 */
export function checkCaseHierarchy(connection: Connection, table: CompiledTable, row: RowNumber | null, stored: StoredRow): void {
  if (!isCase(table) || !table.columns.has(PARENT_CASE)) return
  const parent = parentCaseOf(stored)
  if (parent === null) return
  const named = { parent: describeRow(connection, table, parent).id, id: row === null ? null : describeRow(connection, table, row).id }
  if (parentCaseOf(readStored(connection, table, parent) ?? {}) !== null)
    throw new EngineError('CASCADE_REFUSED', platform.caseHasParent({ parent: named.parent }), {
      platform: 'ParentCaseHasParent',
      hint: operationText.topCaseHint,
      details: { table: table.definition.logicalName, ...named },
    })
  if (row !== null && countChildren(connection, table, PARENT_CASE, row) > 0)
    throw new EngineError('CASCADE_REFUSED', platform.caseHasChildren({ id: named.id ?? '' }), {
      platform: 'ChildCaseHasChildren',
      hint: operationText.childlessCaseHint,
      details: { table: table.definition.logicalName, ...named },
    })
  if (countChildren(connection, table, PARENT_CASE, parent, row) >= MOST_CHILD_CASES)
    throw new EngineError('CASCADE_REFUSED', platform.tooManyChildCases({ parent: named.parent, most: MOST_CHILD_CASES }), {
      platform: 'TooManyChildCases',
      hint: operationText.otherParentCaseHint,
      details: { table: table.definition.logicalName, ...named },
    })
}
