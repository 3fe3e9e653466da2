import { z } from 'zod'
import type { Area, MethodContext } from './method.ts'
import { name, recordInput, recordQuery, recordRef, searchText } from './shapes.ts'

export const recordMethods = ({ session }: MethodContext): Area<'records' | 'principals'> => ({
  'records.find': { input: z.tuple([recordQuery]), run: (query) => session.workbench().engine.findRecords(query) },
  'records.get': { input: z.tuple([recordRef]), run: (record) => session.workbench().engine.getRecord(record) },
  'records.counts': {
    input: z.tuple([]),
    run() {
      const { engine } = session.workbench()
      return Object.fromEntries(engine.model().tables.map(({ logicalName }) => [logicalName, engine.countRecords(logicalName)]))
    },
  },
  'records.create': {
    input: z.tuple([z.strictObject({ table: name, values: recordInput, caller: name })]),
    run: ({ table, values, caller }) => session.workbench().createRecord(table, values, caller),
  },
  'records.update': {
    input: z.tuple([z.strictObject({ record: recordRef, values: recordInput, caller: name })]),
    run: ({ record, values, caller }) => session.workbench().updateRecord(record, values, caller),
  },
  'principals.find': { input: z.tuple([searchText]), run: (search) => session.workbench().engine.findPrincipals(search) },
})
