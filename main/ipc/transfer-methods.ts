import { z } from 'zod'
import { type MethodContext, method } from './method.ts'
import { csvImport, generateRule, guid, importOptions, path } from './shapes.ts'

export const transferMethods = ({ session }: MethodContext) => ({
  'import.inspect': method({ input: z.tuple([path]), run: (source) => session.workbench().inspectSource(source) }),
  'import.run': method({
    input: z.tuple([z.strictObject({ path, options: importOptions, caller: guid })]),
    run: (input) => session.workbench().as(input.caller).importSource(input.path, input.options),
  }),
  'csv.inspect': method({ input: z.tuple([path]), run: (file) => session.workbench().inspectCsv(file) }),
  'csv.import': method({
    input: z.tuple([z.strictObject({ path, mapping: csvImport, caller: guid })]),
    run: (input) => session.workbench().as(input.caller).importCsv(input.path, input.mapping),
  }),
  'generate.run': method({
    input: z.tuple([z.strictObject({ rules: z.array(generateRule).min(1).max(1_000), caller: guid })]),
    run: ({ rules, caller }) => session.workbench().as(caller).generate(rules),
  }),
})
