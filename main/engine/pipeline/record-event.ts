import type { MessageName, StageName } from '../contract/messages.ts'
import type { PluginStep } from '../contract/plugins.ts'
import type { RecordRef } from '../contract/records.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import type { StepsOfMessage } from '../plugins/registry.ts'
import type { EntityRow } from '../store/entity-rows.ts'
import type { Call } from './call.ts'

/** One message that a request raises on a record, with the shared variables of its steps. */
export class RaisedMessage {
  readonly name: MessageName
  /** As the steps so far have left them, see `RecordEvent.changeParameters`. */
  parameters: Record<string, unknown>
  /** Shared variables as JSON, because every step gets them and most do not change them. */
  shared: string
  output: string

  constructor(name: MessageName, parameters: Record<string, unknown> = {}, shared?: Record<string, unknown>) {
    this.name = name
    this.parameters = parameters
    this.shared = shared === undefined ? '{}' : JSON.stringify(shared)
    this.output = '{}'
  }
}

/** The parameters that Pre stages may change, by message. Source: plug-in contract, `inputParameters`. */
const CHANGEABLE: Partial<Record<MessageName, readonly string[]>> = {
  Merge: ['UpdateContent', 'PerformParentingChecks'],
  Assign: ['Assignee'],
}

/** Returns the parameters of a message that a step of this stage may change; `null` where there are none. */
export function changeableParameters({ name, parameters }: RaisedMessage, stage: StageName): Record<string, unknown> | null {
  const names = stage === 'PostOperation' ? undefined : CHANGEABLE[name]
  return names ? Object.fromEntries(names.map((each) => [each, parameters[each]])) : null
}

/** Returns whether a message has columns, which Pre stages may change. */
export const hasColumns = (message: MessageName): boolean => message === 'Create' || message === 'Update'

/**
 * A request on one record. It may raise several messages, which go through the stages together: a change of the owner is an Update
 * and an Assign. Source: dataverse reference, section 5.5.
 */
export class RecordEvent {
  readonly call: Call
  /** `null` for messages that have no record. */
  readonly table: CompiledTable | null
  /** The row; for a create, known after the main operation. */
  row: number | null
  readonly record: RecordRef | null
  readonly messages: readonly RaisedMessage[]
  /** The columns of the request; `null` for messages without columns. */
  columns: EntityRow | null
  /** The step that last changed each column; columns that are as the request has them are not among them. */
  readonly changedBy = new Map<string, PluginStep>()
  /** Whether a step has changed parameters of a message. */
  hasChangedParameters = false
  /** Checks of the platform among the PreOperation steps, each before the steps of its rank. */
  checks: readonly { rank: number; run: () => void }[] = []
  /** The columns of the original request, which filtering attributes are compared with. */
  readonly requested: ReadonlySet<string>
  /** The steps of each message, cached by the pipeline. */
  listening: { version: number; steps: readonly StepsOfMessage[] } | undefined
  /** Whether PreValidation ran before the transaction began. */
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

  /** Takes over the columns as a step left them. Columns that the step left alone keep their origin. */
  change(columns: EntityRow, step: PluginStep): void {
    const before = this.columns ?? {}
    this.#noteChanges(before, columns, step)
    this.columns = columns
    if (!('ownerid' in columns)) return
    for (const message of this.messages)
      if (message.name === 'Assign') message.parameters = { ...message.parameters, Assignee: columns.ownerid }
  }

  /**
   * Takes over the parameters of a message as a step left them: UpdateContent and PerformParentingChecks of a merge, the Assignee of an
   * assign, which is its column `ownerid` as well.
   */
  changeParameters(message: RaisedMessage, left: Record<string, unknown>, step: PluginStep): void {
    const { Assignee, UpdateContent } = left
    if (Assignee !== undefined) this.change({ ...this.columns, ownerid: Assignee } as EntityRow, step)
    if (UpdateContent !== undefined) this.#noteChanges(message.parameters.UpdateContent as EntityRow, UpdateContent as EntityRow, step)
    message.parameters = { ...message.parameters, ...left }
    this.hasChangedParameters = true
  }

  #noteChanges(before: EntityRow, after: EntityRow, step: PluginStep): void {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)]))
      if (JSON.stringify(before[name]) !== JSON.stringify(after[name])) this.changedBy.set(name, step)
  }

  /** Returns the parameters of a message as steps have left them; `null` where none has changed any. */
  changedParameters(name: MessageName): Record<string, unknown> | null {
    return this.hasChangedParameters ? (this.messages.find((message) => message.name === name)?.parameters ?? null) : null
  }

  /** Returns the step to name beside an error about a column; with an error about no certain column, the last that changed any. */
  blamed(column: unknown): PluginStep | undefined {
    return typeof column === 'string' ? this.changedBy.get(column) : [...this.changedBy.values()].at(-1)
  }

  targetOf({ name }: RaisedMessage): EntityRow | { table: string; id: string } | null {
    return hasColumns(name) ? (this.columns ?? {}) : this.record
  }
}
