import type { Engine } from '#engine'
import { openEngine } from '#engine'
import type { GenerateRule } from '#engine/contract/transfer'
import { beginFile } from '#engine/store/file'
import { generateRecords } from '../generate/index.ts'
import { loadPeople, SELLERS } from './people.ts'
import { SAMPLE_MODEL } from './sample-model.ts'
import { loadStories } from './stories.ts'

interface SampleOptions {
  now: () => number
  newId: () => string
}

/**
 * Creates an environment file with sample data: the same records in every file, apart from ids and times. It is put in place when it is
 * whole; a failure leaves nothing.
 */
export async function createSampleEnvironment(path: string, { now, newId }: SampleOptions): Promise<void> {
  const draft = beginFile(path)
  try {
    const engine = openEngine({ path, draft: draft.path, now, newId, mode: 'create' })
    try {
      fill(engine, { now, newId })
    } finally {
      engine.close()
    }
    draft.place()
  } finally {
    draft.discard()
  }
}

function fill(engine: Engine, { now, newId }: SampleOptions): void {
  engine.applyModel(SAMPLE_MODEL)
  const { load } = engine.as(engine.info().administratorId)
  const loader = load()
  try {
    loadPeople(loader, newId)
    loadStories(loader, newId)
    loader.commit()
  } catch (error) {
    loader.rollback()
    throw error
  }
  for (const rules of [LARGE_CUSTOMERS, EVERYDAY_BUSINESS]) generateRecords(rules, { model: engine.model, load }, { now, newId })
}

/** Two customers whose cascades are large enough to run as system jobs: over 1,000 rows to assign, over 5,000 to delete. */
const LARGE_CUSTOMERS: GenerateRule[] = [
  {
    table: 'account',
    count: 1,
    set: { name: 'Brightwater Logistics', accountnumber: 'AC-2001', industry: 'Freight', ownerid: 'Hana Keller' },
  },
  {
    table: 'contact',
    per: 'account',
    attribute: 'parentcustomerid',
    where: { accountnumber: 'AC-2001' },
    count: 400,
    set: { jobtitle: 'Driver', ownerid: 'Hana Keller' },
  },
  {
    table: 'task',
    per: 'contact',
    attribute: 'regardingobjectid',
    where: { jobtitle: 'Driver' },
    count: 3,
    set: { ownerid: 'Hana Keller' },
  },
  {
    table: 'account',
    count: 1,
    set: { name: 'Evergreen Energy', accountnumber: 'AC-2002', industry: 'Utilities', ownerid: 'Linnea Holm' },
  },
  {
    table: 'contact',
    per: 'account',
    attribute: 'parentcustomerid',
    where: { accountnumber: 'AC-2002' },
    count: 900,
    set: { jobtitle: 'Engineer', ownerid: 'Linnea Holm' },
  },
  {
    table: 'task',
    per: 'contact',
    attribute: 'regardingobjectid',
    where: { jobtitle: 'Engineer' },
    count: 5,
    set: { ownerid: 'Linnea Holm' },
  },
]

const EVERYDAY_BUSINESS: GenerateRule[] = [
  { table: 'account', count: 120, owners: SELLERS, set: { industry: 'Trade' }, states: { 0: 0.9, 1: 0.1 } },
  {
    table: 'contact',
    per: 'account',
    attribute: 'parentcustomerid',
    where: { industry: 'Trade' },
    count: 3,
    owners: SELLERS,
    set: { jobtitle: 'Buyer' },
  },
  {
    table: 'opportunity',
    per: 'account',
    attribute: 'customerid',
    where: { industry: 'Trade' },
    count: 1,
    owners: SELLERS,
    states: { 0: 0.6, 1: 0.25, 2: 0.15 },
  },
  {
    table: 'salesorder',
    per: 'account',
    attribute: 'customerid',
    where: { industry: 'Trade' },
    count: 2,
    owners: SELLERS,
    states: { 0: 0.5, 1: 0.3, 3: 0.2 },
  },
  { table: 'salesorderdetail', per: 'salesorder', attribute: 'salesorderid', where: { ordernumber: null }, count: 3 },
  {
    table: 'incident',
    per: 'account',
    attribute: 'customerid',
    where: { industry: 'Trade' },
    count: 1,
    owners: SELLERS,
    states: { 0: 0.7, 1: 0.3 },
  },
  { table: 'task', per: 'opportunity', attribute: 'regardingobjectid', where: {}, count: 1, owners: SELLERS, states: { 0: 0.7, 1: 0.3 } },
]
