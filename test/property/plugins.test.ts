import { copyFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Engine } from '#engine'
import { openEngine } from '#engine'
import { EngineError } from '#engine/contract/errors'
import { LiveRuntime } from '../support/live-runtime.ts'
import { type Dump, Outside, without } from '../support/pipeline-dump.ts'
import { LINES, ProgramRun, type ProgramStep, tameSteps, wildSteps, withLines } from '../support/pipeline-programs.ts'
import { operationsOn } from '../support/reference-model/arbitraries.ts'
import { given, makeEnvironment, requestOf, snapshotOf } from '../support/reference-model/environment.ts'
import { assertOften, freshPaths, Tally } from '../support/reference-model/runs.ts'
import { attempt, removeEnvironment } from '../support/reference-model/session.ts'
import { type OperationSketch, rowId, type Sketch } from '../support/reference-model/sketch.ts'
import { runJob } from '../support/run-job.ts'

const freshPath = freshPaths()

/** In one operation; steps that set each other off come to many soon. */
const MOST_ACTS = 60

/** What a job keeps of its own. */
const BOOKKEEPING = ['_system_job', '_cascade_job', '_step_job', '_job_count', '_job_message', '_notification', 'sqlite_sequence']

/** An environment with programs installed in it, and what looks at it from outside. */
class ProgrammedEnvironment {
  readonly engine: Engine
  readonly sketch: Sketch
  readonly program: ProgramRun
  readonly #path: string
  readonly #outside: Outside

  constructor(path: string, sketch: Sketch, steps: ProgramStep[], mostActs: number) {
    this.#path = path
    this.sketch = sketch
    const runtime = new LiveRuntime()
    this.engine = openEngine({ path, ...laterIds(), mode: 'open', plugins: runtime })
    this.program = new ProgramRun(sketch, mostActs)
    for (const plugin of this.program.plugins(steps)) this.engine.installPlugin(runtime.package(plugin), { isEnabled: true })
    this.#outside = new Outside(path)
  }

  dump(): Dump {
    return this.#outside.dump()
  }

  /** That what the programs account for is there, and nothing else: lines that steps wrote, and what the trace log says of each run. */
  check(): void {
    const { lines, ran, ranBefore } = this.program
    const found = this.#outside.rows<{ name: string }>(`SELECT name FROM ${LINES}`).map(({ name }) => name)
    const committed = this.#outside.rows<{ trace: string }>('SELECT trace FROM _step_run WHERE is_committed = 1').map(({ trace }) => trace)
    expect(found.toSorted()).toEqual(lines.toSorted())
    expect(committed.toSorted()).toEqual([...ran, ...ranBefore].toSorted())
    expect(this.engine.checkIntegrity()).toEqual([])
  }

