import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EngineError } from '#engine/contract/errors'
import { operationsOn } from '../support/reference-model/arbitraries.ts'
import { snapshotOf } from '../support/reference-model/environment.ts'
import { impossible, planOf } from '../support/reference-model/plan.ts'
import { assertOften, freshPaths, Tally } from '../support/reference-model/runs.ts'
import { attempt, planSync, referenceSnapshot, withPair, worldAfterOperation } from '../support/reference-model/session.ts'

const freshPath = freshPaths()

test('after a synchronous cascade the whole environment is as the rules say, and after a refused one as it was [SY1, AS1, AS2, AS4, DL1, DL2, DL5, DL6, DL9, MG1, MG2, MG3, MG4, MG5, MG6, MG7, MG8, MG9, MG11, MG12, EF5]', async () => {
  const tally = new Tally()
  await assertOften(
    fc.asyncProperty(operationsOn({ min: 1, max: 1 }), ({ sketch, operations: [operation] }) =>
      withPair(freshPath(), sketch, (pair) => {
        const { engine, world } = pair
        if (!operation || impossible(world, operation)) return
        const plan = planOf(world, operation)
        const before = snapshotOf(engine, sketch)

        const { planId } = planSync(pair, operation)
        const outcome = attempt(() => engine.as(operation.caller).executeSync(planId))

        if (plan.refusals.length > 0) {
          expect(plan.refusals).toContain(outcome instanceof EngineError ? outcome.platformCode : 'accepted')
          expect(snapshotOf(engine, sketch)).toEqual(before)
        } else {
          expect(outcome).toMatchObject({ outcome: 'Completed', mode: 'Sync', affected: plan.affected })
          expect(snapshotOf(engine, sketch)).toEqual(referenceSnapshot(worldAfterOperation(pair, operation, plan)))
        }
        expect(engine.checkIntegrity()).toEqual([])
        const done = plan.refusals.length === 0
        tally.add(`${operation.operation} of more than 3 records`, done && plan.affected > 3)
        tally.add(`${operation.operation} refused`, !done)
        tally.add(`${operation.operation} with loops or second paths`, done && plan.metAgain)
        tally.add('links removed or moved', done && world.links.size > 0 && operation.operation !== 'Assign')
      }),
    ),
    {
      runs: 250,
      tally,
      least: {
        'Assign of more than 3 records': 4,
        'Delete of more than 3 records': 10,
        'Merge of more than 3 records': 3,
        'Delete refused': 1,
        'Merge refused': 10,
        'Assign with loops or second paths': 4,
        'Delete with loops or second paths': 6,
        'Merge with loops or second paths': 1,
        'links removed or moved': 12,
      },
    },
  )
})

test('several cascades one after another leave what the rules say after each of them [EF5, SY2, DL9]', async () => {
  const tally = new Tally()
  await assertOften(
    fc.asyncProperty(operationsOn({ min: 3, max: 8 }), ({ sketch, operations }) =>
      withPair(freshPath(), sketch, (pair) => {
        const { engine } = pair
        let { world } = pair
        let merged = false
        for (const operation of operations) {
          if (impossible(world, operation)) {
            tally.add('impossible by now')
            expect(attempt(() => planSync({ engine, world }, operation))).toBeInstanceOf(EngineError)
            continue
          }
          const plan = planOf(world, operation)
          const outcome = attempt(() => engine.as(operation.caller).executeSync(planSync({ engine, world }, operation).planId))

          expect(outcome instanceof EngineError, String(outcome)).toBe(plan.refusals.length > 0)
          if (plan.refusals.length === 0) world = worldAfterOperation({ engine, world }, operation, plan)
          expect(snapshotOf(engine, sketch)).toEqual(referenceSnapshot(world))

          tally.add('done', plan.refusals.length === 0)
          tally.add('refused', plan.refusals.length > 0)
          tally.add('done after a merge', merged && plan.refusals.length === 0)
          merged ||= operation.operation === 'Merge' && plan.refusals.length === 0
        }
        expect(engine.checkIntegrity()).toEqual([])
      }),
    ),
    { runs: 100, tally, least: { done: 100, refused: 30, 'impossible by now': 30, 'done after a merge': 20 } },
  )
})
