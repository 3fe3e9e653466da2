import type { MessageName } from '../contract/messages.ts'
import type { PluginStep } from '../contract/plugins.ts'
import type { RecordRef } from '../contract/records.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import type { StepsOfMessage } from '../plugins/registry.ts'
import type { EntityRow } from '../store/entity-rows.ts'
import type { Call } from './call.ts'

/** One message that a request raises on a record, with what its steps tell each other. */
export class RaisedMessage {
  readonly name: MessageName
  readonly parameters: Record<string, unknown>
  /** As JSON, since it crosses into every step and most leave it as it is. */
  shared: string
  output: string

  constructor(name: MessageName, parameters: Record<string, unknown> = {}, shared?: Record<string, unknown>) {
    this.name = name
    this.parameters = parameters
    this.shared = shared === undefined ? '{}' : JSON.stringify(shared)
    this.output = '{}'
  }
}

/** Whether a message is about columns, which Pre stages may change. */
export const hasColumns = (message: MessageName): boolean => message === 'Create' || message === 'Update'

/**
 * A request on one record. It may raise several messages, which go through the stages together: a change of the owner is an Update
 * and an Assign. Source: dataverse reference, section 5.5.
 */
export class RecordEvent {
  readonly call: Call
  /** `null` for messages that have no record. */
  readonly table: CompiledTable | null
  /** Known after the main operation where it makes the record. */
  row: number | null
  readonly record: RecordRef | null
  readonly messages: readonly RaisedMessage[]
  /** The columns of the request; `null` where it is about none. */
  columns: EntityRow | null
  /** The step that changed them last. */
  changedBy: PluginStep | undefined
  /** Those that were asked for at first: what filtering attributes look at. */
  readonly requested: ReadonlySet<string>
  /** The steps of each of its messages, as the pipeline looked them up. */
  listening: { version: number; steps: readonly StepsOfMessage[] } | undefined
  /** PreValidation ran before the transaction began. */
  readonly isValidated: boolean

  constructor(options: {
    call: Call
    table: CompiledTable | null
    row: number | null
    record: RecordRef | null
    messages: RaisedMessage[]
    columns?: EntityRow | null
    isValidated?: boolean
  }) {
    this.call = options.call
    this.table = options.table
    this.row = options.row
    this.record = options.record
    this.messages = options.messages
    this.columns = options.columns ?? null
    this.requested = new Set(this.columns === null ? [] : Object.keys(this.columns))
    this.isValidated = options.isValidated ?? false
  }

  targetOf({ name }: RaisedMessage): EntityRow | { table: string; id: string } | null {
    return hasColumns(name) ? (this.columns ?? {}) : this.record
  }
}
