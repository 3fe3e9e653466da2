import { Command } from 'commander'
import { acts, examples } from '../../command.ts'
import { pluginTable } from '../../plugin-text.ts'
import { withWorkbench } from '../../with-workbench.ts'

export const list = () =>
  acts<[string], { json?: boolean }>(
    new Command('list')
      .description('list the plug-ins of an environment')
      .argument('<environment>', 'a .cascade file')
      .addHelpText('after', examples('cascade plugin list lab.cascade', 'cascade plugin list lab.cascade --json')),
    ({ output }, _options, environment) =>
      withWorkbench(environment, async (workbench) => {
        const found = workbench.findPlugins()
        output.result(found, () => pluginTable(found))
        return undefined
      }),
  )
