import { EngineError } from '#engine/contract/errors'
import type { RecordShare } from '#engine/contract/security'
import { keyText, type RecordKey } from '../cells.ts'
import { recordName } from '../format/names-in-text.ts'
import { rightsShape } from '../format/rights.ts'
import { fields, listOf, located, text } from '../shape.ts'
import { defineExpectation, type ExpectationLine, type Observed } from './expectation.ts'
import { sameRights } from './same-rights.ts'

const sharesShape = listOf(
  'shares',
  fields('a share', { record: recordName, with: located(text('a user or team')) }, { direct: rightsShape, inherited: rightsShape }),
)

/** Compares with which rights records are shared, directly and by inheritance; what is left out is not compared. */
export const shares = defineExpectation({
  key: 'shares',
  shape: sharesShape,
  check: (stated, names) => stated.map((each) => ({ ...each, with: names.principal(each.with), record: names.record(each.record) })),
  evaluate: (wanted, observed) =>
    wanted.flatMap(({ record, with: sharee, direct, inherited }): ExpectationLine[] => {
      const path = `shares.${keyText(record)}.${sharee.id}`
      const found = find(record, sharee, observed)
      return [
        ...(direct === undefined ? [] : [sameRights(`${path}.direct`, direct, found?.direct ?? [])]),
        ...(inherited === undefined ? [] : [sameRights(`${path}.inherited`, inherited, found?.inherited ?? [])]),
      ]
    }),
})

function find(record: RecordKey, sharee: RecordKey, { workbench, aliases }: Observed): RecordShare | undefined {
  try {
    const id = aliases.idOf(sharee)
    return workbench.sharesOf(aliases.refOf(record)).find(({ principal }) => principal.id === id)
  } catch (error) {
    if (error instanceof EngineError && error.code === 'RECORD_NOT_FOUND') return undefined
    throw error
  }
}
