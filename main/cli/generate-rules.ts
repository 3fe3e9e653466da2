import { inputInvalid } from '#engine/contract/errors'
import type { RecordInput } from '#engine/contract/records'
import type { GenerateRule } from '#engine/contract/transfer'
import { ScenarioError } from '../scenario/scenario-error.ts'
import { dictionaryOf, entryOf, fields, listOf, type Named, type Shape, text, wholeNumber } from '../scenario/shape.ts'
import { readSource } from '../scenario/source.ts'
import { type Acting, readAssignments } from './record-argument.ts'

/** Reads a value as text, which is converted later by its column's type. */
const written: Shape<string> = (node) => {
  if (node.kind !== 'scalar') throw new ScenarioError('SCENARIO_INVALID', 'Expected one value.', node.at)
  return node.value === null ? '' : node.text
}
const share: Shape<number> = (node) => {
  if (node.kind !== 'scalar' || typeof node.value !== 'number')
    throw new ScenarioError('SCENARIO_INVALID', 'Expected a share such as 0.8.', node.at)
  return node.value
}

const count = wholeNumber(1)
const values = dictionaryOf('column: value', written)
const rule = fields(
  'a generate rule',
  { table: text('a table') },
  {
    count,
    per: text('a table'),
    attribute: text('a lookup column'),
    chain: count,
    where: values,
    set: values,
    owners: listOf('names', text('a name')),
    states: dictionaryOf('state: share', share),
  },
)
const rules = listOf('generate rules', rule)

/**
 * Reads a YAML list of rules, or a mapping with the key `generate`.
 * @throws INPUT_INVALID with line and column
 */
export async function readGenerateRules(source: string, acting: Acting): Promise<GenerateRule[]> {
  try {
    const root = readSource(source)
    const read: GenerateRule[] = []
    for (const { where, set, states, ...plain } of rules(entryOf(root, 'generate')?.value ?? root))
      read.push({
        ...plain,
        ...(where === undefined ? {} : { where: await inputOf(acting, plain.per ?? plain.table, where) }),
        ...(set === undefined ? {} : { set: await inputOf(acting, plain.table, set) }),
        ...(states === undefined ? {} : { states: Object.fromEntries(states.map(({ name, value }) => [Number(name), value])) }),
      })
    return read
  } catch (error) {
    if (error instanceof ScenarioError)
      throw inputInvalid(`Line ${error.at.line}, column ${error.at.column}: ${error.message}`, { ...error.at })
    throw error
  }
}

const inputOf = (acting: Acting, table: string, pairs: Named<string>[]): Promise<RecordInput> =>
  readAssignments(
    acting,
    table,
    pairs.map(({ name, value }) => `${name}=${value}`),
  )
