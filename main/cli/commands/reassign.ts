import { Command } from 'commander'
import { type AssignOptions, withAssignOptions } from '../cascade-options.ts'
import { acts, examples } from '../command.ts'
import { runCascade } from '../run-cascade.ts'

interface ReassignOptions extends AssignOptions {
  from: string
}

export const reassign = () =>
  acts<[string], ReassignOptions>(
    withAssignOptions(
      new Command('reassign')
        .description('give every record of a user or team, and what cascades from them, a new owner')
        .argument('<environment>', 'a .cascade file')
        .requiredOption('--from <owner>', 'whose records: name or GUID of a user or team')
        .addHelpText('after', examples('cascade reassign lab.cascade --from alice --to bob')),
    ),
    (context, options, environment) =>
      runCascade(context, environment, options, async () => ({ operation: 'Reassign', from: options.from, to: options.to })),
  )
