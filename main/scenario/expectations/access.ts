import { EngineError } from '#engine/contract/errors'
import { ACCESS_ORIGINS, type AccessRight, type ExplainedAccess } from '#engine/contract/security'
import { keyText, type RecordKey } from '../cells.ts'
import { recordName } from '../format/names-in-text.ts'
import { rightsShape } from '../format/rights.ts'
import { choice, fields, listOf, located, text } from '../shape.ts'
import { defineExpectation, type ExpectationLine, equal, type Observed } from './expectation.ts'
import { sameRights } from './same-rights.ts'

const accessShape = listOf(
  'access',
  fields('access', { user: located(text('a user')), record: recordName, rights: rightsShape }, { origin: choice(...ACCESS_ORIGINS) }),
)

/** Compares what users may do with records, and where their rights come from. */
export const access = defineExpectation({
  key: 'access',
  shape: accessShape,
  check: (stated, names) => stated.map((each) => ({ ...each, user: names.user(each.user), record: names.record(each.record) })),
  evaluate: (wanted, observed) =>
    wanted.flatMap(({ user, record, rights, origin }): ExpectationLine[] => {
      const path = `access.${user.id}.${keyText(record)}`
      const explained = explain(user, record, observed)
      const granted: AccessRight[] = explained?.rights.filter(({ isGranted }) => isGranted).map(({ right }) => right) ?? []
      return [
        sameRights(`${path}.rights`, rights, granted),
        ...(origin === undefined ? [] : [equal(`${path}.origin`, origin, explained?.origin ?? null)]),
      ]
    }),
})

/** Returns `undefined` for a record that is gone, to which nobody has rights. */
function explain(user: RecordKey, record: RecordKey, { workbench, aliases }: Observed): ExplainedAccess | undefined {
  try {
    return workbench.explainAccess(aliases.idOf(user), aliases.refOf(record))
  } catch (error) {
    if (error instanceof EngineError && error.code === 'RECORD_NOT_FOUND') return undefined
    throw error
  }
}
