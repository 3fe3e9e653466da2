import { Command } from 'commander'
import { type MergeOptions, mergeRequest, withMergeOptions } from '../cascade-options.ts'
import { acts, examples } from '../command.ts'
import { runCascade } from '../run-cascade.ts'

export const merge = () =>
  acts<[string], MergeOptions>(
    withMergeOptions(
      new Command('merge')
        .description('merge one record into another of its table')
        .argument('<environment>', 'a .cascade file')
        .addHelpText(
          'after',
          examples('cascade merge lab.cascade --target account/Contoso --subordinate "account/Contoso Ltd" --set telephone1=555-0100'),
        ),
    ),
    (context, options, environment) => runCascade(context, environment, options, (acting) => mergeRequest(acting, options)),
  )
