import { closeSync, cpSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { v7 } from 'uuid'
import { openEngine } from '#engine'
import type { CascadeRequest, ThresholdOperation } from '#engine/contract/cascades'
import type { RecordRef } from '#engine/contract/records'
import type { GenerateReport } from '#engine/contract/transfer'
import { openWorkbench } from '../../main/workbench/index.ts'
import type { Workbench } from '../../main/workbench/workbench.ts'
import { type Measured, measure } from './measure.ts'
import { MODEL, rulesFor } from './model.ts'
import type { Tree } from './shape.ts'

const given = { now: () => Date.now(), newId: () => v7() }

const spawnBatchWorker = () => new Worker(new URL('../../main/batch/batch.worker.ts', import.meta.url))

/** Opens as the product does. */
export const openPlain = (path: string): Promise<Workbench> =>
  openWorkbench({ path, mode: 'open', ...given, wait, worker: spawnBatchWorker })

/** Opens with all three threads started and the accounts of the cases found, so that a run measures work and not the loading of code. */
export async function openBench(path: string): Promise<Workbench> {
  const workbench = await openPlain(path)
  const admin = workbench.as('admin')
  await Promise.all([admin.countRecords('account'), admin.generate([{ table: 'account', count: 0 }]), admin.discardPlan('none')])
  await Promise.all(['Root', 'Target', 'Small', 'Other 0'].map((name) => accountNamed(workbench, name).catch(() => undefined)))
  return workbench
}

/** An environment with the model and the user that records are assigned to. */
export function createEnvironment(path: string): void {
  const engine = openEngine({ path, ...given, mode: 'create' })
  engine.applyModel(MODEL)
  const loader = engine.as('admin').load()
  const [unit = 0] = loader.rows('businessunit')
  loader.insert('systemuser', given.newId(), {
    fullname: 'New Owner',
    businessunitid: { table: 'businessunit', row: unit },
    isdisabled: false,
  })
  loader.commit()
  engine.close()
}

/** Rows by the product's own generator, and what that took. */
export async function generateTrees(path: string, trees: Tree[]): Promise<Measured<GenerateReport>> {
  const workbench = await openBench(path)
  const measured = await measure(() => workbench.as('admin').generate(trees.flatMap(rulesFor)))
  await workbench.close()
  return measured
}

/** A fresh copy for each run, because a run changes it; on the disk already, so that no run waits for the copy to be written. */
export function copyOf(path: string): string {
  const copy = `${path}-run`
  for (const ending of ['', '-wal', '-shm']) rmSync(copy + ending, { force: true })
  cpSync(path, copy)
  const file = openSync(copy, 'r+')
  fsyncSync(file)
  closeSync(file)
  return copy
}

const found = new WeakMap<Workbench, Map<string, RecordRef>>()

export async function accountNamed(workbench: Workbench, name: string): Promise<RecordRef> {
  const known = found.get(workbench) ?? new Map<string, RecordRef>()
  found.set(workbench, known)
  const ref = known.get(name) ?? (await findAccount(workbench, name))
  known.set(name, ref)
  return ref
}

async function findAccount(workbench: Workbench, name: string): Promise<RecordRef> {
  const filters = [{ column: 'name', operator: 'equals' as const, value: name }]
  const { rows } = await workbench.as('admin').findRecords({ table: 'account', filters, offset: 0, limit: 1 })
  const [row] = rows
  if (row === undefined) throw new Error(`The benchmark's data has no account ${name}`)
  return { table: row.table, id: row.id }
}

/** What is measured: a reassign of all that the administrator owns, and a bulk delete of all contacts with what hangs on them. */
export type BenchOperation = ThresholdOperation | 'Reassign' | 'BulkDelete'

export async function requestFor(workbench: Workbench, operation: BenchOperation, root = 'Root'): Promise<CascadeRequest> {
  const record = await accountNamed(workbench, root)
  if (operation === 'Assign') return { operation, record, to: 'New Owner' }
  if (operation === 'Delete') return { operation, record }
  if (operation === 'BulkDelete') return { operation, table: 'contact', where: [] }
  if (operation === 'Reassign') return { operation, from: 'admin', to: 'New Owner' }
  return { operation, subordinate: record, target: await accountNamed(workbench, 'Target') }
}
