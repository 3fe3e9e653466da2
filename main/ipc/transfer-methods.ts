import { z } from 'zod'
import { type MethodContext, method } from './method.ts'
import { csvImport, fileToken, generateRule, guid, importOptions } from './shapes.ts'

export const transferMethods = ({ session }: MethodContext) => ({
  'import.inspect': method({
    input: z.tuple([fileToken]),
    run: (token) => session.workbench().inspectSource(session.files.pathOf(token)),
  }),
  'import.run': method({
    input: z.tuple([z.strictObject({ token: fileToken, options: importOptions, caller: guid })]),
    run: ({ token, options, caller }) => session.workbench().as(caller).importSource(session.files.pathOf(token), options),
  }),
  'csv.inspect': method({
    input: z.tuple([fileToken]),
    run: (token) => session.workbench().inspectCsv(session.files.pathOf(token)),
  }),
  'csv.import': method({
    input: z.tuple([z.strictObject({ token: fileToken, mapping: csvImport, caller: guid })]),
    run: ({ token, mapping, caller }) => session.workbench().as(caller).importCsv(session.files.pathOf(token), mapping),
  }),
  'generate.run': method({
    input: z.tuple([z.strictObject({ rules: z.array(generateRule).min(1).max(1_000), caller: guid })]),
    run: ({ rules, caller }) => session.workbench().as(caller).generate(rules),
  }),
})
