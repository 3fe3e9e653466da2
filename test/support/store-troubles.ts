import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

const BATCH_WORKER = JSON.stringify(new URL('../../main/batch/batch.worker.ts', import.meta.url).href)

/**
 * The product's batch worker, which beside its work obeys `{ pragma }` on each connection that it has open: SQLite's own limits
 * stand in for a disk that is full and for a file that nobody may write to.
 */
const LIMITED_WORKER = `
  const { parentPort } = require('node:worker_threads')
  const Database = require('better-sqlite3')
  const opened = new Set()
  const { pragma } = Database.prototype
  Database.prototype.pragma = function (...args) {
    opened.add(this)
    return pragma.apply(this, args)
  }
  parentPort.on('message', (message) => {
    if (typeof message?.pragma !== 'string') return
    for (const db of opened) if (db.open) pragma.call(db, message.pragma)
    parentPort.postMessage({ obeyed: message.pragma })
  })
  import(${BATCH_WORKER})`

export const spawnLimitedWorker = (): Worker => new Worker(LIMITED_WORKER, { eval: true })

async function tell(worker: Worker | undefined, pragma: string): Promise<void> {
  if (!worker) throw new Error('There is no such worker')
  worker.postMessage({ pragma })
  for (;;) {
    const [message] = (await once(worker, 'message')) as [{ obeyed?: string }]
    if (message.obeyed === pragma) return
  }
}

/** From now on the file cannot grow: SQLite itself says that it is full. A limit below the present length counts as that length. */
export const fillDisk = (worker: Worker | undefined): Promise<void> => tell(worker, 'max_page_count = 1')
export const makeRoom = (worker: Worker | undefined): Promise<void> => tell(worker, 'max_page_count = 1073741823')

/** From now on SQLite refuses this thread each write. */
export const forbidWrites = (worker: Worker | undefined): Promise<void> => tell(worker, 'query_only = ON')
export const allowWrites = (worker: Worker | undefined): Promise<void> => tell(worker, 'query_only = OFF')
