import { expect, onTestFinished, test } from 'vitest'
import { createSandbox } from '../../../../main/plugins/sandbox/index.ts'
import type { Lab, LabModel } from '../../../support/engine.ts'
import { openLab, refusalOf } from '../../../support/engine.ts'
import { packageOf } from '../../../support/store.ts'
import { tracedLines } from '../../../support/traced-lines.ts'

/** The pipeline with what runs plug-ins in the product, on a clock that only they move. */

const MODEL: LabModel = {
  tables: { account: { columns: { note: 'String' } }, contact: { columns: { note: 'String' } }, task: {} },
  relationships: ['account > contact.accountid Assign=Cascade Delete=Cascade Merge=Cascade'],
}

async function openContained(module: string, settings = {}): Promise<Lab> {
  let lab: Lab | undefined
  const sandbox = createSandbox({
    time: {
      kind: 'virtual',
      now: () => lab?.nowMs ?? 0,
      spend: (ms) => {
        if (lab) lab.nowMs += ms
      },
    },
  })
  onTestFinished(() => sandbox.close())
  await sandbox.ready()
  lab = openLab(MODEL, { settings, plugins: sandbox.runtime })
  lab.rows({
    account: { A: { ownerid: 'alice' } },
    contact: Object.fromEntries(['C0', 'C1', 'C2'].map((label) => [label, { accountid: 'A', ownerid: 'alice' }])),
  })
  lab.engine.installPlugin(packageOf({ 'index.js': module }), { isEnabled: true })
  return lab
}

const moduleOf = (...steps: string[]) => `
  import { InvalidPluginExecutionError } from 'cascade-workbench/plugin'
  export default { name: 'contained', steps: [${steps.join(',')}] }`

const traces = (lab: Lab) => tracedLines(lab.engine.as('admin'))

test.each([
  ['an endless loop', 'for (;;) {}', { code: 'PLUGIN_FAILED', platformCode: '0x80081111' }],
  [
    'an endless loop of service calls',
    'for (;;) service.retrieveMultiple({ table: "task" })',
    { code: 'PLUGIN_FAILED', platformCode: '0x80081111' },
  ],
  [
    'too much memory',
    'const all = []; for (;;) all.push("x".repeat(100000) + all.length)',
    { code: 'PLUGIN_FAILED', platformCode: '0x80040224' },
  ],
])('%s ends with the step, its record is undone, and the next operation runs [PG22, PG23]', async (_, body, expected) => {
  const lab = await openContained(
    moduleOf(`{ message: 'Update', table: 'account', stage: 'PreOperation', handler({ target, service, trace }) {
      service.create('task', { name: 'made' })
      trace('began')
      if (target.note === 'bad') { ${body} }
    } }`),
    { pluginTimeoutSeconds: expected.platformCode === '0x80081111' ? 2 : 1_000, pluginMemoryMegabytes: 16 },
  )

  const refusal = refusalOf(() => lab.update('A', { note: 'bad' }))
  lab.update('A', { note: 'good' })

  expect(refusal).toMatchObject({ ...expected, details: { plugin: 'contained' } })
  expect(lab.read('A', 'note')).toEqual({ note: 'good' })
  expect(lab.labels('task')).toEqual(['made'])
  expect(traces(lab)).toEqual(['began', 'began'])
})

