import { manifestText } from '#text/english/manifest'
import { shortened } from '../contract/errors.ts'
import type { MessageName, StageName, StepMode } from '../contract/messages.ts'
import { MESSAGES, STAGES, STEP_MODES } from '../contract/messages.ts'
import type { PluginManifest, StepUser } from '../contract/plugins.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import type { ManifestContext } from './check-manifest.ts'
import { FieldReader } from './field-reader.ts'
import type { FieldProblem } from './manifest-refusal.ts'

type Step = PluginManifest['steps'][number]

const FIELDS = ['message', 'table', 'stage', 'mode', 'rank', 'filteringAttributes', 'preImage', 'postImage', 'runAs', 'handler'] as const

/** Returns whether a message announces a job. It has no record, so only asynchronous PostOperation steps can listen to it. */
const isAnnouncement = (message: MessageName): boolean => message.startsWith('cascadeAsync_')

/** Checks one step of a manifest and fills in defaults. Combinations of fields follow the platform's registration: dataverse reference, section 5.2. */
export function checkStep(definition: unknown, ordinal: number, context: ManifestContext): Step {
  const fields = FieldReader.open(definition, `steps[${ordinal}]`, FIELDS, context)
  const message = fields.word('message', MESSAGES)
  const stage = fields.word('stage', STAGES)
  const mode = fields.word('mode', STEP_MODES, 'Sync')
  checkMode(fields, message, stage, mode)
  const table = tableOf(fields, message, context)
  const step: Step = {
    ordinal,
    message,
    table: table?.definition.logicalName ?? null,
    stage,
    mode,
    rank: rankOf(fields),
    filteringAttributes: filterOf(fields, message, table, context),
    preImage: imageOf(fields, 'preImage', table, context),
    postImage: imageOf(fields, 'postImage', table, context),
    runAs: runAsOf(fields, context),
  }
  checkImages(fields, step)
  if (fields.value('handler') !== true) throw fields.refused('handler', manifestText.handlerMissing)
  return step
}

function checkMode(fields: FieldReader, message: MessageName, stage: StageName, mode: StepMode): void {
  if (isAnnouncement(message) && stage !== 'PostOperation')
    throw fields.refused('stage', ({ field }) => manifestText.announcementStage({ field, stage, message }), ['PostOperation'])
  if (isAnnouncement(message) && mode !== 'Async')
    throw fields.refused('mode', ({ field }) => manifestText.announcementMode({ field, mode, message }), ['Async'])
  if (mode === 'Async' && stage !== 'PostOperation')
    throw fields.refused('mode', ({ field }) => manifestText.asyncStage({ field, stage }), ['Sync'])
}

function tableOf(fields: FieldReader, message: MessageName, { model }: ManifestContext): CompiledTable | undefined {
  const name = fields.optionalText('table')
  if (name === undefined) return undefined
  if (isAnnouncement(message))
    throw fields.refused('table', ({ field }) => manifestText.announcementTable({ field, table: shortened(name), message }))
  const table = model.findTable(name)
  if (table) return table
  const names = [...model.tables()].map(({ definition }) => definition.logicalName)
  throw fields.refusedValue('table', name, ({ field }) => manifestText.tableUnknown({ field, table: shortened(name) }), names)
}

function rankOf(fields: FieldReader): number {
  const rank = fields.value('rank') ?? 1
  if (!Number.isSafeInteger(rank)) throw fields.refused('rank', ({ field }) => manifestText.rank({ field, shown: fields.shown('rank') }))
  return rank as number
}

function filterOf(
  fields: FieldReader,
  message: MessageName,
  table: CompiledTable | undefined,
  context: ManifestContext,
): Step['filteringAttributes'] {
  const columns = fields.list('filteringAttributes')
  if (!columns) return null
  if (message !== 'Update') throw fields.refused('filteringAttributes', ({ field }) => manifestText.filterNeedsUpdate({ field, message }))
  if (columns.length === 0) throw fields.refused('filteringAttributes', manifestText.filterEmpty)
  return checkColumns(fields, 'filteringAttributes', columns, table, context)
}

function imageOf(
  fields: FieldReader,
  name: 'preImage' | 'postImage',
  table: CompiledTable | undefined,
  context: ManifestContext,
): Step['preImage'] {
  const image = fields.value(name)
  if (image === undefined || image === false) return null
  if (image === true) return true
  if (!Array.isArray(image)) throw fields.refused(name, ({ field }) => manifestText.image({ field, shown: fields.shown(name) }))
  return checkColumns(fields, name, image, table, context)
}

function checkImages(fields: FieldReader, { message, stage, preImage, postImage }: Step): void {
  for (const [name, image] of [
    ['preImage', preImage],
    ['postImage', postImage],
  ] as const)
    if (image !== null && isAnnouncement(message))
      throw fields.refused(name, ({ field }) => manifestText.imageOfAnnouncement({ field, message }))
  if (preImage !== null && message === 'Create') throw fields.refused('preImage', manifestText.imageBeforeCreate)
  if (postImage === null) return
  if (message === 'Delete') throw fields.refused('postImage', manifestText.imageAfterDelete)
  if (stage !== 'PostOperation') throw fields.refused('postImage', ({ field }) => manifestText.imageTooEarly({ field, stage }))
}

/** Checks that the columns exist in the step's table or, without a table, in any table. */
function checkColumns(
  fields: FieldReader,
  name: string,
  columns: unknown[],
  table: CompiledTable | undefined,
  { model }: ManifestContext,
): string[] {
  const tables = table ? [table] : [...model.tables()]
  for (const [at, column] of columns.entries()) {
    const field = `${name}[${at}]`
    if (typeof column !== 'string') throw fields.refusedValue(field, column, manifestText.columnNotText, [])
    if (tables.some(({ columns }) => columns.has(column))) continue
    const known = [...new Set(tables.flatMap(({ columns }) => [...columns.keys()]))].sort()
    const says: FieldProblem = (place) =>
      table
        ? manifestText.columnUnknown({ ...place, column: shortened(column), table: table.definition.logicalName })
        : manifestText.columnOfNoTable({ ...place, column: shortened(column) })
    throw fields.refusedValue(field, column, says, known)
  }
  return [...new Set(columns as string[])]
}

/** @throws NAME_AMBIGUOUS if several users have the name */
function runAsOf(fields: FieldReader, { findUser }: ManifestContext): StepUser {
  const user = fields.optionalText('runAs') ?? 'CallingUser'
  if (user === 'CallingUser' || user === 'System') return user
  const found = findUser(user)
  if (!found) throw fields.refused('runAs', ({ field }) => manifestText.runAs({ field, user: shortened(user) }))
  return { id: found.id, name: found.name }
}
