import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '#engine'
import { openEngine } from '#engine'
import { SHAPES, type Shape } from '../support/crash/shapes.ts'
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

/** Runs a shape's job in a process of its own that is killed at a step; at step 0 it lives, and prints how many there are. */
const runProcess = (path: string, { name }: Shape, step: number) =>
  new Promise<{ signal: string | null; printed: string; errors: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', KILLED_JOB, path, name, String(step), String(BEFORE)],
      (_error, printed, errors) => resolve({ signal: child.signalCode, printed, errors }),
    )
  })

function use<T>(path: string, read: (engine: Engine) => T): T {
  const engine = openEngine({ path, ...given(AFTER), mode: 'open' })
  try {
    return read(engine)
  } finally {
    engine.close()
  }
}

function copyEnvironment(from: string, to: string): void {
  for (const suffix of ['', '-wal']) if (existsSync(`${from}${suffix}`)) copyFileSync(`${from}${suffix}`, `${to}${suffix}`)
}

describe.each(SHAPES)('$name', (shape) => {
  const { sketch, operation, batchSize } = shape
  const base = freshPath()
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
    const { printed, errors } = await runProcess(path, shape, 0)
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
    const killAt = async (step: number): Promise<void> => {
      const path = freshPath()
      copyEnvironment(base, path)
      expect(await runProcess(path, shape, step)).toEqual({ signal: 'SIGKILL', printed: '', errors: '' })
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
    // Two at a time: the processes spend much of their time starting.
    for (let step = 1; step <= steps; step += 2) await Promise.all([killAt(step), ...(step < steps ? [killAt(step + 1)] : [])])

    expect(Math.min(seen.withoutJob, seen.unfinished, seen.midway, seen.ended), JSON.stringify(seen)).toBeGreaterThan(0)
  })

  test('a copy of the file with its log, taken between any two batches, is a whole environment that goes on [JB3, JB6]', () => {
    const path = freshPath()
    copyEnvironment(base, path)
    const copies: string[] = []
    use(path, (engine) => {
      const world = { sketch } as ReturnType<typeof worldOf>
      runJob({ engine, world }, operation, () => {
        const copy = freshPath()
        copyEnvironment(path, copy)
        copies.push(copy)
      })
    })

    for (const [batch, copy] of copies.entries())
      use(copy, (engine) => {
        expect(engine.recoverJobs().length).toBe(batch < copies.length - 1 ? 1 : 0)
        const [job] = engine.as('admin').findJobs({ kind: 'cascade', limit: 1_000 }).jobs
        if (job && job.status !== 'Completed') finishJob(engine, job.id)

        expect(job?.batches).toBe(batch + 1)
        expect(snapshotOf(engine, sketch)).toEqual(final)
        expect(engine.checkIntegrity()).toEqual([])
      })
    expect(copies.length).toBeGreaterThan(1)
  })
})
