import { type Engine, openEngine } from '#engine'
import { EngineError } from '#engine/contract/errors'
import type { Job } from '#engine/contract/jobs'
import type { RecordRef } from '#engine/contract/records'
import { inEnglish } from '#text/english'
import { optionsFor } from '../../environment-example.ts'

/** Jobs are run for this many turns, since one that always fails is tried again and again. */
const TURNS = 12

/**
 * Uses an environment as the app and the command line do: lists, opens, plans, changes, runs jobs. Refusals with a code of the product are
 * expected.
 * @throws anything else, and what opening it throws
 */
export async function exerciseEnvironment(path: string, agreementKey: string | undefined): Promise<void> {
  let nowMs = Date.UTC(2026, 1, 1)
  const { agreementKey: _own, ...options } = optionsFor(path, { now: () => (nowMs += 60_000) })
  const engine = openEngine({ ...options, ...(agreementKey === undefined ? {} : { agreementKey }) })
  try {
    look(engine)
    act(engine)
    await runJobs(engine)
    look(engine)
    attempt(() => engine.checkIntegrity())
  } finally {
    engine.close()
  }
}

/** Returns what a call returns, or `undefined` where it is refused. */
function attempt<T>(call: () => T): T | undefined {
  try {
    const result = call()
    // What cannot be sent to the renderer is a defect as well.
    JSON.stringify(result)
    return result
  } catch (error) {
    if (error instanceof EngineError) return undefined
    throw error
  }
}

const adminOf = (engine: Engine) => {
  const info = attempt(() => engine.info())
  return info && attempt(() => engine.as(info.administratorId))
}

function look(engine: Engine): void {
  attempt(() => engine.settings())
  attempt(() => engine.findPlugins().map(({ name }) => engine.pluginPackage(name)))
  attempt(() => engine.findSteps())
  attempt(() => engine.findPrincipals())
  const admin = adminOf(engine)
  if (!admin) return
  for (const { logicalName: table, columns } of attempt(() => engine.model().tables) ?? []) {
    attempt(() => admin.countRecords(table))
    const page = attempt(() => admin.findRecords({ table, offset: 0, limit: 100 }))
    for (const { id } of page?.rows ?? []) attempt(() => admin.getRecord({ table, id }))
    for (const { logicalName: column } of columns.slice(0, 12))
      attempt(() => admin.findRecords({ table, offset: 0, limit: 5, sort: { column, direction: 'descending' } }))
    attempt(() => admin.findRecords({ table, offset: 0, limit: 5, search: 'a' }))
  }
  for (const job of attempt(() => admin.findJobs({ limit: 100 }))?.jobs ?? []) {
    print(job)
    const { id } = job
    for (const { atMs, text } of attempt(() => admin.getJob(id))?.messages ?? []) print({ message: text, createdOnMs: atMs })
    attempt(() => engine.jobTables(id))
  }
  for (const { number } of attempt(() => admin.findStepRuns({ limit: 100 }))?.runs ?? []) {
    attempt(() => admin.getStepRun(number))
    attempt(() => admin.findRunTree(number))
  }
  attempt(() => admin.findStepTimes())
  attempt(() => admin.findNotifications(0))
}

/** Says and dates what the command line and the screens do. */
function print({
  message,
  ...times
}: Pick<Partial<Job>, 'message' | 'createdOnMs' | 'startedOnMs' | 'completedOnMs' | 'postponeUntilMs'>): void {
  if (message) inEnglish(message)
  for (const ms of [times.createdOnMs, times.startedOnMs, times.completedOnMs, times.postponeUntilMs])
    if (ms !== null && ms !== undefined) new Date(ms).toISOString()
}

function act(engine: Engine): void {
  const admin = adminOf(engine)
  if (!admin) return
  const accounts = (attempt(() => admin.findRecords({ table: 'account', offset: 0, limit: 8 }))?.rows ?? []) as RecordRef[]
  const [first, second, third, fourth] = accounts.map(({ table, id }) => ({ table, id }))
  attempt(() => admin.createRecord('account', { name: 'new' }))
  if (first) attempt(() => admin.updateRecord(first, { name: 'changed', employees: 3 }))
  const run = (plan: () => { planId: string }) =>
    attempt(() => {
      const { planId } = plan()
      admin.findPlanRows({ planId, offset: 0, limit: 50 })
      admin.executeSync(planId)
    })
  if (second) run(() => admin.planCascade({ operation: 'Assign', record: second, to: 'alice' }, 'Sync'))
  if (first && third) run(() => admin.planCascade({ operation: 'Merge', target: first, subordinate: third }, 'Sync'))
  if (fourth) run(() => admin.planCascade({ operation: 'Delete', record: fourth }, 'Sync'))
  attempt(() => engine.changeSettings({ batchSize: 3 }))
}

async function runJobs(engine: Engine): Promise<void> {
  attempt(() => engine.recoverJobs())
  for (let turn = 0; turn < TURNS; turn++) {
    const job = attempt(() => engine.nextJob())
    if (!job) break
    await runJob(engine, job.id)
  }
  const admin = adminOf(engine)
  for (const { id, status } of attempt(() => admin?.findJobs({ limit: 100 }))?.jobs ?? []) {
    if (status !== 'Paused') continue
    attempt(() => admin?.reexecuteJob(id))
    await runJob(engine, id)
    attempt(() => admin?.cancelJob(id))
  }
}

async function runJob(engine: Engine, id: string): Promise<void> {
  try {
    await engine.runJob(id, 0)
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
  }
}
