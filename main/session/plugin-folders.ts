import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Returns the folder of the bundled plug-ins. Its relative path is the same from the sources, the bundle, the packaged app and the npm package. */
export const bundledPluginsFolder = (): string => fileURLToPath(new URL('../../plugins', import.meta.url))

/** Returns the folder of the user's own plug-ins. */
export const userPluginsFolder = (dataFolder: string): string => join(dataFolder, 'plugins')
