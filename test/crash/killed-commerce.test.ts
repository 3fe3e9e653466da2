import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Engine, openEngine } from '#engine'
import { CommerceLab } from '../support/commerce.ts'
import { finishCommerce } from '../support/commerce-way.ts'
import { isKilledAt, KILLED, runProcess } from '../support/crash/run-process.ts'
import { copyAt, copyEnvironment } from '../support/crash/steps.ts'
import { given } from '../support/reference-model/environment.ts'
import { removeEnvironment } from '../support/reference-model/session.ts'

const KILLED_COMMERCE = fileURLToPath(new URL('../support/crash/killed-commerce.ts', import.meta.url))
/** The moments at which the killed process and the one after it live. */
const [BEFORE, AFTER] = [Date.UTC(2026, 1, 1), Date.UTC(2026, 1, 2)]

/** More than one chunk of a batch, so that a run can be interrupted in the middle. */
const CUSTOMERS = 520

/** Every third step is looked at; real kills are every eighth, so that both fall on all kinds of step. */
const STRIDE = 3

const folder = mkdtempSync(join(tmpdir(), 'cascade-crash-commerce-'))
const base = join(folder, 'base.cascade')
const copies = join(folder, 'copies')
let accounts: string[] = []
let steps = 0
let final: unknown

function use<T>(path: string, read: (engine: Engine) => T): T {
  const { now, newId } = given(AFTER)
  // Other ids than those of the process before.
  const engine = openEngine({ path, now, newId: () => `2${newId().slice(1)}`, mode: 'open' })
  try {
    return read(engine)
  } finally {
    engine.close()
  }
}

/** What headquarters and the channels have in the end, without times. */
const snapshotOf = (engine: Engine): unknown => ({
  operations: engine.findSyncOperations().map(({ table, origin, counter, status }) => [table, origin, counter, status]),
  customers: accounts.slice(0, 20).map((account) => engine.getCommerceCustomer(account)),
  numbers: new Set(accounts.map((account) => engine.getCommerceCustomer(account).realAccount)).size,
})

beforeAll(async () => {
  const lab = new CommerceLab(undefined, base)
  for (let index = 0; index < CUSTOMERS; index++)
    accounts.push(
      lab.do('createCustomer', {
        channel: index % 2 === 0 ? 'store-1' : 'web-1',
        values: { FIRSTNAME: `N${index}`, ADDRESSBOOK: 'all', ...(index % 3 === 0 ? {} : { CUSTGROUP: '1' }) },
      }).account ?? '',
    )
  for (const account of accounts.slice(0, 6)) {
    lab.try('editCustomer', { channel: 'store-1', customer: account, values: { PHONE: '1' } })
    lab.try('createOrder', { channel: 'store-1', customer: account, id: account, mode: 'Async' })
  }
  lab.close()
  mkdirSync(copies)
  const path = join(folder, 'whole.cascade')
  copyEnvironment(base, path)
  const { printed, errors } = await runProcess(KILLED_COMMERCE, path, 'commerce', BEFORE, ['copy', copies])
  if (errors !== '') throw new Error(errors)
  steps = Number(printed)
  final = use(path, snapshotOf)
})

afterAll(() => {
  accounts = []
  rmSync(folder, { recursive: true, force: true })
})

test('killed at any step, sessions and batches go on where they were committed: nothing lost, nothing twice [CA48]', async () => {
  const seen = { unfinished: 0, midway: 0 }
  const goOnFrom = (path: string, step: number): void => {
    use(path, (engine) => {
      for (const job of engine.recoverJobs()) {
        seen.unfinished++
        if (job.kind === 'batch' && job.processed > 0) seen.midway++
      }
      finishCommerce(engine)

      expect(snapshotOf(engine), `killed at step ${step}`).toEqual(final)
      expect(engine.checkIntegrity()).toEqual([])
    })
    removeEnvironment(path)
  }
  for (let step = 1; step <= steps; step += STRIDE) {
    if (isKilledAt(step, 0)) {
      const path = join(folder, `killed-${step}.cascade`)
      copyEnvironment(base, path)
      expect(await runProcess(KILLED_COMMERCE, path, 'commerce', BEFORE, ['kill', step])).toEqual(KILLED)
      goOnFrom(path, step)
    } else goOnFrom(copyAt(copies, step), step)
  }

  expect(steps).toBeGreaterThan(10)
  expect(Math.min(seen.unfinished, seen.midway), JSON.stringify(seen)).toBeGreaterThan(0)
})
