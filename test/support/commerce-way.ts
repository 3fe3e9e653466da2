import type { Engine } from '#engine'
import type { CommerceOperation, CommerceOperations } from '../../main/commerce/api/operations.ts'

/** Runs every system job of the exchange and of batches to its end, those that were interrupted first. */
function runJobs(engine: Engine): void {
  for (;;) {
    const job = engine.nextJob({ kinds: ['exchange', 'batch'] })
    if (job === undefined) return
    void engine.runJob(job.id, Number.POSITIVE_INFINITY)
  }
}

/** Brings everything that channels have from there to headquarters and back, wherever it had come to. */
export function finishCommerce(engine: Engine): void {
  const act = <Name extends CommerceOperation['name']>(name: Name, given: CommerceOperations[Name]) => {
    engine.operateCommerce({ name, with: given } as CommerceOperation)
    runJobs(engine)
  }
  runJobs(engine)
  for (const { name } of engine.findCommerceChannels()) act('upload', { channel: name })
  act('runJob', { job: 'P-0001' })
  act('runBatch', { batch: 'SynchronizeOrders' })
  act('runBatch', { batch: 'SynchronizeCustomers' })
  act('runJob', { job: '1010' })
}
