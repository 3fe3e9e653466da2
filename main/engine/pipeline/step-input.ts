import { pipelineText } from '#text/english/pipeline'
import { EngineError } from '../contract/errors.ts'
import type { StageName } from '../contract/messages.ts'
import type { PluginStep } from '../contract/plugins.ts'
import { identify } from '../store/identities.ts'
import type { OwnerRow } from '../store/owners.ts'
import { findUser } from '../store/owners.ts'
import { systemUser } from '../store/system-user.ts'
import type { Images, Pipeline } from './pipeline.ts'
import type { RaisedMessage, RecordEvent } from './record-event.ts'
import { hasColumns } from './record-event.ts'

/** A step's input as JSON, in parts that many steps share. */
export interface StepInputText {
  input: string
  target: string
  preImage: string | null
  postImage: string | null
  user: OwnerRow
}

const BY_CALLER = 'CallingUser'
const BY_SYSTEM = 'System'

/** Builds a step's input. With `isKept` it includes the parent context, for a step that runs later. */
export function stepInput(
  pipeline: Pipeline,
  event: RecordEvent,
  message: RaisedMessage,
  step: PluginStep,
  images: Images,
  isKept = false,
): StepInputText {
  const user = runsAs(pipeline, event, step)
  const target = JSON.stringify(event.targetOf(message))
  const preImage = step.preImage === null ? null : images.pre(step.preImage)
  const postImage = step.postImage === null ? null : images.post(step.postImage)
  const own =
    `{${ownOf(event, message)},"target":${target},"outputParameters":${message.output}` +
    `${preImage === null ? '' : `,"preImage":${preImage}`}${postImage === null ? '' : `,"postImage":${postImage}`}}`
  const common = isKept
    ? commonText(pipeline, event, message, step, user, true)
    : pipeline.common.text(pipeline, event, message, step, user)
  const input = isKept ? `${own.slice(0, -1)},${common.slice(1)}` : `${own}\n${common}`
  return { input, target, preImage, postImage, user }
}

function commonText(
  pipeline: Pipeline,
  event: RecordEvent,
  message: RaisedMessage,
  step: PluginStep,
  user: OwnerRow,
  isKept: boolean,
): string {
  const isInTransaction = pipeline.session.connection.transaction !== 0 && step.mode === 'Sync'
  const { job, parent } = event.call
  const shown = job && { id: job.id, name: job.name, attempt: job.attempt, batch: job.batch }
  return (
    `{"stage":"${step.stage}","mode":"${step.mode}","isInTransaction":${isInTransaction},${commonOf(pipeline, event, message, user)}` +
    `${parent ? `,"parentContext":${isKept ? parent() : true}` : ''}${shown ? `,"job":${JSON.stringify(shown)}` : ''}}`
  )
}

/** Caches the common part of the last step, which is mostly the same for the next record. */
export class LastCommon {
  #of: unknown[] = []
  #text = ''

  text(pipeline: Pipeline, event: RecordEvent, message: RaisedMessage, step: PluginStep, user: OwnerRow): string {
    const { call, table } = event
    const { job } = call
    const isInTransaction = pipeline.session.connection.transaction !== 0
    const of: unknown[] = [
      step.number,
      message.name,
      table,
      user.row,
      user.businessUnit,
      call.requestId,
      call.correlationId,
      call.depth,
      call.createdOnMs,
    ]
    of.push(call.initiator.id, call.parent === null, isInTransaction, job?.id, job?.attempt, job?.batch)
    if (of.length === this.#of.length && of.every((value, index) => value === this.#of[index])) return this.#text
    this.#of = of
    this.#text = commonText(pipeline, event, message, step, user, false)
    return this.#text
  }
}

/** Returns the current context of a message as JSON, for requests that belong to it. */
export function contextJson(pipeline: Pipeline, event: RecordEvent, message: RaisedMessage, stage: StageName): string {
  const target = JSON.stringify(event.targetOf(message))
  const parent = event.call.parent ? `,"parentContext":${event.call.parent()}` : ''
  const isInTransaction = pipeline.session.connection.transaction !== 0
  return (
    `{"stage":"${stage}","mode":"Sync","isInTransaction":${isInTransaction},${commonOf(pipeline, event, message, event.call.user)},` +
    `${ownOf(event, message)},"target":${target}${parent}}`
  )
}

/** Returns the part of the input that differs between records. */
function ownOf({ record }: RecordEvent, message: RaisedMessage): string {
  const parameters = hasColumns(message.name) || record === null ? message.parameters : { Target: record, ...message.parameters }
  return `"primaryEntityId":"${record?.id ?? ''}","inputParameters":${JSON.stringify(parameters)},"sharedVariables":${message.shared}`
}

/** Returns the part of the input that many records of a cascade share. */
function commonOf(pipeline: Pipeline, { call, table }: RecordEvent, message: RaisedMessage, user: OwnerRow): string {
  const { connection, model } = pipeline.session
  const unit = user.businessUnit === null ? '' : identify(connection, [model.table('businessunit')], user.businessUnit).id
  return (
    `"messageName":"${message.name}","depth":${call.depth},"primaryEntityName":"${table?.definition.logicalName ?? 'none'}",` +
    `"userId":"${user.id}","initiatingUserId":"${call.initiator.id}","businessUnitId":"${unit}",` +
    `"correlationId":"${call.correlationId}","requestId":"${call.requestId}","operationCreatedOn":"${new Date(call.createdOnMs).toISOString()}"`
  )
}

/** Returns the user that a step runs as. @throws CASCADE_REFUSED if that user is removed or disabled */
function runsAs({ session }: Pipeline, { call }: RecordEvent, { runAs, plugin }: PluginStep): OwnerRow {
  if (runAs === BY_CALLER) return call.user
  if (runAs === BY_SYSTEM) return systemUser(session.connection)
  const user = runAs.id === null ? undefined : findUser(session.connection, runAs.id)
  if (user && !user.disabled) return user
  const name = user?.name ?? runAs.name
  throw new EngineError('CASCADE_REFUSED', pipelineText.userGone({ user: name, plugin }), {
    platform: 'unManagedidsusernotenabled',
    hint: pipelineText.userGoneHint,
    details: { plugin, runAs: name },
  })
}
