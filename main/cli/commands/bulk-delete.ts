import { Command } from 'commander'
import type { RecordFilter } from '#engine/contract/records'
import { type CallerOption, withCaller } from '../caller.ts'
import { acts, examples, several } from '../command.ts'
import { readAssignments } from '../record-argument.ts'
import { runCascade } from '../run-cascade.ts'

interface BulkDeleteOptions extends CallerOption {
  json?: boolean
  where?: string[]
}

export const bulkDelete = () =>
  acts<[string, string], BulkDeleteOptions>(
    withCaller(
      new Command('bulk-delete')
        .description('delete the matching records of a table, each with its own cascade, as a job; one that is refused is left out')
        .argument('<environment>', 'a .cascade file')
        .argument('<table>', 'logical name of a table')
        .option('--where <column=value>', 'a value that the records have, nothing after = for empty; may be given several times', several)
        .addHelpText('after', examples('cascade bulk-delete lab.cascade contact --where statecode=1 --where parentcustomerid=')),
    ),
    (context, options, environment, table) =>
      runCascade(context, environment, { ...options, mode: 'Auto' }, async (acting) => ({
        operation: 'BulkDelete',
        table: acting.workbench.table(table).logicalName,
        where: Object.entries(await readAssignments(acting, table, options.where ?? [])).map(
          ([column, value]): RecordFilter => (value === null ? { column, operator: 'isNull' } : { column, operator: 'equals', value }),
        ),
      })),
  )
