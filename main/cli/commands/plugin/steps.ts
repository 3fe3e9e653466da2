import { Command, Option } from 'commander'
import { MESSAGES, type MessageName } from '#engine/contract/messages'
import { acts, examples } from '../../command.ts'
import { stepTable } from '../../plugin-text.ts'
import { withWorkbench } from '../../with-workbench.ts'

interface StepsOptions {
  json?: boolean
  table?: string
  message?: MessageName
}

export const steps = () =>
  acts<[string], StepsOptions>(
    new Command('steps')
      .description('list the steps of all plug-ins in the order in which they run')
      .argument('<environment>', 'a .cascade file')
      .option('--table <name>', 'only what runs for this table')
      .addOption(new Option('--message <name>', 'only what runs for this message').choices(MESSAGES))
      .addHelpText(
        'after',
        examples('cascade plugin steps lab.cascade', 'cascade plugin steps lab.cascade --table account --message Assign'),
      ),
    ({ output }, { table, message }, environment) =>
      withWorkbench(environment, async (workbench) => {
        if (table !== undefined) workbench.table(table)
        const found = workbench.findSteps({ ...(table === undefined ? {} : { table }), ...(message === undefined ? {} : { message }) })
        output.result(found, () => (found.length === 0 ? 'No step runs here.' : stepTable(found)))
        return undefined
      }),
  )
