import { z } from 'zod'
import type { Area, MethodContext } from './method.ts'
import { csvImport, generateRule, importOptions, name, path } from './shapes.ts'

export const transferMethods = ({ session }: MethodContext): Area<'import' | 'csv' | 'generate'> => ({
  'import.inspect': { input: z.tuple([path]), run: (source) => session.workbench().inspectSource(source) },
  'import.run': {
    input: z.tuple([z.strictObject({ path, options: importOptions })]),
    run: (input) => session.workbench().importSource(input.path, input.options),
  },
  'csv.inspect': { input: z.tuple([path]), run: (file) => session.workbench().inspectCsv(file) },
  'csv.import': {
    input: z.tuple([z.strictObject({ path, mapping: csvImport })]),
    run: (input) => session.workbench().importCsv(input.path, input.mapping),
  },
  'generate.run': {
    input: z.tuple([z.strictObject({ rules: z.array(generateRule).min(1).max(1_000), caller: name })]),
    run: ({ rules, caller }) => session.workbench().generate(rules, caller),
  },
})
