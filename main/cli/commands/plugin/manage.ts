import { Command } from 'commander'
import { EngineError } from '#engine/contract/errors'
import type { Plugin } from '#engine/contract/plugins'
import type { Workbench } from '../../../workbench/workbench.ts'
import { askToAgree } from '../../ask.ts'
import { acts, examples } from '../../command.ts'
import { fileTable, inOrder, permissionText, stepTable } from '../../plugin-text.ts'
import { withWorkbench } from '../../with-workbench.ts'

export const enable = () =>
  acts<[string, string], { json?: boolean; yes?: boolean }>(
    pluginCommand('enable', 'enable a plug-in, so that its steps run; asks for agreement if it was not given on this computer').option(
      '--yes',
      'agree without being asked',
    ),
    ({ output }, { yes = false }, environment, name) =>
      withWorkbench(environment, async (workbench) => {
        const plugin = await enablePlugin(workbench, name, async (asked) => {
          if (yes) return
          output.note(`${agreementText(asked)}\n`)
          await askToAgree(`Enable ${asked.name} with these permissions, steps and files?`)
        })
        output.result(plugin, () => `${plugin.name} ${plugin.version}: ${plugin.status}.`)
        return undefined
      }),
  )

/** Enables a plug-in, and asks for agreement unless it was given on this computer before. */
async function enablePlugin(workbench: Workbench, name: string, agree: (plugin: Plugin) => Promise<void>): Promise<Plugin> {
  try {
    return await workbench.enablePlugin(name)
  } catch (error) {
    const plugin = workbench.findPlugins().find((each) => each.name === name)
    if (!(error instanceof EngineError) || error.code !== 'PLUGIN_NOT_AGREED' || plugin === undefined) throw error
    await agree(plugin)
    return workbench.enablePlugin(name, plugin.contentHash)
  }
}

/** The registered steps are shown as well: they belong to what is agreed to, and come with the environment. */
const agreementText = ({ name, version, permissions, files, steps, contentHash }: Plugin): string =>
  [
    `${name} ${version}, content ${contentHash}`,
    `Permissions:\n${permissionText(permissions)}`,
    `Steps in order:\n${stepTable(inOrder(steps))}`,
    fileTable(files),
  ].join('\n\n')

export const disable = () =>
  acts<[string, string], { json?: boolean }>(
    pluginCommand('disable', 'disable a plug-in, so that none of its steps runs'),
    ({ output }, _options, environment, name) =>
      withWorkbench(environment, async (workbench) => {
        const plugin = await workbench.disablePlugin(name)
        output.result(plugin, () => `${plugin.name} ${plugin.version}: ${plugin.status}.`)
        return undefined
      }),
  )

export const remove = () =>
  acts<[string, string], { json?: boolean }>(
    pluginCommand('remove', 'remove a plug-in from an environment; the records that it wrote stay'),
    ({ output }, _options, environment, name) =>
      withWorkbench(environment, async (workbench) => {
        await workbench.removePlugin(name)
        output.result({ removed: name }, () => `Removed ${name}.`)
        return undefined
      }),
  )

const pluginCommand = (verb: string, description: string): Command =>
  new Command(verb)
    .description(description)
    .argument('<environment>', 'a .cascade file')
    .argument('<name>', "the plug-in's name, as `plugin list` shows it")
    .addHelpText('after', examples(`cascade plugin ${verb} lab.cascade close-guard`))
