import { describe, expect, test } from 'vitest'
import { EngineError } from '#engine/contract/errors'
import { makeEnvironment, requestOf, snapshotOf } from '../support/reference-model/environment.ts'
import { planOf } from '../support/reference-model/plan.ts'
import { freshPaths } from '../support/reference-model/runs.ts'
import {
  attempt,
  engineAnswer,
  planSync,
  referenceAnswer,
  referenceSnapshot,
  runJob,
  withPair,
  worldAfterOperation,
} from '../support/reference-model/session.ts'
import type { OperationSketch, Sketch } from '../support/reference-model/sketch.ts'

/** What a property once found, shrunk: each is planned, run at once and run as a job in single steps, and compared with the reference. */
interface PastFailure {
  name: string
  sketch: Partial<Sketch>
  operation: OperationSketch
}

const freshPath = freshPaths()

const table = (name: string, more: Partial<Sketch['tables'][number]> = {}) => ({
  name,
  ownership: 'UserOwned' as const,
  activeState: 0,
  mergeable: true,
  ...more,
})
const row = (name: string, lookups: Record<string, number> = {}, more: Partial<Sketch['rows'][number]> = {}) => ({
  table: name,
  owner: 'alice' as const,
  lookups,
  ...more,
})
const merge = (target: number, subordinate: number): OperationSketch => ({
  operation: 'Merge',
  caller: 'bob',
  target,
  subordinate,
  parentingCheck: false,
  content: { note: 'Kept' },
})

const PAST_FAILURES: PastFailure[] = [
  {
    name: 'a target that hangs below the subordinate through another table is no part of the plan [MG10]',
    sketch: {
      tables: [table('account'), table('contact')],
      relationships: [
        { parent: 'account', child: 'contact', attribute: 'new_accountid', cascade: { Merge: 'Cascade' } },
        { parent: 'contact', child: 'account', attribute: 'new_contactid', cascade: { Merge: 'Cascade' } },
      ],
      rows: [
        row('account', { new_contactid: 2 }),
        row('account'),
        row('contact', { new_accountid: 1 }),
        row('contact', { new_accountid: 0 }),
      ],
    },
    operation: merge(0, 1),
  },
  {
    name: 'a link between two rows that are both deleted is one link [DL6]',
    sketch: {
      tables: [table('account')],
      relationships: [{ parent: 'account', child: 'account', attribute: 'new_parentid', cascade: { Delete: 'Cascade' } }],
      manyToMany: [{ first: 'account', second: 'account' }],
      rows: [row('account'), row('account', { new_parentid: 0 })],
      links: [[0, 0, 1]],
    },
    operation: { operation: 'Delete', caller: 'admin', row: 0 },
  },
  {
    name: 'a child that two relationships on one lookup reach comes once [PL2]',
    sketch: {
      tables: [table('new_site'), table('new_visit')],
      relationships: [
        { parent: 'new_site', child: 'new_visit', attribute: 'new_siteid', cascade: { Assign: 'UserOwned' } },
        { parent: 'new_site', child: 'new_visit', attribute: 'new_siteid', cascade: { Assign: 'Cascade' } },
      ],
      rows: [row('new_site'), row('new_visit', { new_siteid: 0 })],
    },
    operation: { operation: 'Assign', caller: 'admin', row: 0, to: 'carol' },
  },
  {
    name: 'a link to nothing keeps its GUID also where no action travels its relationship [DL5]',
    sketch: {
      tables: [table('new_site')],
      relationships: [{ parent: 'new_site', child: 'new_site', attribute: 'new_parentid', cascade: {} }],
      rows: [row('new_site'), row('new_site', { new_parentid: 0 })],
    },
    operation: { operation: 'Delete', caller: 'admin', row: 0 },
  },
  {
    name: 'a child that an imported Delete type leaves out stays, its link kept, in either mode [PL4, JB7]',
    sketch: {
      tables: [table('new_site')],
      relationships: [
        { parent: 'new_site', child: 'new_site', attribute: 'new_parentid', cascade: { Delete: 'Active' } },
        { parent: 'new_site', child: 'new_site', attribute: 'new_ownsiteid', cascade: { Delete: 'UserOwned' } },
      ],
      rows: [
        row('new_site'),
        row('new_site', { new_parentid: 0 }, { state: 1 }),
        row('new_site', { new_parentid: 0 }),
        row('new_site', { new_ownsiteid: 0 }, { owner: 'bob' }),
      ],
    },
    operation: { operation: 'Delete', caller: 'admin', row: 0 },
  },
  {
    name: 'a restricting child that the delete would only unlink still blocks [DL4]',
    sketch: {
      tables: [table('account'), table('contact')],
      relationships: [
        { parent: 'account', child: 'contact', attribute: 'new_accountid', cascade: { Delete: 'Restrict' } },
        { parent: 'account', child: 'contact', attribute: 'new_otherid', cascade: { Delete: 'RemoveLink' } },
      ],
      rows: [row('account'), row('contact', { new_accountid: 0, new_otherid: 0 })],
      settings: { restrictIgnoresRowsBeingDeleted: true },
    },
    operation: { operation: 'Delete', caller: 'admin', row: 0 },
  },
  {
    name: 'a merged row is inactive also where the state 1 is the active one [MG2]',
    sketch: { tables: [table('new_visit', { activeState: 1 })], rows: [row('new_visit'), row('new_visit')] },
    operation: merge(0, 1),
  },
]

