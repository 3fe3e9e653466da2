import { Command, Option } from 'commander'
import { inputInvalid } from '#engine/errors'
import { acts, examples } from '../command.ts'
import { jobTable, jobText } from '../job-text.ts'
import { withWorkbench } from '../with-workbench.ts'

interface JobsOptions {
  json?: boolean
  view: 'all' | 'cascade'
}

export const jobs = () =>
  acts<[string, string | undefined, string | undefined], JobsOptions>(
    new Command('jobs')
      .description('list the system jobs, or show one with its messages')
      .argument('<environment>', 'a .cascade file')
      .argument('[action]', 'list or show', 'list')
      .argument('[id]', 'the job to show')
      .addOption(new Option('--view <view>', 'which jobs').choices(['all', 'cascade']).default('all'))
      .addHelpText(
        'after',
        examples('cascade jobs lab.cascade', 'cascade jobs lab.cascade --view cascade --json', 'cascade jobs lab.cascade show 0198c1de-…'),
      ),
    ({ output }, { view }, environment, action, id) =>
      withWorkbench(environment, async ({ engine }) => {
        if (action === 'show') {
          if (id === undefined) throw inputInvalid('Which job? Write: cascade jobs ENVIRONMENT show ID.')
          const details = engine.getJob(id)
          output.result(details, () => jobText(details))
        } else if (action === 'list') {
          const found = engine.findJobs(view === 'cascade' ? 'cascadeOperations' : 'all')
          output.result(found, () => jobTable(found))
        } else throw inputInvalid(`"${action}" is neither list nor show.`)
        return undefined
      }),
  )
