import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { EngineError } from '#engine/contract/errors'
import { Lab } from '../../support/engine.ts'
import { messageOfJob } from '../../support/message-of-job.ts'

function openTree() {
  const lab = new Lab({
    tables: { account: {}, contact: {}, task: {} },
    relationships: ['account > contact.accountid Delete=Cascade'],
  })
  return lab.rows({
    account: { A: {}, B: {} },
    contact: { C1: { accountid: 'A' }, C2: { accountid: 'A' }, C3: { accountid: 'B' } },
    task: { T: {} },
  })
}

/** Returns the names that the file keeps of deleted rows. */
function namesKept(lab: Lab): string[] {
  const db = new Database(lab.path, { readonly: true })
  try {
    return db
      .prepare<[], { name: string }>('SELECT name FROM _gone_record ORDER BY row')
      .all()
      .map(({ name }) => name)
  } finally {
    db.close()
  }
}

test('a job names a record that somebody else deleted, and forgets it when the last job is over [FR3, FR1]', () => {
  const lab = openTree()
  const job = lab.job(lab.delete('A'))
  const gone = { ...lab.refOf('C1'), name: 'C1' }
  const other = lab.another()
  other.as('admin').executeSync(other.as('admin').planCascade(lab.delete('C1'), 'Sync').planId)
  lab.sync(lab.delete('T'))

  const { job: paused } = lab.finish(job)
  const kept = namesKept(lab)
  lab.engine.as('admin').cancelJob(job.id)

  expect(paused).toMatchObject({ status: 'Paused', errorCode: '0x80040217', record: gone, failing: gone })
  expect(messageOfJob(paused)).toBe(`contact C1 (${gone.id}): contact With Id = ${gone.id} Does Not Exist`)
  expect(kept).toEqual(['C1'])
  expect(namesKept(lab)).toEqual([])
})

test('a job keeps nothing of the rows that it deletes as planned, nor a delete where no job is open [FR3]', () => {
  const lab = openTree()

  lab.sync(lab.delete('C3'))
  const { job } = lab.async(lab.delete('A'))

  expect(job.status).toBe('Completed')
  expect(namesKept(lab)).toEqual([])
})

test('a plan that waits names a record that was deleted on the same thread [FR3, FR4]', () => {
  const lab = openTree()
  const admin = lab.engine.as('admin')
  const gone = { ...lab.refOf('C2'), name: 'C2' }
  const { planId } = admin.planCascade(lab.delete('A'), 'Sync')
  lab.sync(lab.delete('C2'))

  const refused = () => admin.executeSync(planId)

  expect(refused).toThrow(EngineError)
  expect(refused).toThrow(expect.objectContaining({ code: 'PLAN_OUTDATED', record: gone }))
})