describe.each(PAST_FAILURES)('$name', ({ sketch: given, operation }) => {
  const sketch: Sketch = { tables: [], relationships: [], manyToMany: [], rows: [], links: [], settings: {}, ...given }

  test('in the plan', () =>
    withPair(freshPath(), sketch, ({ engine, world }) => {
      expect(engineAnswer(engine, sketch, operation)).toEqual(referenceAnswer(world, operation))
    }))

  test.each(['at once', 'as a job'])('run %s', (way) =>
    withPair(freshPath(), sketch, (pair) => {
      const { engine, world } = pair
      engine.changeSettings({ batchSize: 1 })
      const plan = planOf(world, operation)

      const outcome =
        way === 'as a job'
          ? runJob(pair, operation)
          : attempt(() => engine.as(operation.caller).executeSync(planSync(pair, operation).planId))

      expect(outcome instanceof EngineError ? [outcome.platformCode] : []).toEqual(plan.refusals)
      const after = plan.refusals.length > 0 ? world : worldAfterOperation(pair, operation, plan)
      expect(snapshotOf(engine, sketch)).toEqual(referenceSnapshot(after))
      expect(engine.checkIntegrity()).toEqual([])
    }),
  )
})

const twoAccounts: Sketch = {
  tables: [table('account'), table('new_site')],
  manyToMany: [],
  links: [],
  settings: {},
  relationships: [{ parent: 'new_site', child: 'account', attribute: 'new_siteid', cascade: {} }],
  rows: [row('account'), row('account'), row('new_site')],
}

test('a merge whose content does not fit is refused before it is planned [EF5, RC1]', () => {
  const engine = makeEnvironment(freshPath(), twoAccounts)
  const request = requestOf(twoAccounts, { ...merge(0, 1), content: { new_siteid: 2 } } as OperationSketch)
  const refused = [
    { ...request, content: { new_siteid: { table: 'new_site', id: '00000000-0000-7000-8000-00000000ffff' } } },
    { ...request, content: { nosuch: 1 } },
  ].map((each) => attempt(() => engine.as('admin').planCascade(each as typeof request, 'Async')))
  engine.close()

  expect(refused).toMatchObject([{ code: 'RECORD_NOT_FOUND', platformCode: '0x80040217' }, { code: 'INPUT_INVALID' }])
})

test('an assign to the present owner makes no job [AS2]', () => {
  const engine = makeEnvironment(freshPath(), twoAccounts)
  const { planId, nothingToDo } = engine
    .as('bob')
    .planCascade(requestOf(twoAccounts, { operation: 'Assign', caller: 'bob', row: 0, to: 'alice' }), 'Async')
  const refused = attempt(() => engine.as('bob').createJob(planId))
  const jobs = engine.as('admin').findJobs({ kind: 'cascade', limit: 1_000 }).jobs
  engine.close()

  expect(nothingToDo).toBe(true)
  expect(refused).toMatchObject({ code: 'INPUT_INVALID' })
  expect(jobs).toEqual([])
})
