import { Command } from 'commander'
import { acts, examples } from '../command.ts'
import { dataFolder } from '../user-data.ts'
import { wholeNumber } from '../wholes.ts'

interface ServeOptions {
  json?: boolean
  port?: number
  open: boolean
}

export const serve = () =>
  acts<[string | undefined], ServeOptions>(
    new Command('serve')
      .description('serve the app to a browser on this computer, until Ctrl+C')
      .argument('[environment]', 'a .cascade file to open')
      .option('--port <number>', 'default: a free one', wholeNumber(0))
      .option('--no-open', 'do not open a browser')
      .addHelpText('after', examples('cascade serve lab.cascade', 'cascade serve --port 4711 --no-open')),
    async ({ output }, { port, open }, environment) => {
      const { startBrowserHost } = await import('../../browser/index.ts')
      const host = await startBrowserHost({
        open,
        dataFolder: dataFolder(),
        ...(port === undefined ? {} : { port }),
        ...(environment === undefined ? {} : { environment }),
      })
      output.result({ url: host.url }, () => `Serving on ${host.url}`)
      await new Promise<void>((resolve) => void process.once('SIGINT', resolve).once('SIGTERM', resolve))
      await host.close()
      return undefined
    },
  )
