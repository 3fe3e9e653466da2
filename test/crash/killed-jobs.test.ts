import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '#engine'
import { openEngine } from '#engine'
import { isKilledAt, KILLED, runProcess } from '../support/crash/run-process.ts'
import { SHAPES } from '../support/crash/shapes.ts'
import { copyAt, copyEnvironment } from '../support/crash/steps.ts'
import { countModified, founderOf, given, makeEnvironment, type Snapshot, snapshotOf } from '../support/reference-model/environment.ts'
import { planOf } from '../support/reference-model/plan.ts'
import { finishJob, referenceSnapshot, removeEnvironment, runJob, worldAfterOperation } from '../support/reference-model/session.ts'
import { worldOf } from '../support/reference-model/world.ts'

const KILLED_JOB = fileURLToPath(new URL('../support/crash/killed-job.ts', import.meta.url))
/** The moments at which the killed process and the one after it live. */
const [BEFORE, AFTER] = [Date.UTC(2026, 1, 1), Date.UTC(2026, 1, 2)]

const folder = mkdtempSync(join(tmpdir(), 'cascade-crash-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
const freshPath = () => join(folder, `${++files}.cascade`)

function use<T>(path: string, read: (engine: Engine) => T): T {
  const engine = openEngine({ path, ...given(AFTER), mode: 'open' })
  try {
    return read(engine)
  } finally {
    engine.close()
  }
}

describe.each(SHAPES)('$name', (shape) => {
  const { name, sketch, operation, batchSize } = shape
  const base = freshPath()
  const copies = join(folder, name)
  let initial: Snapshot
  let final: Snapshot
  let steps = 0

  beforeAll(async () => {
    const engine = makeEnvironment(base, sketch)
    engine.changeSettings({ batchSize })
    initial = snapshotOf(engine, sketch)
    engine.close()
    const path = freshPath()
    copyEnvironment(base, path)
    mkdirSync(copies)
    const { printed, errors } = await runProcess(KILLED_JOB, path, name, BEFORE, ['copy', copies])
    if (errors !== '') throw new Error(errors)
    steps = Number(printed)
    final = use(path, (engine) => snapshotOf(engine, sketch))
  })

  test('an uninterrupted job leaves what the rules say [JB7]', () => {
    if (sketch.rows.length > 100) expect(final).not.toEqual(initial)
    else
      use(base, (engine) => {
        const world = worldOf(sketch, founderOf(engine))
        expect(final).toEqual(referenceSnapshot(worldAfterOperation({ engine, world }, operation, planOf(world, operation))))
      })
    expect(steps).toBeGreaterThan(10)
  })

  test('killed at any step, a job goes on where it stopped: nothing repeated, nothing skipped [JB3, JB6]', async () => {
    const seen = { withoutJob: 0, unfinished: 0, midway: 0, ended: 0 }
    const goOnFrom = (path: string, step: number): void => {
      use(path, (engine) => {
        engine.recoverJobs()
        const [job] = engine.as('admin').findJobs({ kind: 'cascade', limit: 1_000 }).jobs
        if (!job) {
          seen.withoutJob++
          expect(snapshotOf(engine, sketch)).toEqual(initial)
          return
        }
        if (job.status === 'Completed') seen.ended++
        else {
          seen.unfinished++
          if (job.processed > 0) seen.midway++
          const ended = finishJob(engine, job.id)
          expect(ended, `killed at step ${step}`).toMatchObject({
            status: 'Completed',
            processed: ended.total,
            batches: Math.ceil(ended.total / batchSize),
          })
        }
        if (operation.operation === 'Assign') expect(countModified(engine, sketch, BEFORE), `killed at step ${step}`).toBe(job.processed)
        expect(snapshotOf(engine, sketch), `killed at step ${step}`).toEqual(final)
        expect(engine.checkIntegrity()).toEqual([])
      })
      removeEnvironment(path)
    }
    for (let step = 1; step <= steps; step++) {
      if (isKilledAt(step, SHAPES.indexOf(shape))) {
        const path = freshPath()
        copyEnvironment(base, path)
        expect(await runProcess(KILLED_JOB, path, name, BEFORE, ['kill', step])).toEqual(KILLED)
        goOnFrom(path, step)
      } else goOnFrom(copyAt(copies, step), step)
    }

    expect(Math.min(seen.withoutJob, seen.unfinished, seen.midway, seen.ended), JSON.stringify(seen)).toBeGreaterThan(0)
  })

  test('a copy of the file with its log, taken between any two batches, is a whole environment that goes on [JB3, JB6]', () => {
    const path = freshPath()
    copyEnvironment(base, path)
    const batches: string[] = []
    use(path, (engine) => {
      const world = { sketch } as ReturnType<typeof worldOf>
      runJob({ engine, world }, operation, () => {
        const copy = freshPath()
        copyEnvironment(path, copy)
        batches.push(copy)
      })
    })

    for (const [batch, copy] of batches.entries())
      use(copy, (engine) => {
        expect(engine.recoverJobs().length).toBe(batch < batches.length - 1 ? 1 : 0)
        const [job] = engine.as('admin').findJobs({ kind: 'cascade', limit: 1_000 }).jobs
        if (job && job.status !== 'Completed') finishJob(engine, job.id)

        expect(job?.batches).toBe(batch + 1)
        expect(snapshotOf(engine, sketch)).toEqual(final)
        expect(engine.checkIntegrity()).toEqual([])
      })
    expect(batches.length).toBeGreaterThan(1)
  })
})
