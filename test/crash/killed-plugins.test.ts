import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Engine } from '#engine'
import { goOn, makeShape, openShape } from '../support/crash/plugin-run.ts'
import { LOG, PLUGIN_SHAPES } from '../support/crash/plugin-shapes.ts'
import { isKilledAt, KILLED, runProcess } from '../support/crash/run-process.ts'
import { copyAt, copyEnvironment } from '../support/crash/steps.ts'
import { pagesOf } from '../support/engine.ts'
import { given, type Snapshot, snapshotOf } from '../support/reference-model/environment.ts'
import { removeEnvironment } from '../support/reference-model/session.ts'

const KILLED_JOB = fileURLToPath(new URL('../support/crash/killed-plugin-job.ts', import.meta.url))
/** The moments at which the killed process and the one after it live. */
const [BEFORE, AFTER] = [Date.UTC(2026, 1, 1), Date.UTC(2026, 1, 2)]

const folder = mkdtempSync(join(tmpdir(), 'cascade-crash-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
const freshPath = () => join(folder, `${++files}.cascade`)

/** Ids that the process before has not used. */
function afterwards(): ReturnType<typeof given> {
  const { now, newId } = given(AFTER)
  return { now, newId: () => newId().replace('11111111', '22222222') }
}

/** What must be the same however often it was interrupted; made rows have other ids each time. */
interface Outcome {
  records: Snapshot
  written: string[]
  /** The runs whose work was committed. */
  runs: string[]
  jobs: unknown[]
  stepJobs: string[]
}

describe.each(PLUGIN_SHAPES)('$name', (shape) => {
  const { name, sketch, mode } = shape
  const records = { ...sketch, tables: sketch.tables.filter((table) => table.name !== LOG) }
  /** The log of the requests that an asynchronous step has behind it goes with the program that is cut off. */
  const isAsync = shape.plugins.some(({ steps }) => steps.some((step) => step.mode === 'Async'))
  const base = freshPath()
  const copies = join(folder, name)
  let initial: Outcome
  let final: Outcome
  let steps = 0

  async function use<T>(path: string, work: (engine: Engine) => T | Promise<T>): Promise<T> {
    const engine = openShape(shape, { path, ...afterwards() })
    try {
      return await work(engine)
    } finally {
      engine.close()
    }
  }

  const writtenBy = (engine: Engine): string[] =>
    pagesOf(engine, LOG)
      .map(({ values }) => String(values.name))
      .sort()

  const outcomeOf = (engine: Engine): Outcome => ({
    records: snapshotOf(engine, records),
    written: writtenBy(engine),
    runs: isAsync
      ? []
      : engine
          .as('admin')
          .findStepRuns({ limit: 1_000 })
          .runs.filter(({ isCommitted }) => isCommitted)
          .map(({ plugin, message, stage, record }) => `${plugin} ${message} ${stage} ${record?.id}`)
          .sort(),
    jobs: engine
      .as('admin')
      .findJobs({ kind: 'cascade', limit: 1_000 })
      .jobs.map(({ status, total, processed, message }) => ({ status, total, processed, message })),
    stepJobs: engine
      .as('admin')
      .findJobs({ kind: 'step', limit: 1_000 })
      .jobs.map(({ name, status, regarding, message }) => `${name} ${regarding?.id} ${status} ${message}`)
      .sort(),
  })

  beforeAll(async () => {
    makeShape(base, shape, given())
    initial = await use(base, outcomeOf)
    const path = freshPath()
    copyEnvironment(base, path)
    mkdirSync(copies)
    const { printed, errors } = await runProcess(KILLED_JOB, path, name, BEFORE, ['copy', copies])
    if (errors !== '') throw new Error(errors)
    steps = Number(printed)
    final = await use(path, outcomeOf)
  })

  test('uninterrupted, the steps ran and everything came to its end [PG24]', () => {
    expect(final.records).not.toEqual(initial.records)
    expect(final.written.length).toBeGreaterThan(2)
    expect(final.jobs).toMatchObject(mode === 'Sync' ? [] : [{ status: 'Completed' }])
    expect(final.stepJobs.filter((job) => !job.includes(' Completed '))).toEqual([])
    expect(steps).toBeGreaterThan(10)
  })

  test('killed at any step it goes on where it stopped: each record and all that its steps wrote exactly once [PG23, PG24, PG16, JB6]', async () => {
    const seen = { untouched: 0, midway: 0, ended: 0 }
    const goOnFrom = async (path: string, step: number): Promise<void> => {
      await use(path, async (engine) => {
        engine.recoverJobs()
        const found = outcomeOf(engine)
        expect(engine.checkIntegrity(), `killed at step ${step}`).toEqual([])
        expect(lacking(found.written, final.written), `killed at step ${step}`).toEqual([])
        if (JSON.stringify(found.records) === JSON.stringify(initial.records) && found.jobs.length === 0) {
          seen.untouched++
          expect(found.written).toEqual([])
          return
        }
        if (JSON.stringify(found.written) === JSON.stringify(final.written)) seen.ended++
        else seen.midway++
        await goOn(engine)
        expect(outcomeOf(engine), `killed at step ${step}`).toEqual(final)
        expect(engine.checkIntegrity(), `killed at step ${step}`).toEqual([])
      })
      removeEnvironment(path)
    }
    for (let step = 1; step <= steps; step++) {
      if (isKilledAt(step, PLUGIN_SHAPES.indexOf(shape))) {
        const path = freshPath()
        copyEnvironment(base, path)
        expect(await runProcess(KILLED_JOB, path, name, BEFORE, ['kill', step])).toEqual(KILLED)
        await goOnFrom(path, step)
      } else await goOnFrom(copyAt(copies, step), step)
    }

    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(0)
  })
})

/** What the first list has more often than the second. */
function lacking(some: string[], all: string[]): string[] {
  const left = new Map<string, number>()
  for (const each of all) left.set(each, (left.get(each) ?? 0) + 1)
  return some.filter((each) => {
    const count = left.get(each) ?? 0
    left.set(each, count - 1)
    return count === 0
  })
}
