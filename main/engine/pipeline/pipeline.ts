import { aboutRecord, isRecordFailure } from '../contract/errors.ts'
import type { MessageName, StageName } from '../contract/messages.ts'
import type { LookupValue } from '../contract/records.ts'
import type { CompiledTable } from '../model/compiled-model.ts'
import type { RegisteredStep, StepRegistry, StepsOfMessage } from '../plugins/registry.ts'
import { inOrder } from '../plugins/registry.ts'
import type { Session } from '../session/session.ts'
import type { ColumnSet } from '../store/entity-rows.ts'
import { findEntityRow } from '../store/entity-rows.ts'
import { guidToBytes } from '../store/guid.ts'
import { findRecord, findRow } from '../store/rows.ts'
import { insertStepJob } from '../store/step-jobs.ts'
import type { Call } from './call.ts'
import { changedTarget, notAgreed } from './failures.ts'
import type { RaisedMessage, RecordEvent } from './record-event.ts'

import { runStep } from './run-step.ts'
import { contextJson, LastCommon, stepInput } from './step-input.ts'
import { StepLog } from './step-log.ts'

/** The work of a request on its record. */
export interface RecordAction {
  /** Runs between PreValidation and PreOperation. Source: dataverse reference, section 5.5, "timing". */
  prepare?: () => void
  /** Runs the main operation, with the event's columns as the Pre stages left them. */
  main: () => void
}

/** Answers one call of the organization service, with the rights of the calling step and one level deeper. */
export type ServiceCall = (pipeline: Pipeline, call: Call, method: string, args: unknown[]) => unknown

/**
 * The event pipeline of one connection: PreValidation → PreOperation → main operation → PostOperation → asynchronous steps,
 * each stage by rank. A step that throws ends the transaction. Source: dataverse reference, section 5.1.
 */
export class Pipeline {
  readonly session: Session
  readonly log = new StepLog()
  readonly common = new LastCommon()
  /** Number of requests by steps that may have written, so that images are read again only when they may have changed. */
  writes = 0
  readonly #serve: ServiceCall
  #registry: StepRegistry
  #seenIn = 0

  constructor(session: Session, serve: ServiceCall) {
    this.session = session
    this.#serve = serve
    this.#registry = session.registry
  }

