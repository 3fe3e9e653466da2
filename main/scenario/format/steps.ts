import type { ModeChoice } from '#engine/contract/cascades'
import type { StatedExpectation } from '../expectations/expectation.ts'
import { EXPECTATIONS } from '../expectations/index.ts'
import { OPERATIONS } from '../operations/index.ts'
import type { StatedOperation } from '../operations/operation.ts'
import { invalid, type Located, type Position } from '../scenario-error.ts'
import { choice, fields, flag, listOf, located, mappingOf, type Shape, text, unknownKey, wholeNumber } from '../shape.ts'
import type { Entry, SourceNode } from '../source.ts'
import { type RecordName, recordName } from './names-in-text.ts'

/** An operation with who does it and what is expected of it. */
export interface StatedAction {
  operation: StatedOperation
  as: Located<string> | null
  mode: ModeChoice
  expect: StatedExpectation[]
}

export interface StatedStep extends StatedAction {
  name: Located<string> | null
  detach: boolean
  during: StatedPoint[]
}

/** A moment of a running step. `text` is how the file writes it. */
export type StatedPlace = { text: string } & (
  | { kind: 'afterPlan' }
  | { kind: 'beforeBatch' | 'insideBatch' | 'afterBatch' | 'beforeAttempt'; number: number }
  | { kind: 'beforeRecord'; record: RecordName }
)

/** What somebody else does at some moment of a running step. */
export interface StatedPoint extends StatedAction {
  place: StatedPlace
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

const exactPlace: Shape<StatedPlace> = (node) => {
  const { afterPlan, beforeRecord, ...numbered } = place(node)
  const counted = Object.entries(numbered) as [keyof typeof numbered, number][]
  const places: StatedPlace[] = [
    ...(afterPlan === true ? [{ kind: 'afterPlan', text: 'afterPlan: true' } as const] : []),
    ...(beforeRecord === undefined
      ? []
      : [{ kind: 'beforeRecord', record: beforeRecord, text: `beforeRecord: ${beforeRecord.table}/${beforeRecord.id}` } as const]),
    ...counted.map(([kind, number]) => ({ kind, number, text: `${kind}: ${number}` })),
  ]
  const [only, second] = places
  if (only === undefined || second !== undefined || afterPlan === false)
    throw invalid(
      '"at" holds exactly one of afterPlan: true, beforeBatch, insideBatch, afterBatch, beforeRecord and beforeAttempt.',
      node.at,
    )
  return only
}

const pointFields = fields(
  'a point of "during"',
  { at: exactPlace, do: oneOperation },
  { as: userName, mode: modeChoice, expect: expectShape },
)

const point: Shape<StatedPoint> = (node) => {
  const read = pointFields(node)
  const stated = { place: read.at, operation: read.do, as: read.as ?? null, mode: read.mode ?? 'Auto', expect: read.expect ?? [] }
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
