import { z } from 'zod'
import type { Workbench } from '../workbench/workbench.ts'
import { type MethodContext, method } from './method.ts'
import { guid, name, recordInput, recordQuery, recordRef, searchText } from './shapes.ts'

export const recordMethods = ({ session }: MethodContext) => ({
  'records.find': method({
    input: z.tuple([z.strictObject({ query: recordQuery, caller: guid })]),
    run: ({ query, caller }) => session.workbench().as(caller).findRecords(query),
  }),
  'records.get': method({
    input: z.tuple([z.strictObject({ record: recordRef, caller: guid })]),
    run: ({ record, caller }) => session.workbench().as(caller).getRecord(record),
  }),
  'records.counts': method({
    input: z.tuple([z.strictObject({ tables: z.array(name).nullable(), caller: guid })]),
    run: ({ tables, caller }) => countEach(session.workbench(), tables, caller),
  }),
  'records.create': method({
    input: z.tuple([z.strictObject({ table: name, values: recordInput, caller: guid })]),
    run: ({ table, values, caller }) => session.workbench().as(caller).createRecord(table, values),
  }),
  'records.update': method({
    input: z.tuple([z.strictObject({ record: recordRef, values: recordInput, caller: guid })]),
    run: ({ record, values, caller }) => session.workbench().as(caller).updateRecord(record, values),
  }),
  'principals.find': method({ input: z.tuple([searchText]), run: (search) => session.workbench().findPrincipals(search) }),
})

/** Returns the number of records of each of the tables; `null` stands for all of them. */
async function countEach(workbench: Workbench, tables: string[] | null, caller: string): Promise<Record<string, number>> {
  const user = workbench.as(caller)
  const counted = tables ?? workbench.model().tables.map(({ logicalName }) => logicalName)
  return Object.fromEntries(await Promise.all(counted.map(async (table) => [table, await user.countRecords(table)] as const)))
}
