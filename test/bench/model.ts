import type { CascadeConfiguration, ColumnType, ModelDefinition } from '#engine/contract/tables'
import type { GenerateRule } from '#engine/contract/transfer'
import { modelOf } from '../support/model.ts'
import type { Tree } from './shape.ts'

const PARENTAL: Partial<CascadeConfiguration> = {
  Assign: 'Cascade',
  Delete: 'Cascade',
  Merge: 'Cascade',
  Reparent: 'Cascade',
  Share: 'Cascade',
  Unshare: 'Cascade',
}
const NO_MERGE: Partial<CascadeConfiguration> = { ...PARENTAL, Merge: 'NoCascade' }
const COLUMNS: Record<string, ColumnType> = { name: 'String' }

/** The model of every benchmark, as the product sees it. */
export const MODEL: ModelDefinition = modelOf(
  Object.fromEntries(['account', 'contact', 'salesorder', 'orderline', 'task'].map((table) => [table, { columns: COLUMNS }])),
  [
    ['contact_customer_accounts', 'account', 'contact', 'parentcustomerid', PARENTAL],
    ['order_customer_contacts', 'contact', 'salesorder', 'customerid', PARENTAL],
    ['order_lines', 'salesorder', 'orderline', 'salesorderid', NO_MERGE],
    ['account_tasks', 'account', 'task', 'regardingobjectid', PARENTAL],
  ],
)

/** A tree as rules; its rows carry its name, so that the next rule finds them. */
export function rulesFor({ account: name, contacts, ordersPerContact, linesPerOrder, tasks }: Tree): GenerateRule[] {
  const set = { name }
  const where = { name }
  return [
    { table: 'account', count: 1, set },
    { table: 'contact', per: 'account', attribute: 'parentcustomerid', where, count: contacts, set },
    { table: 'salesorder', per: 'contact', attribute: 'customerid', where, count: ordersPerContact, set },
    { table: 'orderline', per: 'salesorder', attribute: 'salesorderid', where, count: linesPerOrder, set },
    { table: 'task', per: 'account', attribute: 'regardingobjectid', where, count: tasks, set },
  ]
}
