import fc from 'fast-check'
import { expect, test } from 'vitest'
import { operationsOn } from '../support/reference-model/arbitraries.ts'
import { snapshotOf } from '../support/reference-model/environment.ts'
import { impossible, planOf } from '../support/reference-model/plan.ts'
import { assertOften, freshPaths, Tally } from '../support/reference-model/runs.ts'
import { engineAnswer, referenceAnswer, withPair } from '../support/reference-model/session.ts'

const freshPath = freshPaths()

test('a plan holds the records that the rules reach, once each, with what happens to them, and changes nothing [PL1, PL2, PL3, PL4, PL5, PL6, PL7, PL8, AS2, DL3, DL4, DL6, MG10]', async () => {
  const tally = new Tally()
  await assertOften(
    fc.asyncProperty(operationsOn({ min: 1, max: 6 }), ({ sketch, operations }) =>
      withPair(freshPath(), sketch, ({ engine, world }) => {
        const before = snapshotOf(engine, sketch)
        for (const operation of operations) {
          const expected = referenceAnswer(world, operation)

          expect(engineAnswer(engine, sketch, operation)).toEqual(expected)

          if (impossible(world, operation)) continue
          const { items, blockers, metAgain, refusals, nothingToDo } = planOf(world, operation)
          tally.add(`${operation.operation} of more than 3 records`, items.length > 3)
          tally.add(
            `${operation.operation} of more than 2 levels`,
            items.some(({ level }) => level > 2),
          )
          tally.add(`${operation.operation} that met a record again`, metAgain)
          tally.add(
            'unlinked',
            items.some(({ action }) => action === 'unlink'),
          )
          tally.add('blocked', blockers.length > 0)
          tally.add('refused merge', operation.operation === 'Merge' && refusals.length > 0)
          tally.add('accepted merge', operation.operation === 'Merge' && refusals.length === 0)
          tally.add('nothing to do', nothingToDo)
        }
        expect(snapshotOf(engine, sketch)).toEqual(before)
      }),
    ),
    {
      runs: 150,
      tally,
      least: {
        'Assign of more than 3 records': 10,
        'Delete of more than 3 records': 20,
        'Merge of more than 3 records': 15,
        'Assign of more than 2 levels': 5,
        'Delete of more than 2 levels': 8,
        'Merge of more than 2 levels': 8,
        'Assign that met a record again': 8,
        'Delete that met a record again': 15,
        'Merge that met a record again': 15,
        unlinked: 10,
        blocked: 2,
        'refused merge': 20,
        'accepted merge': 15,
        'nothing to do': 5,
      },
    },
  )
})
