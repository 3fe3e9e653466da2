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
    input: z.tuple([z.strictObject({ caller: guid })]),
    run: ({ caller }) => countAll(session.workbench(), caller),
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

async function countAll(workbench: Workbench, caller: string): Promise<Record<string, number>> {
  const user = workbench.as(caller)
  const tables = workbench.model().tables.map(({ logicalName }) => logicalName)
  return Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await user.countRecords(table)] as const)))
}