test.each([
  ['goes on', ''],
  ['throws', 'throw new Error("given up")'],
  ['refuses', 'throw new InvalidPluginExecutionError("given up")'],
  ['lets it pass', 'throw caught'],
])('a loop within a request of another step takes no more than what is left to both; the outer one %s [PG22, PG20]', async (_, then) => {
  const lab = await openContained(
    moduleOf(
      `{ message: 'Update', table: 'account', stage: 'PreOperation', handler({ service, trace }) {
        const [contact] = service.retrieveMultiple({ table: 'contact' })
        let caught
        try { service.update('contact', contact.contactid, { note: 'x' }) } catch (fault) { caught = fault }
        ${then}
      } }`,
      `{ message: 'Update', table: 'contact', stage: 'PreOperation', handler() { for (;;) {} } }`,
    ),
    { pluginTimeoutSeconds: 3 },
  )
  const start = lab.nowMs

  const refusal = refusalOf(() => lab.update('A', { note: 'x' }))
  const again = refusalOf(() => lab.update('A', { note: 'x' }))

  expect(refusal).toMatchObject({ code: 'PLUGIN_FAILED', platformCode: '0x80081111' })
  expect(again).toEqual(refusal)
  expect(lab.nowMs - start).toBeLessThan(7_000)
  expect(lab.column('contact', 'note')).toEqual({ C0: null, C1: null, C2: null })
})

test('in a job the record whose step loops is undone alone, and the job goes on once the plug-in is disabled [PG22, PG24, PG25]', async () => {
  const lab = await openContained(
    moduleOf(`{ message: 'Update', table: 'contact', stage: 'PostOperation', preImage: ['name'], handler({ preImage, service }) {
      service.create('task', { name: preImage.name })
      if (preImage.name === 'C1') for (;;) {}
    } }`),
    { pluginTimeoutSeconds: 1 },
  )

  const { job } = lab.async(lab.assign('A', 'bob'))
  const paused = lab.labels('task')
  lab.engine.disablePlugin('contained')
  lab.engine.as('admin').resumeJob(job.id)
  const ended = lab.finish(job).job

  expect(job).toMatchObject({ status: 'Paused', processed: 2, errorCode: '0x80081111' })
  expect(paused).toEqual(['C0'])
  expect(ended).toMatchObject({ status: 'Completed', processed: 4 })
  expect(lab.column('contact', 'ownerid')).toEqual({ C0: 'bob', C1: 'bob', C2: 'bob' })
})

test('images are frozen, a promise is refused, refusals and faults keep their codes inside too [PG5, PG18, PG20, PG21]', async () => {
  const lab = await openContained(
    moduleOf(
      `{ message: 'Update', table: 'account', stage: 'PostOperation', preImage: true, postImage: ['note'], handler({ preImage, postImage, target, service, trace }) {
        for (const image of [preImage, postImage]) try { image.note = 'changed' } catch (error) { trace(error.name) }
        try { service.retrieve('account', '00000000-0000-0000-0000-00000000dead') } catch (fault) { trace(fault.name + ' ' + fault.code) }
        if (target.note === 'promise') return Promise.resolve()
        if (target.note === 'refuse') throw new InvalidPluginExecutionError('Not that')
      } }`,
    ),
  )

  lab.update('A', { note: 'fine' })
  const codes = ['promise', 'refuse'].map((note) => refusalOf(() => lab.update('A', { note })))

  expect(traces(lab).slice(0, 3).join('\n')).toBe('TypeError\nTypeError\nOrganizationServiceFault 0x80040217')
  expect(codes.map(({ code, platformCode }) => `${code} ${platformCode}`)).toEqual([
    'PLUGIN_FAILED 0x80040224',
    'PLUGIN_REFUSED 0x80040265',
  ])
  expect(lab.read('A', 'note')).toEqual({ note: 'fine' })
})

test('what a plug-in keeps in its module is its own affair: a cascade of many records goes through one module [PG24]', async () => {
  const lab = await openContained(`
    let count = 0
    export default { name: 'contained', steps: [
      { message: 'Update', table: 'contact', stage: 'PreOperation', handler: ({ trace, target }) => { trace('record ' + ++count); target.note = 'seen' } },
    ] }`)

  lab.async(lab.assign('A', 'bob'))

  expect(traces(lab)).toEqual(['record 1', 'record 2', 'record 3'])
  expect(lab.column('contact', 'note')).toEqual({ C0: 'seen', C1: 'seen', C2: 'seen' })
  expect(lab.column('contact', 'ownerid')).toEqual({ C0: 'bob', C1: 'bob', C2: 'bob' })
})
