import { Command } from 'commander'
import { type CascadeOptions, deleteRequest, withCascadeOptions } from '../cascade-options.ts'
import { acts, examples } from '../command.ts'
import { runCascade } from '../run-cascade.ts'

export const remove = () =>
  acts<[string, string], CascadeOptions>(
    withCascadeOptions(
      new Command('delete')
        .description('delete a record, and the records to which the delete cascades')
        .argument('<environment>', 'a .cascade file')
        .argument('<record>', 'table/GUID or table/name')
        .addHelpText('after', examples('cascade delete lab.cascade contact/"Ann Ray"')),
    ),
    (context, options, environment, record) => runCascade(context, environment, options, (acting) => deleteRequest(acting, record)),
  )
