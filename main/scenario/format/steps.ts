import type { ModeChoice } from '#engine/model'
import type { StatedExpectation } from '../expectations/expectation.ts'
import { EXPECTATIONS } from '../expectations/index.ts'
import { OPERATIONS } from '../operations/index.ts'
import type { StatedOperation } from '../operations/operation.ts'
import { invalid, type Located, type Position } from '../scenario-error.ts'
import { choice, fields, flag, listOf, located, mappingOf, type Shape, text, unknownKey, wholeNumber } from '../shape.ts'
import type { Entry, SourceNode } from '../source.ts'
import { recordName } from './names-in-text.ts'

export interface StatedStep {
  name: Located<string> | null
  as: Located<string> | null
  mode: ModeChoice
  detach: boolean
  operation: StatedOperation
  during: StatedPoint[]
  duringAt: Position | null
  expect: StatedExpectation[]
}

/** What somebody else does at some point of a running step. */
export interface StatedPoint {
  operation: StatedOperation
  as: Located<string> | null
  expect: StatedExpectation[]
}

const modeChoice = choice('Auto', 'Sync', 'Async')
const userName = located(text('a user'))

const expectShape: Shape<StatedExpectation[]> = (node) =>
  mappingOf('expectations', node).entries.map(({ key, keyAt, value }) => {
    const kind = EXPECTATIONS.get(key)
    if (kind === undefined) throw unknownKey('expect', key, keyAt, [...EXPECTATIONS.keys()])
    return kind.state(value, keyAt)
  })

const stateOperation = ({ key, keyAt, value }: Entry): StatedOperation => {
  const kind = OPERATIONS.get(key)
  if (kind === undefined) throw unknownKey('an operation', key, keyAt, [...OPERATIONS.keys()])
  return kind.state(value, keyAt)
}

function exactlyOne(entries: Entry[], what: string, at: Position): Entry {
  const [first, second] = entries
  if (first === undefined)
    throw invalid(`${what} holds exactly one operation, and this one holds none. Operations: ${[...OPERATIONS.keys()].join(', ')}.`, at)
  if (second !== undefined)
    throw invalid(
      `${what} holds exactly one operation: "${first.key}" stands here already, "${second.key}" belongs in one of its own.`,
      second.keyAt,
    )
  return first
}

const oneOperation: Shape<StatedOperation> = (node) => {
  const { entries } = mappingOf('an operation', node)
  const unknown = entries.find(({ key }) => !OPERATIONS.has(key))
  return stateOperation(unknown ?? exactlyOne(entries, '"do"', node.at))
}

const place = fields(
  'at',
  {},
  {
    afterPlan: flag,
    beforeBatch: wholeNumber(1),
    insideBatch: wholeNumber(1),
    afterBatch: wholeNumber(1),
    beforeRecord: recordName,
    beforeAttempt: wholeNumber(2),
  },
)

const exactPlace: Shape<unknown> = (node) => {
  const read = place(node)
  if (Object.keys(read).length !== 1 || read.afterPlan === false)
    throw invalid(
      '"at" holds exactly one of afterPlan: true, beforeBatch, insideBatch, afterBatch, beforeRecord and beforeAttempt.',
      node.at,
    )
  return read
}

const pointFields = fields(
  'a point of "during"',
  { at: exactPlace, do: oneOperation },
  { as: userName, mode: modeChoice, expect: expectShape },
)

const point: Shape<StatedPoint> = (node) => {
  const read = pointFields(node)
  const stated = { operation: read.do, as: read.as ?? null, expect: read.expect ?? [] }
  checkPlan(stated)
  return stated
}

const FRAME = {
  name: located(text('a name')),
  as: userName,
  mode: modeChoice,
  detach: flag,
  during: listOf('points', point),
  expect: expectShape,
}
const frame = fields('a step', {}, FRAME)
const FRAME_KEYS = Object.keys(FRAME)

/** A step: exactly one operation, and what surrounds it. */
export const stepShape: Shape<StatedStep> = (node: SourceNode) => {
  const { entries, at } = mappingOf('a step', node)
  for (const { key, keyAt } of entries)
    if (!OPERATIONS.has(key) && !FRAME_KEYS.includes(key)) throw unknownKey('a step', key, keyAt, [...OPERATIONS.keys(), ...FRAME_KEYS])
  const operation = exactlyOne(
    entries.filter(({ key }) => OPERATIONS.has(key)),
    'A step',
    at,
  )
  const read = frame({ kind: 'mapping', at, entries: entries.filter(({ key }) => FRAME_KEYS.includes(key)) })
  const step = {
    name: read.name ?? null,
    as: read.as ?? null,
    mode: read.mode ?? 'Auto',
    detach: read.detach ?? false,
    operation: stateOperation(operation),
    during: read.during ?? [],
    duringAt: entries.find(({ key }) => key === 'during')?.keyAt ?? null,
    expect: read.expect ?? [],
  }
  checkPlan(step)
  return step
}

function checkPlan({ operation, expect }: Pick<StatedStep, 'operation' | 'expect'>): void {
  const plan = expect.find(({ key }) => key === 'plan')
  if (plan !== undefined && !operation.previews)
    throw invalid('"plan" can be expected of a check with a preview only: check: { preview: { delete: … } }.', plan.at)
}
