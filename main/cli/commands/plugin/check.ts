import { Command } from 'commander'
import { checkAgainst, checkAlone } from '../../check-plugin.ts'
import { acts, examples } from '../../command.ts'
import { checkText } from '../../plugin-text.ts'
import { readPackage } from '../../read-package.ts'

interface CheckOptions {
  json?: boolean
  env?: string
  configuration: string
}

export const check = () =>
  acts<[string], CheckOptions>(
    new Command('check')
      .description('say whether a plug-in would be accepted, and what it would do; nothing is installed')
      .argument('<path>', 'a plug-in folder, a module file, or a .tgz made by npm pack')
      .option('--env <environment>', 'check tables, columns and users against this one; without it, those that it names are taken as given')
      .option('--configuration <text>', 'configuration for a plug-in that is a function', '')
      .addHelpText('after', examples('cascade plugin check ./close-guard', 'cascade plugin check close-guard-1.2.0.tgz --env lab.cascade')),
    async ({ output }, { env, configuration }, path) => {
      const found = await readPackage(path, configuration)
      const checked = await (env === undefined ? checkAlone(found) : checkAgainst(env, found))
      output.result({ ...checked.check, unchecked: checked.unchecked }, () => `${checkText(checked.check)}\n\nIt would be accepted.`)
      if (checked.unchecked.length > 0) output.note(`Not checked without --env: ${checked.unchecked.join(', ')}.`)
      return undefined
    },
  )
