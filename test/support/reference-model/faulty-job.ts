import { expect } from 'vitest'
import type { Engine } from '#engine'
import { openEngine } from '#engine'
import type { CascadeRequest } from '#engine/contract/cascades'
import type { JobFaults } from '#engine/contract/engine'
import { EngineError, PLATFORM_ERRORS } from '#engine/contract/errors'
import type { Job } from '#engine/contract/jobs'
import type { RecordRef } from '#engine/contract/records'
import { messageOfJob } from '../message-of-job.ts'
import { runJob } from '../run-job.ts'
import { worldAfter } from './apply.ts'
import { callerKey, given, requestOf, type Snapshot, snapshotOf } from './environment.ts'
import { type Item, impossible, planOf } from './plan.ts'
import type { Tally } from './runs.ts'
import { attempt, referenceSnapshot } from './session.ts'
import type { OperationSketch, Sketch } from './sketch.ts'
import { rowId } from './sketch.ts'
import type { Key, World } from './world.ts'
import { ownerKey } from './world.ts'

/** What happens to a job or around it. The numbers pick a record and what is done to it. */
export interface Step {
  kind: StepKind
  pick: number
  other: number
}

export const STEP_KINDS = [
  'batch',
  'failing batch',
  'held batch',
  'delete',
  'change',
  'move',
  'assign',
  'child',
  'disable author',
  'enable author',
  'remove author',
  'add author',
  'reopen',
  'resume',
  'execute again',
  'cancel',
] as const
export type StepKind = (typeof STEP_KINDS)[number]

export interface FaultySetup {
  path: string
  sketch: Sketch
  operation: OperationSketch
  tally: Tally
}

/** In whose name a job runs, and who disturbs it and moves it about. */
export const AUTHOR = 'bob'
const OTHER_USER = 'alice'

/** What may stop a job of which nobody takes records away any more. */
const LASTING_REASONS: Record<OperationSketch['operation'], string[]> = {
  Assign: [],
  Delete: [PLATFORM_ERRORS.CannotDeleteDueToAssociation],
  Merge: [PLATFORM_ERRORS.ObjectDoesNotExist, PLATFORM_ERRORS.MergeLossOfParentingWarning, PLATFORM_ERRORS.MergeDifferentlyParentedWarning],
}

/** One job with everything that happens to it, and what must hold after each step. */
export class FaultyJob {
  readonly #setup: FaultySetup
  /** Grows by the rows that others make. */
  readonly #sketch: Sketch
  readonly #newId = given().newId
  #nowMs = Date.UTC(2026, 0, 2)
  #engine: Engine
  #job: Job
  #snapshot: Snapshot
  /** In the order of processing; nothing where the job is yet to be planned. */
  #plan: Item[] | undefined
  #announced = { cascadeAsync_SuccessAPI: 0, cascadeAsync_FailureAPI: 0 }

  /** The job of an operation that is possible; some are not prepared yet, as if the environment had been closed before. */
  constructor(setup: FaultySetup, isPrepared: boolean) {
    this.#setup = setup
    this.#sketch = { ...setup.sketch, rows: [...setup.sketch.rows] }
    this.#engine = this.#open()
    this.#snapshot = snapshotOf(this.#engine, this.#sketch)
    const { planId } = this.#engine.as(AUTHOR).planCascade(this.#request(), 'Async')
    const { id } = this.#engine.as(AUTHOR).createJob(planId)
    if (isPrepared) {
      this.#plan = this.#planNow()
      this.#engine.prepareJob(id, planId)
    }
    this.#job = this.#engine.as('admin').getJob(id).job
  }

  close(): void {
    this.#engine.close()
  }

  take({ kind, pick, other }: Step): void {
    switch (kind) {
      case 'batch':
        this.#batch({ failBatch: null })
        break
      case 'failing batch':
        this.#batch({ failBatch: this.#job.batches + 1 })
        this.#count('batches that were made to fail', messageOfJob(this.#job)?.includes('Fault: ') ?? false)
        break
      case 'held batch':
        this.#heldBatch(pick, other)
        break
      case 'reopen':
        this.#reopen()
        break
      case 'resume':
        this.#moveByHand('resumed', () => this.#engine.as(OTHER_USER).resumeJob(this.#job.id))
        break
      case 'execute again':
        this.#executeAgain()
        break
      case 'cancel':
        this.#moveByHand('cancelled', () => this.#engine.as(OTHER_USER).cancelJob(this.#job.id))
        break
      default:
        this.#disturb(kind, pick, other)
    }
  }

