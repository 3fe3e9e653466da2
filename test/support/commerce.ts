import { join } from 'node:path'
import { type Engine, openEngine } from '#engine'
import { EngineError } from '#engine/contract/errors'
import type { CommerceOperation, CommerceOperations, OperationAnswer } from '../../main/commerce/api/operations.ts'
import type { CommerceSetUp } from '../../main/commerce/headquarters/set-up.ts'
import { noDetails } from '../../main/commerce/model/columns.ts'
import { PREREQUISITES } from '../../main/commerce/model/features.ts'
import { countedIds, START_MS, temporaryFolder } from './engine.ts'

/** Two stores and an online store with one address book, all features on. */
export const THREE_CHANNELS: CommerceSetUp = {
  channels: ['store-1', 'store-2', 'web-1'].map((name) => ({
    name,
    kind: name === 'web-1' ? 'online' : 'store',
    profile: {
      createCustomerInAsyncMode: name !== 'store-2',
      filterSharedCustomerData: false,
      addressBook: 'all',
      defaultCustomer: name === 'web-1' ? null : 'DC',
    },
  })),
  features: [...PREREQUISITES, 'asyncEdit'],
  settings: {},
  customers: [{ account: 'DC', values: { CUSTNAME: 'Default', CUSTGROUP: '10', ADDRESSBOOK: 'all' }, details: noDetails() }],
}

/** An open environment of asynchronous customers, whose system jobs run at once. */
export class CommerceLab {
  readonly path: string
  readonly engine: Engine
  nowMs = START_MS

  constructor(setUp: CommerceSetUp = THREE_CHANNELS, path: string = join(temporaryFolder(), 'commerce.cascade')) {
    this.path = path
    this.engine = openEngine({ path, mode: 'create', now: () => this.nowMs, newId: countedIds() })
    this.engine.setUpCommerce(setUp)
  }

  /** Does an operation and runs the jobs that it queues. @throws what refuses it */
  do<Name extends CommerceOperation['name']>(name: Name, given: CommerceOperations[Name]): OperationAnswer {
    this.nowMs += 1_000
    const answer = this.engine.operateCommerce({ name, with: given } as CommerceOperation)
    for (const job of answer.jobs) void this.engine.runJob(job, Number.POSITIVE_INFINITY)
    return answer
  }

  /** Does an operation, and returns nothing if channel or headquarters refuse it. */
  try<Name extends CommerceOperation['name']>(name: Name, given: CommerceOperations[Name]): OperationAnswer | undefined {
    try {
      return this.do(name, given)
    } catch (error) {
      if (error instanceof EngineError && error.code === 'COMMERCE_REFUSED') return undefined
      throw error
    }
  }

  close(): void {
    this.engine.close()
  }
}
