import { EngineError } from '#engine/contract/errors'
import type { LookupValue } from '#engine/contract/records'
import { keyText } from '../cells.ts'
import { linksShape, type NamedLinks, readLinks, type StatedLinks } from '../format/links.ts'
import { listOf, type Shape } from '../shape.ts'
import { defineExpectation, type ExpectationLine, type Observed } from './expectation.ts'

/** Records that are read at a time. */
const PAGE = 1_000

const linkList: Shape<StatedLinks[]> = listOf('links', linksShape('links'))

/** Expects a record to be linked with exactly these others, seen from either side. */
export const links = defineExpectation({
  key: 'links',
  shape: linkList,
  check: (stated, names) => stated.map((each) => readLinks(each, names)),
  evaluate: (wanted, observed) => Promise.all(wanted.map((each, index) => compare(each, index, observed))),
})

async function compare({ relationship, record, others }: NamedLinks, index: number, observed: Observed): Promise<ExpectationLine> {
  const { aliases } = observed
  const expected = [...new Set(others.map((other) => aliases.textOf(aliases.refOf(other))))].sort()
  const linked = await findAll(relationship, aliases.refOf(record), observed)
  const actual = linked.map((other) => aliases.textOf(other)).sort()
  const path = `links[${index}].${relationship}.${keyText(record)}`
  return { path, expected, actual, held: JSON.stringify(expected) === JSON.stringify(actual) }
}

/** Returns the linked records. A record that is not there has no links. */
async function findAll(relationship: string, record: { table: string; id: string }, { observer }: Observed): Promise<LookupValue[]> {
  const found: LookupValue[] = []
  try {
    for (;;) {
      const { records, total } = await observer.findLinks({ relationship, record, offset: found.length, limit: PAGE })
      found.push(...records)
      if (found.length >= total || records.length === 0) return found
    }
  } catch (error) {
    if (error instanceof EngineError && error.code === 'RECORD_NOT_FOUND') return []
    throw error
  }
}
