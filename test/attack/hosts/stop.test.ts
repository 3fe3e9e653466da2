import { expect, test } from 'vitest'
import { type LabModel, openLab } from '../../support/engine.ts'
import { openThreads, refusalOfAsync } from '../../support/workbench.ts'

const MODEL: LabModel = {
  tables: { account: {}, contact: {} },
  relationships: ['account > contact.accountid Assign=Cascade'],
}
const openTree = () => openLab(MODEL).rows({ account: { A: { ownerid: 'alice' } }, contact: { C: { accountid: 'A', ownerid: 'alice' } } })

/** The most that one rule makes: minutes of work. */
const ENDLESS = { table: 'account', count: 10_000_000 }

test('generating is stopped in the middle, leaves nothing, and what waited behind it goes on', async () => {
  const lab = openTree()
  const { workbench, events, workers } = await openThreads(lab)
  const user = workbench.as('admin')
  const endless = refusalOfAsync(user.generate([ENDLESS]))
  await expect.poll(() => events.some(({ kind }) => kind === 'progress')).toBe(true)
  const behind = user.execute(lab.assign('A', 'bob'), { mode: 'Async' })
  expect(workbench.underWay()).toEqual([{ key: 'workbench.underWay.generate' }])

  expect(workbench.stopWork('transfer')).toBe(true)

  expect(await endless).toMatchObject({ code: 'CANCELLED' })
  const { jobId } = await behind
  expect(await workbench.jobEnded(jobId ?? '')).toMatchObject({ status: 'Completed', processed: 2 })
  expect(await user.countRecords('account')).toBe(1)
  expect(await user.generate([{ ...ENDLESS, count: 3 }])).toMatchObject({ total: 3 })
  expect(workbench.underWay()).toEqual([])
  expect(workers.length).toBeGreaterThan(2)
})

test('stopping reaches what waits behind the first', async () => {
  const lab = openTree()
  const { workbench, events } = await openThreads(lab)
  const user = workbench.as('admin')
  const endless = refusalOfAsync(user.generate([ENDLESS]))
  await expect.poll(() => events.some(({ kind }) => kind === 'progress')).toBe(true)
  const second = refusalOfAsync(user.generate([ENDLESS]))

  workbench.stopWork('transfer')

  expect([await endless, await second]).toMatchObject([{ code: 'CANCELLED' }, { code: 'CANCELLED' }])
  expect(await user.countRecords('account')).toBe(1)
})

test('a preview is stopped, before it is sent to its thread and after, and the next one is made', async () => {
  const lab = openTree()
  const { workbench } = await openThreads(lab)
  const user = workbench.as('admin')

  const unsent = refusalOfAsync(user.preview(lab.assign('A', 'bob')))
  workbench.stopWork('preview')
  expect(await unsent).toMatchObject({ code: 'CANCELLED' })
  const sent = refusalOfAsync(user.preview(lab.assign('A', 'bob')))
  // Sent by now; an answer cannot come before this thread is idle.
  for (let turn = 0; turn < 10; turn++) await null
  workbench.stopWork('preview')
  const next = await user.preview(lab.assign('A', 'bob'))

  expect(await sent).toMatchObject({ code: 'CANCELLED' })
  expect(next).toMatchObject({ affected: 2 })
})

test('where nothing is under way nothing is stopped', async () => {
  const { workbench, workers } = await openThreads(openTree())

  expect([workbench.stopWork('transfer'), workbench.stopWork('preview')]).toEqual([false, false])
  expect(workers).toHaveLength(2)
})
