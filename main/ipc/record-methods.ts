import { z } from 'zod'
import type { Workbench } from '../workbench/workbench.ts'
import { type MethodContext, method } from './method.ts'
import { name, recordInput, recordQuery, recordRef, searchText } from './shapes.ts'

export const recordMethods = ({ session }: MethodContext) => ({
  'records.find': method({ input: z.tuple([recordQuery]), run: (query) => session.workbench().findRecords(query) }),
  'records.get': method({ input: z.tuple([recordRef]), run: (record) => session.workbench().getRecord(record) }),
  'records.counts': method({
    input: z.tuple([]),
    run: () => countAll(session.workbench()),
  }),
  'records.create': method({
    input: z.tuple([z.strictObject({ table: name, values: recordInput, caller: name })]),
    run: ({ table, values, caller }) => session.workbench().createRecord(table, values, caller),
  }),
  'records.update': method({
    input: z.tuple([z.strictObject({ record: recordRef, values: recordInput, caller: name })]),
    run: ({ record, values, caller }) => session.workbench().updateRecord(record, values, caller),
  }),
  'principals.find': method({ input: z.tuple([searchText]), run: (search) => session.workbench().findPrincipals(search) }),
})

async function countAll(workbench: Workbench): Promise<Record<string, number>> {
  const tables = workbench.model().tables.map(({ logicalName }) => logicalName)
  return Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await workbench.countRecords(table)] as const)))
}