  close(): void {
    this.#outside.close()
    this.engine.close()
    removeEnvironment(this.#path)
  }
}

/** Ids that no row of a sketch has. */
const laterIds = () => {
  const { now, newId } = given()
  return { now, newId: () => newId().replace('11111111', '22222222') }
}

function programmed<T>(path: string, sketch: Sketch, steps: ProgramStep[], use: (environment: ProgrammedEnvironment) => T): T {
  makeEnvironment(path, sketch).close()
  const environment = new ProgrammedEnvironment(path, sketch, steps, MOST_ACTS)
  try {
    return use(environment)
  } finally {
    environment.close()
  }
}

type Operation =
  | OperationSketch
  | { operation: 'Update'; row: number; caller: string }
  | { operation: 'Create'; row: number; caller: string }

/** One operation as a user asks for it, synchronously. */
function perform({ engine, sketch }: ProgrammedEnvironment, operation: Operation): unknown {
  const { caller } = operation
  if (operation.operation === 'Update' || operation.operation === 'Create') {
    const { table } = sketch.rows[operation.row] as Sketch['rows'][number]
    if (operation.operation === 'Create') return engine.as(caller).createRecord(table, { note: 'asked for' })
    return engine.as(caller).updateRecord({ table, id: rowId(operation.row) }, { note: 'asked for', statecode: 1 })
  }
  const { request, options } = engine.as(caller).preValidate(requestOf(sketch, operation))
  const { planId } = engine.as(caller).planCascade(request, 'Sync')
  try {
    return engine.as(caller).executeSync(planId, options)
  } finally {
    engine.as('admin').discardPlan(planId)
  }
}

const simple = fc.record({ operation: fc.constantFrom('Update' as const, 'Create' as const), row: fc.nat(59), caller: fc.constant('bob') })

test('whatever steps do and wherever they fail: of a refused operation nothing is left but the log, of a done one everything but what failed on the way [PG18, PG20, PG23, PG27, EF5]', async () => {
  const tally = new Tally()
  await assertOften(
    fc.property(
      operationsOn({ min: 1, max: 3 }),
      fc.array(simple, { maxLength: 2 }),
      wildSteps,
      ({ sketch: bare, operations: cascades }, others, steps) => {
        const sketch = withLines(bare)
        const operations: Operation[] = [...others.map((each) => ({ ...each, row: each.row % sketch.rows.length })), ...cascades]
        programmed(freshPath(), sketch, steps, (environment) => {
          const { program } = environment
          for (const operation of operations) {
            const before = environment.dump()
            const mark = program.mark()
            program.begin()

            const outcome = attempt(() => perform(environment, operation))

            if (outcome instanceof EngineError) {
              const hadWork = program.undo(mark)
              expect(without(environment.dump(), ['_step_run'])).toEqual(without(before, ['_step_run']))
              tally.add('refused')
              tally.add('refused after steps had written', hadWork)
              tally.add(`refused with ${outcome.code}`)
            } else {
              tally.add(`${operation.operation} done`)
              tally.add('done with lines', program.mark()[0] > mark[0])
              tally.add('done with steps', program.mark()[1] > mark[1])
            }
            environment.check()
          }
          tally.add('caught faults', program.caught > 0)
          tally.add('caught faults whose step had written', program.caughtWithWork > 0)
          for (const [name, count] of Object.entries(program.done)) tally.add(`nested ${name}`, count > 0)
        })
      },
    ),
    {
      runs: 150,
      tally,
      least: {
        refused: 60,
        'refused after steps had written': 15,
        'refused with PLUGIN_REFUSED': 6,
        'refused with PLUGIN_FAILED': 25,
        'done with steps': 20,
        'done with lines': 15,
        'caught faults': 6,
        'caught faults whose step had written': 2,
        'nested create': 4,
        'nested update': 4,
        'nested delete': 4,
        'nested assign': 4,
        'nested setState': 4,
        'nested merge': 1,
      },
    },
  )
})

test('in a job each record is committed with all that its steps did, or undone alone; whatever stops it, it goes on without the plug-ins [PG23, PG24, PG25, PG26, JB5]', async () => {
  const tally = new Tally()
  await assertOften(
    fc.property(
      operationsOn({ min: 1, max: 1 }),
      wildSteps,
      fc.integer({ min: 1, max: 5 }),
      ({ sketch: bare, operations: [operation] }, steps, batchSize) => {
        const sketch = withLines(bare)
        programmed(freshPath(), sketch, steps, (environment) => {
          const { engine, program } = environment
          if (!operation) return
          engine.changeSettings({ batchSize, maxAttempts: 1 })
          const id = attempt(() => {
            const { request, options } = engine.as(operation.caller).preValidate(requestOf(sketch, operation))
            const { planId } = engine.as(operation.caller).planCascade(request, 'Async')
            const job = engine.as(operation.caller).createJob(planId, options)
            engine.prepareJob(job.id, planId)
            return job.id
          })
          if (id instanceof EngineError) return
          let isHelped = false
          for (;;) {
            const { processed } = engine.as('admin').getJob(id).job
            const before = environment.dump()
            const mark = program.mark()
            program.begin()

            const job = runJob(engine, id, 0)

            if (job.processed === processed && job.status !== 'Completed') {
              tally.add('records undone after steps had written', program.undo(mark))
              const kept = [...BOOKKEEPING, '_step_run']
              expect(without(environment.dump(), kept)).toEqual(without(before, kept))
            }
            tally.add('records committed with lines', job.processed > processed && program.mark()[0] > mark[0])
            environment.check()
            if (job.status === 'Completed') break
            if (job.status !== 'Paused') continue
            tally.add(`paused with ${job.errorCode}`)
            if (isHelped) break
            isHelped = true
            for (const { name } of engine.findPlugins()) engine.disablePlugin(name)
            engine.as('admin').resumeJob(id)
          }
          const { job } = engine.as('admin').getJob(id)
          tally.add(`${operation.operation} ${job.status}`)
          tally.add('completed after a pause', isHelped && job.status === 'Completed')
        })
      },
    ),
    {
      runs: 150,
      tally,
      least: {
        'Assign Completed': 7,
        'Delete Completed': 7,
        'Merge Completed': 7,
        'records committed with lines': 25,
        'records undone after steps had written': 4,
        'paused with 0x80040265': 2,
        'paused with 0x80040224': 7,
        'completed after a pause': 10,
      },
    },
  )
})

test('with steps that stand in nobody’s way a cascade leaves the same behind at once and as a job, and the steps have done the same [JB7, PG24]', async () => {
  const tally = new Tally()
  await assertOften(
    fc.property(
      operationsOn({ min: 1, max: 1 }),
      tameSteps,
      fc.integer({ min: 1, max: 6 }),
      ({ sketch: bare, operations: [operation] }, steps, batchSize) => {
        if (!operation) return
        const sketch = withLines(bare)
        const [path, copy] = [freshPath(), freshPath()]
        makeEnvironment(path, sketch).close()
        copyFileSync(path, copy)
        const [sync, async] = [path, copy].map((each) => new ProgrammedEnvironment(each, sketch, steps, Number.POSITIVE_INFINITY)) as [
          ProgrammedEnvironment,
          ProgrammedEnvironment,
        ]
        try {
          async.engine.changeSettings({ batchSize, maxAttempts: 1 })

          const atOnce = attempt(() => perform(sync, operation))
          const job = attempt(() => {
            const { engine } = async
            const { request, options } = engine.as(operation.caller).preValidate(requestOf(sketch, operation))
            const { planId, nothingToDo } = engine.as(operation.caller).planCascade(request, 'Async')
            if (nothingToDo) return engine.as(operation.caller).executeSync(planId, options)
            const { id } = engine.as(operation.caller).createJob(planId, options)
            engine.prepareJob(id, planId)
            for (;;) {
              async.program.begin()
              const { status, errorCode } = runJob(engine, id, 0)
              if (status === 'Completed') return status
              if (status === 'Paused') throw new EngineError('CASCADE_REFUSED', `${errorCode}`, {})
            }
          })

          if (atOnce instanceof EngineError || job instanceof EngineError) {
            expect(job instanceof EngineError, `${job}`).toBe(atOnce instanceof EngineError)
            tally.add('refused')
            return
          }
          const lineOf = (name: string) => name.replace(/^line \d+ | \d+$/g, '')
          expect(async.program.lines.map(lineOf).toSorted()).toEqual(sync.program.lines.map(lineOf).toSorted())
          expect(snapshotOf(async.engine, bare)).toEqual(snapshotOf(sync.engine, bare))
          for (const each of [sync, async]) each.check()
          tally.add(`${operation.operation} with lines`, sync.program.lines.length > 0)
          tally.add('with many lines', sync.program.lines.length > 5)
        } finally {
          for (const each of [sync, async]) each.close()
        }
      },
    ),
    {
      runs: 100,
      tally,
      least: { 'Assign with lines': 3, 'Delete with lines': 3, 'Merge with lines': 3, 'with many lines': 3, refused: 8 },
    },
  )
})
