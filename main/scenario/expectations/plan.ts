import { namedMessageOf } from '#engine/contract/errors'
import { inEnglish } from '#text/english'
import { type RecordName, recordName } from '../format/names-in-text.ts'
import { choice, dictionaryOf, fields, listOf, pattern, wholeNumber } from '../shape.ts'
import { defineExpectation, type ExpectationLine, equal, matchesSome, sameRecords } from './expectation.ts'

const planShape = fields(
  'a plan',
  {},
  {
    mode: choice('Sync', 'Async'),
    affected: wholeNumber(0),
    byTable: dictionaryOf('table: number', wholeNumber(0)),
    blockedBy: listOf('records as table/id', recordName),
    reasons: listOf('regular expressions', pattern),
  },
)

/** Compares the plan of a preview. */
export const plan = defineExpectation({
  key: 'plan',
  shape: planShape,
  check(stated, names) {
    for (const { name, nameAt } of stated.byTable ?? []) names.table({ value: name, at: nameAt })
    return { ...stated, blockedBy: stated.blockedBy?.map((name: RecordName) => names.record(name)) }
  },
  evaluate(wanted, { preview, aliases }): ExpectationLine[] {
    if (preview === null) return [{ path: 'plan', expected: 'a plan', actual: null, held: false }]
    const lines: ExpectationLine[] = []
    if (wanted.mode !== undefined) lines.push(equal('plan.mode', wanted.mode, preview.mode))
    if (wanted.affected !== undefined) lines.push(equal('plan.affected', wanted.affected, preview.affected))
    if (wanted.byTable !== undefined) {
      const counts = Object.entries(preview.byTable).filter(([, number]) => number > 0)
      const expected = wanted.byTable.filter(({ value }) => value > 0).map(({ name, value }): [string, number] => [name, value])
      lines.push(same('plan.byTable', counted(expected), counted(counts)))
    }
    if (wanted.blockedBy !== undefined) {
      const blockers = [...preview.blockedBy.map(({ record }) => record), ...preview.denied.flatMap(({ listed }) => listed)]
      lines.push(sameRecords('plan.blockedBy', wanted.blockedBy, blockers, aliases))
    }
    const reasons = [
      inEnglish(preview.modeReason),
      ...preview.reasons.map(inEnglish),
      ...preview.blockedBy.map(({ reason }) => inEnglish(reason)),
      ...(preview.refusal === null ? [] : [preview.refusal.message, inEnglish(namedMessageOf(preview.refusal))]),
    ].map((reason) => aliases.inText(reason))
    wanted.reasons?.forEach((reason, index) => void lines.push(matchesSome(`plan.reasons[${index}]`, reason, reasons)))
    return lines
  },
})

const counted = (counts: [string, number][]) => Object.fromEntries(counts.sort(([first], [second]) => (first < second ? -1 : 1)))

const same = (path: string, expected: unknown, actual: unknown): ExpectationLine => ({
  path,
  expected,
  actual,
  held: JSON.stringify(expected) === JSON.stringify(actual),
})
