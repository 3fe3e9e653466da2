import { expect, test } from 'vitest'
import type { StepContext } from '#plugin-api'
import { InvalidPluginExecutionError } from '#plugin-api'
import type { LabModel } from '../../../support/engine.ts'
import { refusalOf } from '../../../support/engine.ts'
import { openPipeline } from '../../../support/pipeline.ts'

const MODEL: LabModel = {
  tables: { account: { columns: { note: 'String' } }, contact: {}, task: {} },
  relationships: ['account > contact.accountid Assign=Cascade Delete=Cascade Merge=Cascade'],
}

const openTree = () =>
  openPipeline(MODEL).rows({
    account: { A: { ownerid: 'alice', note: 'old' }, B0: {}, B1: {} },
    contact: { C0: { accountid: 'A', ownerid: 'alice' }, C1: { accountid: 'A', ownerid: 'alice' } },
  })

test('a step that is run again gets what it was given, does everything, and leaves the file as it was, the log included [PG31]', () => {
  const lab = openTree()
  const seen: unknown[] = []
  let turn = 0
  lab.plugin(
    'write',
    {
      message: 'Update',
      table: 'account',
      stage: 'PreOperation',
      preImage: ['note'],
      filteringAttributes: ['name'],
      handler({ target, preImage, service, sharedVariables, primaryEntityId, trace }) {
        seen.push([{ ...target }, preImage, { ...sharedVariables }])
        trace('writing')
        service.update('account', primaryEntityId, { note: 'by the step' })
        service.assign('account', primaryEntityId, turn === 0 ? 'bob' : 'carol')
        service.create('task', { name: 'made' })
        service.delete('contact', lab.refOf(`C${turn}`).id)
        service.merge({ table: 'account', target: primaryEntityId, subordinate: lab.refOf(`B${turn}`).id })
        turn++
      },
    },
    {
      message: 'Update',
      table: 'account',
      stage: 'PreValidation',
      filteringAttributes: ['name'],
      handler: ({ sharedVariables }) => void (sharedVariables.told = 1),
    },
    { message: 'Create', table: 'task', stage: 'PostOperation', handler: ({ trace }) => trace('nested') },
    { message: 'Create', table: 'task', stage: 'PostOperation', mode: 'Async', handler: () => {} },
  )
  lab.update('A', { name: 'Z' })
  const run = lab.runs().find(({ stage }) => stage === 'PreOperation')
  const before = lab.dump()

  const trial = lab.engine.as('admin').tryStep(run?.number ?? 0)

  expect(lab.dump()).toEqual(before)
  expect(seen[1]).toEqual(seen[0])
  expect(seen[0]).toMatchObject([{ name: 'Z' }, { note: 'old' }, { told: 1 }])
  expect(trial.runs.map(({ outcome, trace }) => `${outcome} ${trace}`)).toEqual(['done writing', 'done nested'])
  expect(trial.changes.map(({ column }) => column)).toContain('ownerid')
  expect(lab.engine.checkIntegrity()).toEqual([])
})

test('a step on a record of a job is given its job, and the message above it, when it is run again [PG31]', () => {
  const lab = openTree()
  const seen: unknown[] = []
  lab.plugin('look', {
    message: 'Update',
    table: 'contact',
    stage: 'PreOperation',
    handler: ({ job, parentContext, depth }) => void seen.push({ ...job, depth, above: parentContext?.primaryEntityId }),
  })
  lab.async(lab.assign('A', 'bob'))
  const [run] = lab.runs()

  lab.engine.as('admin').tryStep(run?.number ?? 0)

  expect(seen[0]).toMatchObject({ batch: 1, attempt: 1, depth: 2, above: lab.refOf('A').id })
  expect(seen[2]).toEqual(seen[0])
})

