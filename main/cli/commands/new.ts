import { Command } from 'commander'
import { v7 } from 'uuid'
import { acts, examples } from '../command.ts'
import { grouped } from '../output.ts'
import { withWorkbench } from '../with-workbench.ts'

interface NewOptions {
  json?: boolean
  sample?: boolean
}

export const create = () =>
  acts<[string], NewOptions>(
    new Command('new')
      .description('create an environment file')
      .argument('<environment>', 'a .cascade file that does not exist yet')
      .option('--sample', 'with sample data to try things on')
      .addHelpText('after', examples('cascade new lab.cascade', 'cascade new demo.cascade --sample')),
    async ({ output }, { sample }, environment) => {
      if (sample) {
        const { createSampleEnvironment } = await import('../../sample/index.ts')
        await createSampleEnvironment(environment, { now: Date.now, newId: () => v7() })
      } else {
        const { openEngine } = await import('#engine')
        openEngine({ path: environment, mode: 'create', now: Date.now, newId: () => v7() }).close()
      }
      return withWorkbench(environment, async (workbench) => {
        const info = workbench.info()
        output.result(info, () => `Made ${info.path}: ${grouped(info.tables)} tables, ${grouped(info.relationships)} relationships.`)
        return undefined
      })
    },
  )
