import { z } from 'zod'
import type { NewFile, PluginSource } from '#contract'
import {
  type CascadeOperation,
  type CascadeRequest,
  forEachThreshold,
  type ModeChoice,
  PLAN_ACTIONS,
  type PlanRowQuery,
  THRESHOLD_OPERATIONS,
  THRESHOLD_PROFILES,
} from '#engine/contract/cascades'
import { JOB_KINDS, JOB_STATUSES } from '#engine/contract/jobs'
import { MESSAGES, type MessageName } from '#engine/contract/messages'
import type { FieldInput, RecordInput, RecordQuery, RecordRef } from '#engine/contract/records'
import { ACCESS_RIGHTS } from '#engine/contract/security'
import { forEachSetting, type SettingRow, type Settings } from '#engine/contract/settings'
import { CASCADE_ACTIONS, CASCADE_TYPES, type CascadeConfiguration } from '#engine/contract/tables'
import { STEP_OUTCOMES, type StepRunQuery } from '#engine/contract/trace'
import type { CsvImport, GenerateRule, ImportOptions } from '#engine/contract/transfer'
import { isFileName } from '../session/file-name.ts'

/** The shapes of input from the renderer. They check the form only; the engine checks whether a table or record exists. */

const MAX_TEXT = 1_048_576
const MAX_NAME = 500

export const name = z.string().min(1, 'must not be empty').max(MAX_NAME)
export const searchText = z.string().max(MAX_NAME)
/** A token of the host's ChosenFiles. Paths are never accepted. */
export const fileToken = z.string().regex(/^[\w-]{32}$/, 'must be the token of a chosen file')
export const newFile: z.ZodType<NewFile> = z.union(
  [z.strictObject({ name: z.string().refine(isFileName) }), z.strictObject({ token: fileToken })],
  'must be { name } without folders, or { token } of a chosen file',
)
export const pluginSource: z.ZodType<PluginSource> = z.union(
  [z.strictObject({ token: fileToken }), z.strictObject({ plugin: name })],
  'must be { token } of a chosen file, or { plugin } with the name of an installed one',
)
export const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'must be a GUID in lower case')
const offset = z.int().min(0)
const limit = z.int().min(1).max(1_000)

export const recordRef: z.ZodType<RecordRef> = z.strictObject({ table: name, id: guid })

const fieldInput: z.ZodType<FieldInput> = z.union(
  [z.string().max(MAX_TEXT), z.number(), z.boolean(), z.null(), recordRef, z.array(z.int()).max(1_000)],
  'must be a text, a number, true or false, null, a reference { table, id } or a list of whole numbers',
)
export const recordInput: z.ZodType<RecordInput> = z.record(name, fieldInput)

const recordFilters = z
  .array(
    z.strictObject({
      column: name,
      operator: z.enum(['equals', 'notEquals', 'contains', 'beginsWith', 'isNull', 'isNotNull', 'greaterThan', 'lessThan']),
      value: fieldInput.exactOptional(),
    }),
  )
  .max(50)

export const recordQuery: z.ZodType<RecordQuery> = z.strictObject({
  table: name,
  search: searchText.exactOptional(),
  filters: recordFilters.exactOptional(),
  sort: z.strictObject({ column: name, direction: z.enum(['ascending', 'descending']) }).exactOptional(),
  offset,
  limit,
})

export const modeChoice: z.ZodType<ModeChoice> = z.enum(['Auto', 'Sync', 'Async'])

const owner = z.union([name, recordRef], 'must be the name of a user or team, or a reference { table, id }')

const accessRights = z.array(z.enum(ACCESS_RIGHTS)).max(ACCESS_RIGHTS.length)

