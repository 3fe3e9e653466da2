import fc from 'fast-check'
import { test } from 'vitest'
import { operationsOn } from '../support/reference-model/arbitraries.ts'
import { founderOf, makeEnvironment } from '../support/reference-model/environment.ts'
import { AUTHOR, FaultyJob, type Step, type StepKind } from '../support/reference-model/faulty-job.ts'
import { impossible, planOf } from '../support/reference-model/plan.ts'
import { assertOften, freshPaths, Tally } from '../support/reference-model/runs.ts'
import { removeEnvironment } from '../support/reference-model/session.ts'
import { worldOf } from '../support/reference-model/world.ts'

const freshPath = freshPaths()

const WEIGHTS: Record<StepKind, number> = {
  batch: 8,
  'failing batch': 3,
  'held batch': 3,
  delete: 3,
  change: 1,
  move: 2,
  assign: 1,
  child: 2,
  'disable author': 1,
  'enable author': 2,
  'remove author': 1,
  'add author': 2,
  reopen: 2,
  resume: 3,
  'execute again': 2,
  cancel: 1,
}

const kinds = fc.oneof(
  ...(Object.entries(WEIGHTS) as [StepKind, number][]).map(([kind, weight]) => ({ arbitrary: fc.constant(kind), weight })),
)
const steps: fc.Arbitrary<Step[]> = fc.array(fc.record({ kind: kinds, pick: fc.nat(59), other: fc.nat(59) }), {
  maxLength: 24,
  size: 'max',
})
const settings = fc.record({
  batchSize: fc.integer({ min: 1, max: 5 }),
  maxAttempts: fc.integer({ min: 1, max: 3 }),
  retryDelaySeconds: fc.constantFrom(0, 30),
})

test('whatever goes wrong between batches, a job does to its records what it must and nothing to others, its counters agree, and it comes to an end [JB2, JB3, JB5, JB6, JB9, JB10, JB11, JB12, JB13, JB14, HO1]', async () => {
  const tally = new Tally()
  await assertOften(
    fc.property(
      operationsOn({ min: 1, max: 1 }),
      settings,
      steps,
      fc.boolean(),
      ({ sketch, operations: [first] }, change, happens, isPrepared) => {
        const path = freshPath()
        const engine = makeEnvironment(path, sketch)
        const world = worldOf(sketch, founderOf(engine))
        engine.changeSettings(change)
        engine.close()
        try {
          if (!first) return
          const operation = { ...first, caller: AUTHOR } as const
          if (impossible(world, operation)) return
          const plan = planOf(world, operation)
          if (plan.refusals.length > 0 || plan.nothingToDo) return
          const job = new FaultyJob({ path, sketch, operation, tally }, isPrepared)
          try {
            for (const step of happens) job.take(step)
            job.finish()
          } finally {
            job.close()
          }
          tally.add(`jobs of ${operation.operation}`)
        } finally {
          removeEnvironment(path)
        }
      },
    ),
    {
      runs: 200,
      tally,
      least: {
        'jobs of Assign': 15,
        'jobs of Delete': 20,
        'jobs of Merge': 8,
        'delete, done': 15,
        'change, done': 4,
        'move, done': 8,
        'assign, done': 4,
        'child, done': 8,
        'disable author, done': 6,
        'remove author, done': 6,
        'batches that were made to fail': 20,
        'touches of held records': 8,
        'reopenings of a job under way': 4,
        'reopenings in the midst of a held batch': 2,
        'tries that failed': 20,
        pauses: 20,
        'jobs that were resumed': 10,
        'jobs that were executed again': 2,
        'jobs that were cancelled': 1,
        'jobs that ended Completed': 50,
      },
    },
  )
})
