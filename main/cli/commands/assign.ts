import { Command } from 'commander'
import { type AssignOptions, assignRequest, withAssignOptions } from '../cascade-options.ts'
import { acts, examples } from '../command.ts'
import { runCascade } from '../run-cascade.ts'

export const assign = () =>
  acts<[string, string], AssignOptions>(
    withAssignOptions(
      new Command('assign')
        .description('give a record, and the records to which the assign cascades, a new owner')
        .argument('<environment>', 'a .cascade file')
        .argument('<record>', 'table/GUID or table/name')
        .addHelpText(
          'after',
          examples(
            'cascade assign lab.cascade account/Contoso --to bob',
            'cascade assign lab.cascade account/Contoso --to bob --as alice --mode Async',
          ),
        ),
    ),
    (context, options, environment, record) =>
      runCascade(context, environment, options, (acting) => assignRequest(acting, record, options)),
  )
