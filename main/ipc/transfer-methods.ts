import { z } from 'zod'
import { type MethodContext, method } from './method.ts'
import { csvImport, generateRule, importOptions, name, path } from './shapes.ts'

export const transferMethods = ({ session }: MethodContext) => ({
  'import.inspect': method({ input: z.tuple([path]), run: (source) => session.workbench().inspectSource(source) }),
  'import.run': method({
    input: z.tuple([z.strictObject({ path, options: importOptions, caller: name })]),
    run: (input) => session.workbench().importSource(input.path, input.options, input.caller),
  }),
  'csv.inspect': method({ input: z.tuple([path]), run: (file) => session.workbench().inspectCsv(file) }),
  'csv.import': method({
    input: z.tuple([z.strictObject({ path, mapping: csvImport, caller: name })]),
    run: (input) => session.workbench().importCsv(input.path, input.mapping, input.caller),
  }),
  'generate.run': method({
    input: z.tuple([z.strictObject({ rules: z.array(generateRule).min(1).max(1_000), caller: name })]),
    run: ({ rules, caller }) => session.workbench().generate(rules, caller),
  }),
})
