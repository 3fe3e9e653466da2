import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { v7 } from 'uuid'
import type { CascadeRequest } from '#engine/contract/cascades'
import { EngineError } from '#engine/contract/errors'
import type { Job } from '#engine/contract/jobs'
import type { LookupValue, RecordRow } from '#engine/contract/records'
import { verbatim } from '#text/english/verbatim'
import { openWorkbench, type Workbench } from '../../main/workbench/index.ts'
import { SOAK_MODEL, SOAK_RULES } from './model.ts'
import { Random } from './random.ts'

const USERS = ['alice', 'bob', 'carol']
const TABLES = ['account', 'contact', 'salesorder', 'task']

/** A small business under fire: what happens is drawn from a seed, what must hold is checked after each job. */
export class Soak {
  readonly violations: string[] = []
  readonly #path: string
  readonly #random: Random
  readonly #counts: Record<string, number> = {}
  #workbench: Workbench | undefined

  constructor(path: string, seed: number) {
    this.#path = path
    this.#random = new Random(seed)
  }

  get #open(): Workbench {
    if (!this.#workbench) throw new Error('The environment is not open')
    return this.#workbench
  }

  async prepare(): Promise<void> {
    this.#workbench = await this.#openAs('create')
    await this.#open.applyModel(SOAK_MODEL)
    const [unit] = (await this.#open.as('admin').findRecords({ table: 'businessunit', offset: 0, limit: 1 })).rows
    for (const fullname of USERS)
      await this.#open.as('admin').createRecord('systemuser', { fullname, ...(unit ? { businessunitid: unit } : {}) })
    await this.#open.changeSettings({
      thresholds: { Assign: 50, Delete: 50, Merge: 50 },
      batchSize: 100,
      maxAttempts: 2,
      retryDelaySeconds: 0,
      lockTimeoutSeconds: 5,
    })
    await this.#open.as('admin').generate(SOAK_RULES)
  }

  /** One cascade as a job or at once, with others writing and things going wrong until it is over. */
  async round(): Promise<void> {
    const request = await this.#request()
    const caller = this.#random.pick(['admin', ...USERS])
    const outcome = await this.#attempt(`start ${request.operation}`, () => this.#open.as(caller).execute(request))
    if (outcome?.jobId) await this.#untilOver(outcome.jobId, request)
    if (this.#random.chance(0.05)) await this.#reopen()
    if (this.#random.chance(0.2)) await this.#checkIntegrity()
    if ((await this.#open.as('admin').countRecords('contact')) < 5_000)
      await this.#attempt('generate', () => this.#open.as('admin').generate(SOAK_RULES))
  }

  counts(): Record<string, number> {
    return { ...this.#counts, violations: this.violations.length }
  }

  async close(): Promise<void> {
    if (this.violations.length === 0) await this.#checkIntegrity()
    await this.#open.close()
  }

  async #request(): Promise<CascadeRequest> {
    const operation = this.#random.pick(['Assign', 'Assign', 'Delete', 'Merge'] as const)
    const record = await this.#pick(this.#random.pick(operation === 'Merge' ? ['account'] : ['account', 'contact']))
    if (operation === 'Assign') return { operation, record, to: this.#random.pick(USERS) }
    if (operation === 'Delete') return { operation, record }
    return { operation, target: await this.#pick('account'), subordinate: record, parentingCheck: this.#random.chance(0.5) }
  }

  /** Jobs delete records between the count and the look; then it counts again. */
  async #pick(table: string): Promise<RecordRow> {
    const admin = this.#open.as('admin')
    for (;;) {
      const total = await admin.countRecords(table)
      if (total === 0) throw new EngineError('RECORD_NOT_FOUND', verbatim.text({ text: `No row of ${table} is left` }))
      const [row] = (await admin.findRecords({ table, offset: this.#random.below(total), limit: 1 })).rows
      if (row) return row
    }
  }

  async #untilOver(jobId: string, request: CascadeRequest): Promise<void> {
    const over = this.#open.jobEnded(jobId)
    let isOver = false
    const disturb = (async () => {
      while (!isOver) {
        await this.#disturb()
        await wait(this.#random.below(4))
      }
    })()
    const job = await over.finally(() => {
      isOver = true
    })
    await disturb
    await this.#afterJob(job, request)
  }

  /** What other users and the demo's fault buttons do. */
  async #disturb(): Promise<void> {
    const table = this.#random.pick(TABLES)
    const what = this.#random.next()
    if (what < 0.55)
      await this.#attempt('update', async () =>
        this.#open.as('admin').updateRecord(await this.#pick(table), { name: `touched ${this.#random.below(1_000)}` }),
      )
    else if (what < 0.75)
      await this.#attempt('create', async () =>
        this.#open.as('bob').createRecord('contact', { name: 'new', parentcustomerid: ref(await this.#pick('account')) }),
      )
    else if (what < 0.85)
      await this.#attempt('delete one', async () =>
        this.#open.as('admin').execute({ operation: 'Delete', record: await this.#pick('task') }, { mode: 'Sync' }),
      )
    else if (what < 0.9)
      await this.#attempt('reassign one', async () =>
        this.#open.as('admin').execute(
          { operation: 'Assign', record: await this.#pick('task'), to: this.#random.pick(USERS) },
          {
            mode: 'Sync',
          },
        ),
      )
    else if (what < 0.903) await this.#attempt('kill worker', () => this.#open.killWorker())
    else if (what < 0.97)
      await this.#attempt('disable user', async () => {
        const name = this.#random.pick(USERS)
        await this.#open.changeUser(name, { disabled: true })
        await wait(this.#random.below(20))
        await this.#open.changeUser(name, { disabled: false })
      })
    else
      await this.#attempt('preview', async () =>
        this.#open.as('admin').preview({ operation: 'Delete', record: await this.#pick('account') }),
      )
  }

  async #afterJob(job: Job, request: CascadeRequest): Promise<void> {
    this.#count(`job ${job.messageName} ${job.status}`)
    if (job.status === 'Paused') {
      const next = this.#random.pick(['resume', 'reexecute', 'cancel'] as const)
      const { resumeJob, reexecuteJob, cancelJob } = this.#open.as('admin')
      const move = { resume: resumeJob, reexecute: reexecuteJob, cancel: cancelJob }[next]
      const moved = await this.#attempt(next, () => move(job.id))
      if (moved && next !== 'cancel') await this.#afterJob(await this.#open.jobEnded(job.id), request)
      else if (!moved) await this.#attempt('cancel', () => this.#open.as('admin').cancelJob(job.id))
      return
    }
    if (job.status === 'Completed') await this.#checkCompleted(request, job.name)
  }

  async #checkCompleted(request: CascadeRequest, name: string): Promise<void> {
    const find = (record: { table: string; id: string }): RecordRow | undefined => {
      try {
        return this.#open.as('admin').getRecord(record)
      } catch {
        return undefined
      }
    }
    if (request.operation === 'Delete' && find(request.record)) this.#violated(`${name} completed and its root is still there`)
    if (request.operation !== 'Merge') return
    const subordinate = find(request.subordinate)
    const master = subordinate?.values.masterid as LookupValue | null | undefined
    if (subordinate && (subordinate.values.statecode !== 1 || master?.id !== request.target.id))
      this.#violated(`${name} completed and its subordinate is not retired`)
    const left = await this.#open.as('admin').findRecords({
      table: 'contact',
      filters: [{ column: 'parentcustomerid', operator: 'equals', value: ref(request.subordinate) }],
      offset: 0,
      limit: 1,
    })
    if (subordinate && left.total > 0) this.#count('contact hung on a subordinate meanwhile')
  }

  async #checkIntegrity(): Promise<void> {
    this.#count('integrity check')
    for (const finding of await this.#open.checkIntegrity()) this.#violated(finding)
    for (const job of this.#open.as('admin').findJobs({ kind: 'cascade', limit: 1_000 }).jobs)
      if (job.status === 'In Progress' || job.status === 'Waiting') this.#violated(`${job.name} is ${job.status} and nobody runs it`)
  }

  async #reopen(): Promise<void> {
    this.#count('reopen')
    await this.#open.close()
    this.#workbench = await this.#openAs('open')
  }

  #openAs(mode: 'create' | 'open'): Promise<Workbench> {
    const worker = () => new Worker(new URL('../../main/batch/batch.worker.ts', import.meta.url))
    return openWorkbench({ path: this.#path, mode, now: Date.now, newId: () => v7(), wait, worker })
  }

  /** Refusals are part of the game; anything that is not an error of ours is not. */
  async #attempt<T>(what: string, act: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await act()
      this.#count(what)
      return result
    } catch (error) {
      if (!(error instanceof EngineError))
        this.#violated(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      else this.#count(`${what} refused ${error.platformCode ?? error.code}`)
      return undefined
    }
  }

  #count(what: string): void {
    this.#counts[what] = (this.#counts[what] ?? 0) + 1
  }

  #violated(what: string): void {
    this.violations.push(what)
    console.error(`VIOLATION ${what}`)
  }
}

const ref = ({ table, id }: { table: string; id: string }) => ({ table, id })
