import { rmSync } from 'node:fs'
import type { Engine } from '#engine'
import type { Preview } from '#engine/contract/cascades'
import { EngineError } from '#engine/contract/errors'
import type { Job } from '#engine/contract/jobs'
import { runJob as runBatches } from '../run-job.ts'
import { worldAfter } from './apply.ts'
import { callerKey, founderOf, makeEnvironment, requestOf, type Snapshot, snapshotOf } from './environment.ts'
import { impossible, planOf, type ReferencePlan } from './plan.ts'
import type { OperationSketch, Sketch } from './sketch.ts'
import { type World, worldOf } from './world.ts'

/** An engine and the reference side by side, in the same state. */
export interface Pair {
  engine: Engine
  world: World
}

/** What either side says of an operation before it happens; two of them can be compared as they are. */
export type Answer =
  | { impossible: { code: string; platformCode: string | null } }
  | {
      /** `key level action`, sorted. */
      rows: string[]
      affected: number
      byTable: Record<string, number>
      blockers: string[]
      blockedCount: number
      refused: boolean
      nothingToDo: boolean
      linksRemoved: number
    }

export async function withPair<T>(path: string, sketch: Sketch, use: (pair: Pair) => T): Promise<T> {
  const engine = makeEnvironment(path, sketch)
  try {
    return use({ engine, world: worldOf(sketch, founderOf(engine)) })
  } finally {
    engine.close()
    removeEnvironment(path)
  }
}

export const removeEnvironment = (path: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true })
}

export function referenceAnswer(world: World, operation: OperationSketch): Answer {
  const reason = impossible(world, operation)
  if (reason) return { impossible: reason }
  const { items, affected, byTable, blockers, refusals, nothingToDo, linksRemoved } = planOf(world, operation)
  return {
    rows: items.map(({ key, level, action }) => `${key} ${level} ${action}`).sort(),
    affected,
    byTable,
    blockers: blockers.toSorted(),
    blockedCount: blockers.length,
    refused: refusals.length > 0,
    nothingToDo,
    linksRemoved,
  }
}

export function engineAnswer(engine: Engine, sketch: Sketch, operation: OperationSketch): Answer {
  const preview = attempt(() => engine.as(operation.caller).planCascade(requestOf(sketch, operation), 'Auto'))
  if (preview instanceof EngineError) return { impossible: { code: preview.code, platformCode: preview.platformCode } }
  const { rows } = engine.as('admin').findPlanRows({ planId: preview.planId, offset: 0, limit: 1_000 })
  engine.as('admin').discardPlan(preview.planId)
  return {
    rows: preview.nothingToDo ? [] : rows.map(({ record, level, action }) => `${record.table}/${record.id} ${level} ${action}`).sort(),
    affected: preview.affected,
    byTable: preview.byTable,
    blockers: preview.blockedBy.map(({ record, relationship }) => `${record.table}/${record.id} ${relationship}`).sort(),
    blockedCount: preview.blockedCount,
    refused: preview.refusal !== null || preview.blockedCount > 0,
    nothingToDo: preview.nothingToDo,
    linksRemoved: preview.linksRemoved,
  }
}

/** An engine's error as a value; anything else is a bug and goes on. */
export function attempt<T>(act: () => T): T | EngineError {
  try {
    return act()
  } catch (error) {
    if (error instanceof EngineError) return error
    throw error
  }
}

export const planSync = ({ engine, world }: Pair, operation: OperationSketch): Preview =>
  engine.as(operation.caller).planCascade(requestOf(world.sketch, operation), 'Sync')

/** Runs a job batch by batch, `seen` after each, until it ends or pauses. */
export function runJob({ engine, world }: Pair, operation: OperationSketch, seen: (job: Job) => void = () => {}): Job | EngineError {
  return attempt(() => {
    const { planId } = engine.as(operation.caller).planCascade(requestOf(world.sketch, operation), 'Async')
    const { id } = engine.as(operation.caller).createJob(planId)
    engine.prepareJob(id, planId)
    return finishJob(engine, id, seen)
  })
}

export function finishJob(engine: Engine, id: string, seen: (job: Job) => void = () => {}): Job {
  for (let batch = 0; batch < 100_000; batch++) {
    // A clock that stands still has always reached the time 0: one batch at a time.
    const job = runBatches(engine, id, 0)
    seen(job)
    if (job.status !== 'Waiting' && job.status !== 'In Progress') return job
  }
  throw new Error('The job does not end')
}

/** The state after so many items of a plan, as either side would show it. */
export function referenceSnapshot(world: World): Snapshot {
  return { rows: Object.fromEntries([...world.rows].map(([key, { values }]) => [key, values])), links: [...world.links].sort() }
}

export const worldAfterOperation = ({ engine, world }: Pair, operation: OperationSketch, plan: ReferencePlan, count?: number): World =>
  worldAfter(world, operation, plan, callerKey(engine, operation.caller), count)

export { snapshotOf }