  /** Nothing goes wrong any more: the job comes to its end, with such help as a person would give. */
  finish(): void {
    this.#engine.changeUser(AUTHOR, { disabled: false, removed: false })
    for (const help of ['', 'resume', 'execute again', 'resume'] as const) {
      if (help !== '') this.take({ kind: help, pick: 0, other: 0 })
      this.#runOn()
      if (this.#isEnded()) break
    }
    if (!this.#isEnded()) {
      const { operation } = this.#setup.operation
      const reasons = impossible(this.#world(), this.#setup.operation) ? [PLATFORM_ERRORS.ObjectDoesNotExist] : LASTING_REASONS[operation]
      expect(reasons, `${messageOfJob(this.#job)}`).toContain(this.#job.errorCode)
      this.take({ kind: 'cancel', pick: 0, other: 0 })
    }

    expect(this.#isEnded()).toBe(true)
    expect(this.#engine.nextJob()).toBe(undefined)
    expect(this.#engine.nextDueMs()).toBe(undefined)
    const messages = this.#engine
      .as('admin')
      .findNotifications(0)
      .map(({ message }) => message)
    for (const [name, count] of Object.entries(this.#announced)) expect(messages.filter((message) => message === name).length).toBe(count)
    this.#count(`jobs that ended ${this.#job.status}`)
  }

  #runOn(): void {
    for (let batches = 0; this.#job.status === 'Waiting' || this.#job.status === 'In Progress'; batches++) {
      if (batches > 1_000) throw new Error('The job does not end')
      this.#batch({ failBatch: null })
    }
  }

  #isEnded(): boolean {
    return this.#job.statecode === 3
  }

  // ── The job ────────────────────────────────────────────────────────────────────────────────────

  #batch(faults: JobFaults): void {
    const run = () => runJob(this.#engine, this.#job.id, 0, faults)
    if (this.#comeDue()) this.#runs(run)
    else this.#stays(run)
  }

  /** Others meet the records of a held batch as held; then it runs, or the environment is closed first. */
  #heldBatch(pick: number, other: number): void {
    const hold = () => {
      this.#engine.holdBatch(this.#job.id)
      return this.#engine.as('admin').getJob(this.#job.id).job
    }
    if (this.#comeDue()) this.#runs(hold)
    else this.#stays(hold)
    const { processed, status, total } = this.#job
    if (status !== 'In Progress' || total === processed) return
    const batch = (this.#plan ?? []).slice(processed, processed + this.#engine.settings().batchSize)
    const there = batch.filter(({ key }) => this.#snapshot.rows[key])
    const touched = there[pick % Math.max(1, there.length)]
    if (touched) {
      const refusal = attempt(() => this.#engine.as(OTHER_USER).updateRecord(refOf(touched.key), { note: 'touched' }))
      expect(refusal).toMatchObject({ code: 'RECORD_HELD', details: { jobId: this.#job.id } })
      this.#count('touches of held records')
    }
    if (other % 3 > 0) this.#runs(() => this.#engine.runHeld(this.#job.id))
    else {
      this.#reopen()
      this.#count('reopenings in the midst of a held batch')
    }
  }

  /** Whether the job may run; time passes until a postponed one is due. */
  #comeDue(): boolean {
    const { status, postponeUntilMs } = this.#job
    if (status !== 'Waiting' && status !== 'In Progress') return false
    if (postponeUntilMs !== null && postponeUntilMs > this.#nowMs) {
      expect(this.#engine.nextJob()).toBe(undefined)
      expect(this.#engine.nextDueMs()).toBe(postponeUntilMs)
      this.#nowMs = postponeUntilMs
    }
    expect(this.#engine.nextJob()?.id).toBe(this.#job.id)
    return true
  }

  /** A job that is over or paused does nothing, whoever asks. */
  #stays(run: () => unknown): void {
    attempt(run)
    expect(this.#engine.as('admin').getJob(this.#job.id).job).toEqual(this.#job)
    expect(snapshotOf(this.#engine, this.#sketch)).toEqual(this.#snapshot)
  }

  #runs(run: () => Job): void {
    const before = { job: this.#job, world: this.#world(), snapshot: this.#snapshot }
    const isPlanning = this.#plan === undefined
    const plan = this.#plan ?? this.#planNow()

    const job = run()
    this.#job = job
    this.#snapshot = snapshotOf(this.#engine, this.#sketch)

    if (job.status === 'Failed') {
      expect(isPlanning).toBe(true)
      expect(this.#snapshot).toEqual(before.snapshot)
      this.#announced.cascadeAsync_FailureAPI++
      return
    }
    this.#plan = plan
    if (isPlanning) expect({ total: job.total, from: before.job.processed }).toEqual({ total: plan.length, from: 0 })
    else expect(job.total).toBe(before.job.total)
    this.#checkStates(before.job)
    const done = plan.slice(before.job.processed, job.processed)
    expect(job.batches - before.job.batches).toBe(done.length > 0 ? 1 : 0)
    if (done.length === 0) expect(this.#snapshot).toEqual(before.snapshot)
    else this.#checkRecords(before, plan, done)
    expect(this.#engine.checkIntegrity()).toEqual([])
  }

  /** Tries, delays, pauses and the end, as the rules count them. */
  #checkStates(before: Job): void {
    const { maxAttempts, retryDelaySeconds } = this.#engine.settings()
    const { status, processed, total, attempts, postponeUntilMs, message, retryCount } = this.#job
    expect(processed).toBeGreaterThanOrEqual(before.processed)
    expect(processed).toBeLessThanOrEqual(total)
    expect(retryCount - before.retryCount).toBe(status === 'Waiting' ? 1 : 0)
    if (status === 'Waiting') {
      expect(attempts).toBeLessThan(maxAttempts)
      expect(postponeUntilMs).toBe(this.#nowMs + retryDelaySeconds * 1_000 * 2 ** (attempts - 1))
      expect(message).not.toBe(null)
      this.#count('tries that failed')
    } else if (status === 'Paused') {
      expect({ attempts, hasMessage: message !== null }).toEqual({ attempts: maxAttempts, hasMessage: true })
      this.#announced.cascadeAsync_FailureAPI++
      this.#count('pauses')
    } else if (status === 'Completed') {
      expect({ processed, message }).toEqual({ processed: total, message: null })
      this.#announced.cascadeAsync_SuccessAPI++
    } else expect(status).toBe('In Progress')
  }

  /** The batch did to its records what it must, and nothing to any others. */
  #checkRecords({ job, world, snapshot }: { job: Job; world: World; snapshot: Snapshot }, plan: Item[], done: Item[]): void {
    const { operation } = this.#setup
    if (operation.operation === 'Assign') {
      const there = done.filter(({ key }) => world.rows.has(key))
      const expected = worldAfter(world, operation, { ...planLike(there) }, callerKey(this.#engine, AUTHOR))
      expect(this.#snapshot).toEqual(referenceSnapshot(expected))
      return
    }
    const allowed = new Set(done.map(({ key }) => key))
    if (operation.operation === 'Merge')
      for (const position of [operation.target, operation.subordinate]) allowed.add(this.#keyAt(position))
    else {
      for (const { key } of done.filter(({ action }) => action === 'delete')) {
        expect(this.#snapshot.rows[key], `${key} is still there`).toBe(undefined)
        // What came to hang on it goes with it, and what hangs on that.
        for (const reached of this.#deletedWith(world, key)) allowed.add(reached)
      }
      for (const { key } of plan.slice(job.processed + done.length).filter(({ action }) => action === 'delete'))
        expect(this.#snapshot.rows[key] === undefined, `${key} came before its turn`).toBe(snapshot.rows[key] === undefined)
    }
    const keys = new Set([...Object.keys(snapshot.rows), ...Object.keys(this.#snapshot.rows)])
    const changed = [...keys].filter((key) => !isSame(snapshot.rows[key], this.#snapshot.rows[key]))
    expect(changed.filter((key) => !allowed.has(key))).toEqual([])
    const links = (from: Snapshot, to: Snapshot) => from.links.filter((link) => !to.links.includes(link))
    const changedLinks = [...links(snapshot, this.#snapshot), ...links(this.#snapshot, snapshot)]
    expect(changedLinks.filter((link) => !link.split(' ').some((part) => allowed.has(part)))).toEqual([])
  }

  #deletedWith(world: World, key: Key): Key[] {
    const row = positionOf(key)
    if (!world.rows.has(key)) return []
    const { items } = planOf(world, { operation: 'Delete', caller: AUTHOR, row })
    const gone = new Set(items.map((item) => item.key))
    return [...gone, ...[...world.rows.values()].filter(({ values }) => gone.has(String(values.masterid))).map((merged) => merged.key)]
  }

  // ── Around the job ─────────────────────────────────────────────────────────────────────────────

  #moveByHand(done: string, move: () => Job): void {
    const moved = attempt(move)
    const isPaused = this.#job.status === 'Paused'
    if (!isPaused) expect(moved).toMatchObject({ code: 'JOB_MOVE_REFUSED' })
    else if (!(moved instanceof EngineError)) {
      expect(moved).toMatchObject({ status: done === 'cancelled' ? 'Cancelled' : 'Waiting', processed: this.#job.processed })
      this.#count(`jobs that were ${done}`)
    }
    this.#job = this.#engine.as('admin').getJob(this.#job.id).job
    expect(snapshotOf(this.#engine, this.#sketch)).toEqual(this.#snapshot)
  }

  /** Its position falls to the beginning of a plan that is yet to be made; refused where there is nothing left to plan. */
  #executeAgain(): void {
    const before = this.#job
    const moved = attempt(() => this.#engine.as(OTHER_USER).reexecuteJob(before.id))
    this.#job = this.#engine.as('admin').getJob(before.id).job
    expect(snapshotOf(this.#engine, this.#sketch)).toEqual(this.#snapshot)
    if (before.status !== 'Paused') expect(moved).toMatchObject({ code: 'JOB_MOVE_REFUSED' })
    if (moved instanceof EngineError) {
      expect(this.#job).toEqual(before)
      return
    }
    expect(moved).toMatchObject({ status: 'Waiting', processed: 0, total: 0, attempts: 0 })
    this.#plan = undefined
    this.#count('jobs that were executed again')
  }

  #reopen(): void {
    const wasUnderWay = this.#job.status === 'In Progress'
    this.#engine.close()
    this.#engine = this.#open()
    const recovered = this.#engine.recoverJobs()
    const { job } = this.#engine.as('admin').getJob(this.#job.id)

    expect(recovered.map(({ id }) => id)).toEqual(wasUnderWay ? [job.id] : [])
    expect(job).toEqual({
      ...this.#job,
      ...(wasUnderWay ? { status: 'Waiting', statecode: 0, statuscode: 0, modifiedOnMs: this.#nowMs } : {}),
    })
    expect(snapshotOf(this.#engine, this.#sketch)).toEqual(this.#snapshot)
    this.#job = job
    this.#count('reopenings of a job under way', wasUnderWay)
  }

  /** What others do to records of the plan, as far as they may. */
  #disturb(kind: StepKind, pick: number, other: number): void {
    const keys = (this.#plan ?? this.#planNow()).map(({ key }) => key)
    const there = keys.filter((key) => this.#snapshot.rows[key])
    const key = there[pick % Math.max(1, there.length)]
    const act = this.#actOf(kind, key, other)
    if (!act) return
    const done = attempt(act)
    this.#snapshot = snapshotOf(this.#engine, this.#sketch)
    expect(this.#engine.as('admin').getJob(this.#job.id).job).toEqual(this.#job)
    this.#count(`${kind}, done`, !(done instanceof EngineError) && !this.#isEnded())
  }

  #actOf(kind: StepKind, key: Key | undefined, other: number): (() => unknown) | undefined {
    if (kind === 'disable author' || kind === 'enable author')
      return () => this.#engine.changeUser(AUTHOR, { disabled: kind === 'disable author' })
    if (kind === 'remove author' || kind === 'add author')
      return () => this.#engine.changeUser(AUTHOR, { removed: kind === 'remove author' })
    if (key === undefined) return undefined
    const record = refOf(key)
    if (kind === 'change') return () => this.#engine.as(OTHER_USER).updateRecord(record, { note: `Changed ${other}` })
    if (kind === 'delete') return () => this.#sync({ operation: 'Delete', record })
    if (kind === 'assign') return () => this.#sync({ operation: 'Assign', record, to: 'carol' })
    if (kind === 'move') return this.#moveTo(record, other)
    return this.#childOf(record, other)
  }

  #sync(request: CascadeRequest): void {
    const { planId } = this.#engine.as(OTHER_USER).planCascade(request, 'Sync')
    try {
      this.#engine.as(OTHER_USER).executeSync(planId)
    } finally {
      this.#engine.as('admin').discardPlan(planId)
    }
  }

  /** Points one of its lookups to another row, or to none. */
  #moveTo(record: RecordRef, other: number): (() => unknown) | undefined {
    const lookups = this.#sketch.relationships.filter(({ child }) => child === record.table)
    const lookup = lookups[other % Math.max(1, lookups.length)]
    if (!lookup) return undefined
    const targets = Object.keys(this.#snapshot.rows).filter((key) => refOf(key).table === lookup.parent)
    const target = targets[other % (targets.length + 1)]
    return () => this.#engine.as(OTHER_USER).updateRecord(record, { [lookup.attribute]: target ? refOf(target) : null })
  }

  #childOf(record: RecordRef, other: number): (() => unknown) | undefined {
    const below = this.#sketch.relationships.filter(({ parent }) => parent === record.table)
    const relationship = below[other % Math.max(1, below.length)]
    if (!relationship) return undefined
    const { child, attribute } = relationship
    const position = this.#sketch.rows.length
    return () => {
      const values = { [`${child}id`]: rowId(position), name: `Row ${position}`, [attribute]: record }
      this.#engine.as(OTHER_USER).createRecord(child, values)
      this.#sketch.rows.push({ table: child, owner: 'alice', lookups: {} })
    }
  }

  // ── The reference ──────────────────────────────────────────────────────────────────────────────

  /** The environment as it is, as the reference sees it; ids tell the order of creation. */
  #world(): World {
    const tables = new Map(this.#sketch.tables.map((table) => [table.name, table]))
    const rows = Object.entries(this.#snapshot.rows).flatMap(([key, values]) => {
      const table = tables.get(refOf(key).table)
      return table ? [[key, { key, table, created: positionOf(key), values }] as const] : []
    })
    return { sketch: this.#sketch, settings: this.#engine.settings(), rows: new Map(rows), links: new Set(this.#snapshot.links) }
  }

  /** What the job would be planned as now; nothing where it cannot be planned. */
  #planNow(): Item[] {
    const world = this.#world()
    const { operation } = this.#setup
    if (impossible(world, operation)) return []
    if (operation.operation !== 'Assign') return planOf(world, operation).items
    // A job that is executed again overwrites all owners, whoever has the root by now.
    const isAlices = world.rows.get(this.#keyAt(operation.row))?.values.ownerid === ownerKey('alice')
    return planOf(world, { ...operation, to: isAlices ? 'carol' : 'alice' }).items
  }

  #keyAt(position: number): Key {
    return `${this.#sketch.rows[position]?.table}/${rowId(position)}`
  }

  #request(): CascadeRequest {
    return requestOf(this.#sketch, this.#setup.operation)
  }

  #open(): Engine {
    return openEngine({ path: this.#setup.path, mode: 'open', now: () => this.#nowMs, newId: () => `2${this.#newId().slice(1)}` })
  }

  #count(what: string, happened = true): void {
    this.#setup.tally.add(what, happened)
  }
}

const planLike = (items: Item[]) => ({
  items,
  affected: items.length,
  byTable: {},
  blockers: [],
  refusals: [],
  nothingToDo: false,
  linksRemoved: 0,
  metAgain: false,
})

function refOf(key: Key): RecordRef {
  const [table = '', id = ''] = key.split('/')
  return { table, id }
}

const positionOf = (key: Key): number => Number(key.slice(-12))

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