  /** Looks for plug-ins that were installed, enabled or removed. The registry then stays unchanged until the end of the transaction. */
  refresh(): void {
    const { transaction } = this.session.connection
    if (transaction !== 0 && transaction === this.#seenIn) return
    this.#seenIn = transaction
    this.#registry = this.session.registry
  }

  /** Answers a request to the organization service. */
  serve(call: Call, method: string, args: unknown[]): unknown {
    return this.#serve(this, call, method, args)
  }

  /** Returns another pipeline on the same connection with its own log; `serve` can intercept each request. */
  beside(serve: (original: ServiceCall) => ServiceCall = (original) => original): Pipeline {
    return new Pipeline(this.session, serve(this.#serve))
  }

  get isSilent(): boolean {
    return this.#registry.isEmpty
  }

  /** A number that changes whenever the registered steps change. */
  get stepsVersion(): number {
    return this.#registry.version
  }

  steps(message: MessageName, table: CompiledTable | null): StepsOfMessage {
    return this.#registry.steps(message, table?.definition.logicalName ?? null)
  }

  /** Returns whether any step listens to one of these messages on a table. */
  listens(messages: readonly MessageName[], table: CompiledTable): boolean {
    return !this.#registry.isEmpty && messages.some((message) => this.steps(message, table).any)
  }

  /** Returns whether any step listens to one of these messages on a table in a stage. */
  listensAt(stage: StageName, messages: readonly MessageName[], table: CompiledTable): boolean {
    return !this.#registry.isEmpty && messages.some((message) => this.steps(message, table)[stage].length > 0)
  }

  /**
   * Runs work in one transaction, which includes the log of its steps. If it fails, everything is rolled back and the log is
   * written in a transaction of its own.
   */
  transact<T>(work: () => T extends PromiseLike<unknown> ? never : T): T {
    const { connection } = this.session
    if (connection.transaction !== 0) return work()
    try {
      return connection.write(() => {
        this.refresh()
        const result = work()
        this.log.write(connection, this.session.settings, true)
        return result
      })
    } catch (error) {
      this.keepLog(false)
      throw this.#named(error)
    }
  }

  /** Adds the name of the record that an error is about, where the row was deleted when the error came up and is there again. */
  #named(error: unknown): unknown {
    if (!isRecordFailure(error) || error.record === null || error.record.name !== null) return error
    const { connection, model } = this.session
    const table = model.findTable(error.record.table)
    const row = table && findRow(connection, table, error.record.id)
    if (table && row !== undefined) error.record = findRecord(connection, table, row)
    return error
  }

  /** Writes the remaining log in a transaction of its own. */
  keepLog(isCommitted: boolean): void {
    const { connection, settings } = this.session
    if (this.log.size === 0 || connection.transaction !== 0) return
    connection.write(() => this.log.write(connection, settings, isCommitted))
  }

  /** Runs the PreValidation stage of a user's request, outside any transaction. Returns whether any step listens. */
  preValidate(event: RecordEvent): boolean {
    this.refresh()
    if (!this.#stepsOf(event).some(({ PreValidation }) => PreValidation.length > 0)) return false
    try {
      this.#about(event, () => this.#stage(event, 'PreValidation', new Images(this, event)))
    } catch (error) {
      // Each request of a step has committed by itself; only failed ones were rolled back.
      this.log.undoFailed()
      throw error
    } finally {
      this.keepLog(true)
    }
    return true
  }

  /** Runs all stages of an event and its main operation, inside the transaction of the caller. */
  run(event: RecordEvent, action: RecordAction): void {
    this.#about(event, () => this.#run(event, action))
  }

  /** Runs a part of an event's way. A failure that names no record is then about the event's. */
  #about(event: RecordEvent, work: () => void): void {
    try {
      work()
    } catch (error) {
      throw aboutRecord(error, () => recordOf(this.session, event))
    }
  }

  #run(event: RecordEvent, { prepare, main }: RecordAction): void {
    if (!this.#stepsOf(event).some(({ any }) => any)) {
      prepare?.()
      main()
      return
    }
    const images = new Images(this, event)
    if (!event.isValidated) this.#stage(event, 'PreValidation', images)
    prepare?.()
    this.before(event, images)
    try {
      main()
    } catch (error) {
      throw changedTarget(event, error)
    }
    this.after(event, images)
  }

  /** Runs the stages before the main operation, for requests that continue in a later transaction. */
  before(event: RecordEvent, images = new Images(this, event)): void {
    images.keepPre(this.#stepsOf(event).flatMap(({ preImages }) => preImages))
    this.#about(event, () => this.#stage(event, 'PreOperation', images))
  }

  after(event: RecordEvent, images = new Images(this, event)): void {
    this.#about(event, () => this.#stage(event, 'PostOperation', images))
    for (const [message, step] of this.#due(event, (steps) => steps.async)) this.#enqueue(event, message, step, images)
  }

  #stage(event: RecordEvent, stage: StageName, images: Images): void {
    const checks = stage === 'PreOperation' ? event.checks.toSorted((a, b) => a.rank - b.rank) : []
    for (const [message, step] of this.#due(event, (steps) => steps[stage])) {
      for (; checks[0] && checks[0].rank <= step.rank; checks.shift()) checks[0].run()
      runStep(this, event, message, step, images)
    }
    for (const { run } of checks) run()
  }

  /** Returns the steps of all raised messages, ordered by rank. */
  #due(event: RecordEvent, of: (steps: StepsOfMessage) => readonly RegisteredStep[]): [RaisedMessage, RegisteredStep][] {
    const due: [RaisedMessage, RegisteredStep][] = []
    const listening = this.#stepsOf(event)
    event.messages.forEach((message, index) => {
      for (const step of of(listening[index] as StepsOfMessage)) {
        if (!fires(step, event)) continue
        if (!this.session.isAgreed(step.owner)) throw notAgreed(step.plugin)
        due.push([message, step])
      }
    })
    if (event.messages.length > 1) due.sort(([, a], [, b]) => inOrder(a, b))
    return due
  }

  #stepsOf(event: RecordEvent): readonly StepsOfMessage[] {
    const { version } = this.#registry
    if (event.listening?.version === version) return event.listening.steps
    const steps = event.messages.map(({ name }) => this.steps(name, event.table))
    event.listening = { version, steps }
    return steps
  }

