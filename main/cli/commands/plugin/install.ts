import { Command } from 'commander'
import { askToAgree } from '../../ask.ts'
import { acts, examples } from '../../command.ts'
import { EXIT } from '../../exit-codes.ts'
import { checkText } from '../../plugin-text.ts'
import { readPackage } from '../../read-package.ts'
import { withWorkbench } from '../../with-workbench.ts'

interface InstallCommandOptions {
  json?: boolean
  configuration: string
  disabled?: boolean
  replace?: boolean
  yes?: boolean
}

export const install = () =>
  acts<[string, string], InstallCommandOptions>(
    new Command('install')
      .description('install a plug-in, after you agreed to what it may do')
      .argument('<environment>', 'a .cascade file')
      .argument('<path>', 'a plug-in folder, a module file, or a .tgz made by npm pack')
      .option('--configuration <text>', 'configuration for a plug-in that is a function', '')
      .option('--disabled', 'install it, and enable it later')
      .option('--replace', 'replace the installed plug-in of the same name')
      .option('--yes', 'agree without being asked')
      .addHelpText(
        'after',
        examples(
          'cascade plugin install lab.cascade ./close-guard',
          'cascade plugin install lab.cascade close-guard-1.2.0.tgz --replace --yes',
          'cascade plugin install lab.cascade ./outbox --configuration "table=task"',
        ),
      ),
    ({ output }, { configuration, disabled = false, replace = false, yes = false }, environment, path) =>
      withWorkbench(environment, async (workbench) => {
        const found = await readPackage(path, configuration)
        const check = await workbench.checkPlugin(found)
        // A disabled plug-in runs nothing, so agreement can wait until it is enabled.
        if (!disabled && !yes) {
          output.note(`${checkText(check)}\n`)
          await askToAgree(`Install and enable ${check.manifest.name} with these permissions and files?`)
        }
        const plugin = await workbench.installPlugin(found, {
          isEnabled: !disabled,
          replace,
          ...(disabled ? {} : { agreedTo: check.contentHash }),
        })
        output.result(plugin, () => `Installed ${plugin.name} ${plugin.version}: ${plugin.status}.`)
        return EXIT.ok
      }),
  )
