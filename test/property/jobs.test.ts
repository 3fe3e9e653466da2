import { copyFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openEngine } from '#engine'
import { EngineError } from '#engine/contract/errors'
import type { Job } from '#engine/contract/jobs'
import { operationsOn } from '../support/reference-model/arbitraries.ts'
import { founderOf, given, makeEnvironment, type Snapshot, snapshotOf } from '../support/reference-model/environment.ts'
import { impossible, planOf, type ReferencePlan } from '../support/reference-model/plan.ts'
import { assertOften, freshPaths, Tally } from '../support/reference-model/runs.ts'
import {
  attempt,
  planSync,
  referenceSnapshot,
  removeEnvironment,
  runJob,
  withPair,
  worldAfterOperation,
} from '../support/reference-model/session.ts'
import type { OperationSketch } from '../support/reference-model/sketch.ts'
import { worldOf } from '../support/reference-model/world.ts'

const freshPath = freshPaths()
const batchSizes = fc.integer({ min: 1, max: 7 })

test('a cascade leaves the same behind whether it runs at once or as a job in batches of any size [JB7, EF5]', async () => {
  const tally = new Tally()
  await assertOften(
    fc.asyncProperty(operationsOn({ min: 1, max: 1 }), batchSizes, async ({ sketch, operations: [operation] }, batchSize) => {
      const [path, copy] = [freshPath(), freshPath()]
      makeEnvironment(path, sketch).close()
      copyFileSync(path, copy)
      const [sync, async] = [path, copy].map((each) => openEngine({ path: each, ...given(), mode: 'open' })) as [
        ReturnType<typeof openEngine>,
        ReturnType<typeof openEngine>,
      ]
      try {
        const world = worldOf(sketch, founderOf(sync))
        if (!operation || impossible(world, operation) || planOf(world, operation).nothingToDo) return
        async.changeSettings({ batchSize })

        const atOnce = attempt(() => sync.as(operation.caller).executeSync(planSync({ engine: sync, world }, operation).planId))
        const job = runJob({ engine: async, world }, operation)

        expect(job instanceof EngineError ? job.platformCode : job.status).toBe(
          atOnce instanceof EngineError ? atOnce.platformCode : 'Completed',
        )
        expect(snapshotOf(async, sketch)).toEqual(snapshotOf(sync, sketch))
        expect(async.checkIntegrity()).toEqual([])
        tally.add('jobs', !(job instanceof EngineError))
        tally.add('jobs of several batches', !(job instanceof EngineError) && job.batches > 1)
        tally.add(`${operation.operation} of several batches`, !(job instanceof EngineError) && job.batches > 1)
        tally.add('refused', job instanceof EngineError)
      } finally {
        for (const engine of [sync, async]) engine.close()
        for (const each of [path, copy]) removeEnvironment(each)
      }
    }),
    {
      runs: 150,
      tally,
      least: {
        jobs: 40,
        'jobs of several batches': 15,
        'Assign of several batches': 2,
        'Delete of several batches': 4,
        'Merge of several batches': 2,
        refused: 8,
      },
    },
  )
})

test('after each batch exactly the first records of the order are done: levels down, for a delete up, by creation within one [PL10, JB3]', async () => {
  const tally = new Tally()
  await assertOften(
    fc.asyncProperty(operationsOn({ min: 1, max: 1 }), batchSizes, ({ sketch, operations: [operation] }, batchSize) =>
      withPair(freshPath(), sketch, (pair) => {
        const { engine, world } = pair
        if (!operation || impossible(world, operation)) return
        const plan = planOf(world, operation)
        if (plan.refusals.length > 0 || plan.nothingToDo) return
        engine.changeSettings({ batchSize })
        const before = snapshotOf(engine, sketch)
        let batches = 0

        runJob(pair, operation, (job: Job) => {
          const done = Math.min(++batches * batchSize, plan.items.length)

          expect(job).toMatchObject({ processed: done, total: plan.items.length, batches })
          expect(visible(snapshotOf(engine, sketch), operation, plan, done)).toEqual(
            visible(referenceSnapshot(worldAfterOperation(pair, operation, plan, done)), operation, plan, done),
          )
          if (operation.operation === 'Delete') expectUnlinksInOrder(before, snapshotOf(engine, sketch), plan, done)
        })

        expect(batches).toBe(Math.ceil(plan.items.length / batchSize))
        tally.add(`${operation.operation} over several levels and batches`, batches > 1 && plan.items.some(({ level }) => level > 1))
        tally.add(
          'unlinks seen',
          plan.items.some(({ action }) => action === 'unlink'),
        )
      }),
    ),
    {
      runs: 200,
      tally,
      least: {
        'Assign over several levels and batches': 2,
        'Delete over several levels and batches': 4,
        'Merge over several levels and batches': 2,
        'unlinks seen': 3,
      },
    },
  )
})

/**
 * What the order promises while a job is under way. Left out: the two rows of a merge, which it writes when it likes, and what
 * planned rows of a delete hold before they go, since a loop's lookups lead to rows that are gone already.
 */
function visible({ rows, links }: Snapshot, operation: OperationSketch, { items }: ReferencePlan, done: number): Snapshot {
  if (done === items.length || operation.operation === 'Assign') return { rows, links }
  if (operation.operation === 'Merge') {
    const moved = new Set(items.filter(({ action }) => action !== 'merge').map(({ key }) => key))
    const { target } = operation
    return {
      rows: Object.fromEntries(Object.entries(rows).filter(([key]) => moved.has(key) || !isOneOf(key, [target, operation.subordinate]))),
      links: [],
    }
  }
  const planned = new Set(items.map(({ key }) => key))
  return { rows: Object.fromEntries(Object.entries(rows).map(([key, values]) => [key, planned.has(key) ? {} : values])), links }
}

const isOneOf = (key: string, positions: number[]): boolean => positions.some((position) => Number(key.slice(-12)) === position)

/** An unlinked row has lost a lookup once it was its turn. */
function expectUnlinksInOrder(before: Snapshot, now: Snapshot, { items }: ReferencePlan, done: number): void {
  for (const { key, action } of items.slice(0, done)) {
    if (action !== 'unlink') continue
    const lost = Object.entries(before.rows[key] ?? {}).filter(([column, value]) => value !== null && now.rows[key]?.[column] === null)
    expect(lost.length, `${key} has lost no lookup`).toBeGreaterThan(0)
  }
}
