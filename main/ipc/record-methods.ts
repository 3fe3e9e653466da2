import { z } from 'zod'
import type { Workbench } from '../workbench/workbench.ts'
import type { Area, MethodContext } from './method.ts'
import { name, recordInput, recordQuery, recordRef, searchText } from './shapes.ts'

export const recordMethods = ({ session }: MethodContext): Area<'records' | 'principals'> => ({
  'records.find': { input: z.tuple([recordQuery]), run: (query) => session.workbench().findRecords(query) },
  'records.get': { input: z.tuple([recordRef]), run: (record) => session.workbench().getRecord(record) },
  'records.counts': {
    input: z.tuple([]),
    run: () => countAll(session.workbench()),
  },
  'records.create': {
    input: z.tuple([z.strictObject({ table: name, values: recordInput, caller: name })]),
    run: ({ table, values, caller }) => session.workbench().createRecord(table, values, caller),
  },
  'records.update': {
    input: z.tuple([z.strictObject({ record: recordRef, values: recordInput, caller: name })]),
    run: ({ record, values, caller }) => session.workbench().updateRecord(record, values, caller),
  },
  'principals.find': { input: z.tuple([searchText]), run: (search) => session.workbench().findPrincipals(search) },
})

async function countAll(workbench: Workbench): Promise<Record<string, number>> {
  const tables = workbench.model().tables.map(({ logicalName }) => logicalName)
  return Object.fromEntries(await Promise.all(tables.map(async (table) => [table, await workbench.countRecords(table)] as const)))
}
