import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { Command } from 'commander'
import { inputInvalid } from '#engine/contract/errors'
import type { ProcessDefinition } from '#engine/contract/processes'
import { didYouMean, listed } from '#engine/model/nearest'
import { draftOf } from '#engine/store/draft'
import { fileFailure } from '#engine/store/file-failure'
import { acts, examples } from '../../command.ts'
import { pluginFiles } from '../../plugin-template.ts'
import { productVersionFor } from '../../product-version.ts'
import { canStandIn, standInFiles } from '../../stand-in-template.ts'
import { withWorkbench } from '../../with-workbench.ts'

interface NewPluginOptions {
  json?: boolean
  js?: boolean
  into: string
  for?: string
  in?: string
}

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

export const create = () =>
  acts<[string], NewPluginOptions>(
    new Command('new')
      .description('write a plug-in that works, with a test and scenarios, to start from')
      .argument('<name>', 'small letters, digits and hyphens')
      .option('--js', 'in JavaScript instead of TypeScript')
      .option('--into <folder>', 'where the folder of the plug-in goes', '.')
      .option('--for <process>', 'as a stand-in for a workflow, flow or step of an imported solution: its name or id')
      .option('--in <environment>', '--for: the .cascade file that the solution was imported into')
      .addHelpText(
        'after',
        examples(
          'cascade plugin new close-guard',
          'cascade plugin new close-guard --js --into plugins',
          'cascade plugin new keep-orders --for "Keep orders" --in lab.cascade',
        ),
      ),
    async ({ output }, { js = false, into, for: wanted, in: environment }, name) => {
      if (!NAME.test(name))
        throw inputInvalid(`"${name}" is no name for a plug-in: write small letters, digits and hyphens, as in close-guard.`)
      const folder = resolve(into, name)
      if (existsSync(folder)) throw inputInvalid(`${folder} exists already.`)
      const options = { language: js ? ('js' as const) : ('ts' as const), product: productVersionFor(folder) }
      const files =
        wanted === undefined ? pluginFiles(name, options) : standInFiles(name, await processesNamed(wanted, environment), options)
      writeFolder(folder, files)
      const shown = relative(process.cwd(), folder) || folder
      output.result(
        { folder, files: Object.keys(files) },
        () => `Wrote ${shown}. Next: cascade plugin ${wanted === undefined ? `test ${shown} --watch` : `check ${shown}`}`,
      )
      return undefined
    },
  )

/** Returns the triggers of a process that was imported with a solution. */
async function processesNamed(wanted: string, environment: string | undefined): Promise<ProcessDefinition[]> {
  if (environment === undefined) throw inputInvalid('Which environment? Add --in.')
  let found: ProcessDefinition[] = []
  await withWorkbench(environment, async (workbench) => {
    const processes = workbench.processes()
    const names = [...new Set(processes.map(({ name }) => name))]
    const named = processes.filter(({ id, name }) => id === wanted.toLowerCase() || name.toLowerCase() === wanted.toLowerCase())
    if (named.length === 0)
      throw inputInvalid(
        `No imported solution has a process "${wanted}".${didYouMean(wanted, names)} Processes: ${listed(names) || 'none'}.`,
      )
    if (new Set(named.map(({ id }) => id)).size > 1)
      throw inputInvalid(`Several processes are named "${wanted}": ${[...new Set(named.map(({ id }) => id))].join(', ')}. Give the id.`)
    found = named.filter(canStandIn)
    if (found.length === 0) throw inputInvalid(`"${wanted}" runs on ${named[0]?.message ?? ''}, which no plug-in can listen to here.`)
    return undefined
  })
  return found
}

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