test('the answer says what ran, what it set off, and which columns would have changed [PG31]', () => {
  const lab = openTree()
  let turn = 0
  lab.plugin(
    'write',
    {
      message: 'Update',
      table: 'account',
      stage: 'PostOperation',
      handler({ service, primaryEntityId, depth }) {
        if (depth === 1) service.setState('account', primaryEntityId, ++turn % 2)
      },
    },
    { message: 'SetState', table: 'account', stage: 'PostOperation', handler: ({ trace, depth }) => trace(`set at ${depth}`) },
  )
  lab.update('A', { note: 'x' })
  const [first] = lab.runs()
  const log = lab.runs()

  const { runs, details, changes } = lab.engine.as('bob').tryStep(first?.number ?? 0)

  expect(runs.map(({ message, depth, outcome, trace }) => `${message} ${depth} ${outcome} ${trace}`)).toEqual([
    'Update 1 done ',
    'Update 2 done ',
    'SetState 2 done set at 2',
  ])
  expect(details.run.number).toBe(runs[0]?.number)
  expect(details.input.target).toEqual({ note: 'x' })
  expect(changes.map(({ column }) => column)).toEqual(expect.arrayContaining(['statecode', 'statuscode', 'modifiedby']))
  expect(changes.find(({ column }) => column === 'statecode')).toEqual({ column: 'statecode', before: 1, after: 0 })
  expect(lab.runs()).toEqual(log)
})

test('one that fails is an answer too, and leaves as little [PG31]', () => {
  const lab = openTree()
  let isBroken = false
  lab.plugin('write', {
    message: 'Update',
    table: 'account',
    stage: 'PreOperation',
    handler({ service }) {
      service.create('task', { name: 'made' })
      if (isBroken) throw new InvalidPluginExecutionError('Not this time')
    },
  })
  lab.update('A', { note: 'x' })
  isBroken = true
  const before = lab.dump()

  const { runs } = lab.engine.as('admin').tryStep(lab.engine.lastRun())

  expect(runs).toMatchObject([{ outcome: 'refused', error: 'Not this time', code: '0x80040265' }])
  expect(lab.dump()).toEqual(before)
})

test('the fixed step is the one that runs again; one that is gone, or runs after the commit, is refused [PG31]', async () => {
  const lab = openTree()
  const step = (text: string) =>
    ({ message: 'Update', table: 'account', stage: 'PreOperation', handler: ({ trace }: StepContext) => trace(text) }) as const
  lab.plugin('look', step('as it was'), { ...step('later'), stage: 'PostOperation', mode: 'Async' })
  lab.update('A', { note: 'x' })
  await lab.runSteps()
  const [sync, async] = lab.runs().map(({ number }) => number)

  lab.plugin('look', step('fixed'), { ...step('later'), stage: 'PostOperation', mode: 'Async' })
  const fixed = lab.engine.as('admin').tryStep(sync ?? 0).runs[0]
  const asynchronous = refusalOf(() => lab.engine.as('admin').tryStep(async ?? 0))
  const unknown = refusalOf(() => lab.engine.as('admin').tryStep(4711))
  lab.engine.removePlugin('look')
  const gone = refusalOf(() => lab.engine.as('admin').tryStep(sync ?? 0))

  expect(fixed?.trace).toBe('fixed')
  expect([asynchronous.code, unknown.code, gone.code]).toEqual(['NOT_SUPPORTED', 'RECORD_NOT_FOUND', 'INPUT_INVALID'])
})

test('a record that is gone is refused, and so is a step that nobody here has agreed to [PG31, PG30]', () => {
  const lab = openTree()
  lab.plugin('look', { message: 'Update', stage: 'PreOperation', handler: () => {} })
  lab.update('A', { note: 'x' })
  const run = lab.engine.lastRun()

  const notAgreed = refusalOf(() => lab.opened('the key of somebody else').as('admin').tryStep(run))
  lab.sync(lab.delete('A'))
  const gone = refusalOf(() => lab.engine.as('admin').tryStep(run))

  expect([notAgreed.code, gone.code]).toEqual(['PLUGIN_NOT_AGREED', 'INPUT_INVALID'])
})