/** A shape for every operation; the compiler reports a missing one. */
const requestShapes = {
  Assign: z.strictObject({
    operation: z.literal('Assign'),
    record: recordRef,
    to: z.union([owner, z.null()]),
    businessUnit: recordRef.exactOptional(),
  }),
  Delete: z.strictObject({ operation: z.literal('Delete'), record: recordRef }),
  Merge: z.strictObject({
    operation: z.literal('Merge'),
    target: recordRef,
    subordinate: recordRef,
    content: recordInput.exactOptional(),
    parentingCheck: z.boolean().exactOptional(),
  }),
  BulkDelete: z.strictObject({ operation: z.literal('BulkDelete'), table: name, where: recordFilters }),
  Reassign: z.strictObject({ operation: z.literal('Reassign'), from: owner, to: owner }),
  Share: z.strictObject({ operation: z.literal('Share'), record: recordRef, with: owner, rights: accessRights }),
  Unshare: z.strictObject({ operation: z.literal('Unshare'), record: recordRef, with: owner }),
  ModifyAccess: z.strictObject({ operation: z.literal('ModifyAccess'), record: recordRef, with: owner, rights: accessRights }),
} satisfies { [O in CascadeOperation]: z.ZodType<Extract<CascadeRequest, { operation: O }>> }
const { Assign, ...otherShapes } = requestShapes
export const cascadeRequest: z.ZodType<CascadeRequest> = z.discriminatedUnion('operation', [Assign, ...Object.values(otherShapes)])

export const planRowQuery: z.ZodType<PlanRowQuery> = z.strictObject({
  planId: name,
  table: name.exactOptional(),
  action: z.enum(PLAN_ACTIONS).exactOptional(),
  relationship: name.exactOptional(),
  offset,
  limit,
})

export const cascadeConfiguration: z.ZodType<Partial<CascadeConfiguration>> = z.partialRecord(
  z.enum(CASCADE_ACTIONS),
  z.enum(CASCADE_TYPES),
)

const count = z.int().min(0)
const flag = z.boolean().exactOptional()
const thresholds = z.union(
  [z.enum(THRESHOLD_PROFILES), z.strictObject(forEachThreshold(() => count))],
  `must be ${THRESHOLD_PROFILES.join(', ')} or { ${THRESHOLD_OPERATIONS.join(', ')} } with whole numbers`,
)
const settingShape = (row: SettingRow): z.ZodType => {
  switch (row.kind) {
    case 'switch':
      return z.boolean()
    case 'number':
      return z.int().min(row.min).max(row.max)
    case 'choice':
      return z.enum(row.choices)
  }
}
export const settingsChange = z.strictObject({
  thresholds: thresholds.exactOptional(),
  ...forEachSetting((row) => settingShape(row).exactOptional()),
}) as z.ZodType<Partial<Settings>>

export const importOptions: z.ZodType<ImportOptions> = z.strictObject({
  standard: flag,
  only: z.array(z.string().max(8_192)).max(10_000).exactOptional(),
})

export const csvImport: z.ZodType<CsvImport> = z.strictObject({
  table: name,
  columns: z.array(z.strictObject({ from: z.string().max(MAX_NAME), to: name })).max(2_000),
})

export const generateRule: z.ZodType<GenerateRule> = z.strictObject({
  table: name,
  count: count.exactOptional(),
  per: name.exactOptional(),
  attribute: name.exactOptional(),
  where: recordInput.exactOptional(),
  chain: count.exactOptional(),
  set: recordInput.exactOptional(),
  owners: z.array(name).max(10_000).exactOptional(),
  states: z.record(z.coerce.number<string>().int(), z.number().min(0).max(1)).exactOptional(),
})

/** The configuration text of a plug-in, part of what a user agrees to. */
export const configuration = z.string().max(MAX_TEXT)
export const contentHash = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 hash in lower case')
export const messageName: z.ZodType<MessageName> = z.enum(MESSAGES)

export const runNumber = z.int().min(1)
const rowNumber = count.exactOptional()

export const stepRunQuery: z.ZodType<StepRunQuery> = z.strictObject({
  plugin: name.exactOptional(),
  step: rowNumber,
  table: name.exactOptional(),
  record: recordRef.exactOptional(),
  jobId: name.exactOptional(),
  depth: z.int().min(1).exactOptional(),
  outcome: z.enum(STEP_OUTCOMES).exactOptional(),
  onlyErrors: flag,
  correlationId: name.exactOptional(),
  search: searchText.exactOptional(),
  before: rowNumber,
  after: rowNumber,
  limit,
})

export const jobQuery = z.strictObject({
  kind: z.enum(JOB_KINDS).exactOptional(),
  status: z.enum(JOB_STATUSES).exactOptional(),
  before: name.exactOptional(),
  limit,
})
