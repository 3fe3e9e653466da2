import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { Command } from 'commander'
import { inputInvalid } from '#engine/contract/errors'
import { draftOf } from '#engine/store/draft'
import { fileFailure } from '#engine/store/file-failure'
import { acts, examples } from '../../command.ts'
import { pluginFiles } from '../../plugin-template.ts'
import { productVersionFor } from '../../product-version.ts'

interface NewPluginOptions {
  json?: boolean
  js?: boolean
  into: string
}

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

export const create = () =>
  acts<[string], NewPluginOptions>(
    new Command('new')
      .description('write a plug-in that works, with a test and scenarios, to start from')
      .argument('<name>', 'small letters, digits and hyphens')
      .option('--js', 'in JavaScript instead of TypeScript')
      .option('--into <folder>', 'where the folder of the plug-in goes', '.')
      .addHelpText('after', examples('cascade plugin new close-guard', 'cascade plugin new close-guard --js --into plugins')),
    async ({ output }, { js = false, into }, name) => {
      if (!NAME.test(name))
        throw inputInvalid(`"${name}" is no name for a plug-in: write small letters, digits and hyphens, as in close-guard.`)
      const folder = resolve(into, name)
      if (existsSync(folder)) throw inputInvalid(`${folder} exists already.`)
      const files = pluginFiles(name, { language: js ? 'js' : 'ts', product: productVersionFor(folder) })
      writeFolder(folder, files)
      const shown = relative(process.cwd(), folder) || folder
      output.result({ folder, files: Object.keys(files) }, () => `Wrote ${shown}. Next: cascade plugin test ${shown} --watch`)
      return undefined
    },
  )

/** Writes a folder with files, which is there as a whole or not at all. */
function writeFolder(folder: string, files: Record<string, string>): void {
  try {
    mkdirSync(dirname(folder), { recursive: true })
    const draft = draftOf(folder)
    try {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(draft.path, path)), { recursive: true })
        writeFileSync(join(draft.path, path), text, { flag: 'wx' })
      }
      renameSync(draft.path, folder)
    } finally {
      draft.discard()
    }
  } catch (error) {
    throw fileFailure(error, folder)
  }
}