  /** Writes a system job with the input of an asynchronous step, in the record's transaction. */
  #enqueue(event: RecordEvent, message: RaisedMessage, step: RegisteredStep, images: Images): void {
    const { connection, options } = this.session
    const { call, record } = event
    const { input, user } = stepInput(this, event, message, step, images, true)
    insertStepJob(connection, {
      guid: guidToBytes(options.newId()),
      name: `${step.plugin}: ${step.message}${record ? ` of ${record.table}` : ''}`,
      step: step.number,
      user: user.row,
      context: input,
      createdon: options.now(),
      createdby: call.user.row,
      ownerid: call.user.row,
      owningbusinessunit: call.user.businessUnit,
      regardingobjectid: event.row,
      regarding_guid: record ? guidToBytes(record.id) : null,
      primaryentitytype: event.table?.definition.logicalName ?? null,
      messagename: step.message,
      depth: call.depth,
      correlationid: guidToBytes(call.correlationId),
      requestid: guidToBytes(call.requestId),
    })
  }

  /** Returns the parent context for requests that belong to a message. @default the event's first message */
  contextOf(event: RecordEvent, message = event.messages[0], stage: StageName = 'PreOperation'): (() => string) | null {
    return message ? () => contextJson(this, event, message, stage) : null
  }
}

/** Returns the record of an event with its name, which a new record has only among its columns. */
function recordOf({ connection }: Session, { table, row, record, columns }: RecordEvent): LookupValue | null {
  if (!table || !record) return null
  const stored = row === null ? null : findRecord(connection, table, row)
  const given = columns?.[table.definition.primaryName ?? '']
  return { ...record, name: stored?.name ?? (typeof given === 'string' ? given : null) }
}

function fires({ filteringAttributes, message }: RegisteredStep, { requested }: RecordEvent): boolean {
  return message !== 'Update' || filteringAttributes === null || filteringAttributes.some((name) => requested.has(name))
}

/** Rows of one event as JSON, for the columns that its steps registered. */
export class Images {
  readonly #pipeline: Pipeline
  readonly #event: RecordEvent
  readonly #pre = new Map<string, string | null>()
  #postMark = -1
  readonly #post = new Map<string, string | null>()

  /** Begins with the pre-images that an earlier transaction of the same message kept. */
  constructor(pipeline: Pipeline, event: RecordEvent, preImages: Record<string, string | null> = {}) {
    this.#pipeline = pipeline
    this.#event = event
    for (const [columns, image] of Object.entries(preImages)) this.#pre.set(columns, image)
  }

  /** Returns the pre-images so far, for a later transaction. */
  kept(): Record<string, string | null> {
    return Object.fromEntries(this.#pre)
  }

  /** Reads the pre-images of all later stages, because the main operation changes the row. */
  keepPre(columnSets: readonly ColumnSet[]): void {
    this.#pre.clear()
    for (const columns of columnSets) this.pre(columns)
  }

  pre(columns: ColumnSet): string | null {
    return this.#image(this.#pre, columns)
  }

  /** Returns the post-image, which includes what earlier steps wrote. */
  post(columns: ColumnSet): string | null {
    if (this.#postMark !== this.#pipeline.writes) this.#post.clear()
    this.#postMark = this.#pipeline.writes
    return this.#image(this.#post, columns)
  }

  #image(known: Map<string, string | null>, columns: ColumnSet): string | null {
    const key = columns === true ? '*' : columns.join(' ')
    const found = known.get(key)
    if (found !== undefined) return found
    const { table, row } = this.#event
    const { connection, model } = this.#pipeline.session
    const image = table && row !== null ? findEntityRow(connection, model, table, row, knownColumns(table, columns)) : undefined
    const text = image ? JSON.stringify(image) : null
    known.set(key, text)
    return text
  }
}

/** Removes columns that the table lacks, which a step on every table may name. */
const knownColumns = (table: CompiledTable, columns: ColumnSet): ColumnSet =>
  columns === true ? true : columns.every((name) => table.columns.has(name)) ? columns : columns.filter((name) => table.columns.has(name))
