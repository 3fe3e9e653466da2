import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The examples that come with the product: as far from the sources as from the bundle, in the packaged app and the npm package too. */
export const bundledPluginsFolder = (): string => fileURLToPath(new URL('../../plugins', import.meta.url))

/** Where a user's own plug-ins lie. */
export const userPluginsFolder = (dataFolder: string): string => join(dataFolder, 'plugins')
