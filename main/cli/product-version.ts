import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import product from '../../package.json' with { type: 'json' }

/** Returns the folder of the checkout if the command runs from its sources, else null. */
const checkout = (): string | null => (import.meta.url.endsWith('.ts') ? fileURLToPath(new URL('../..', import.meta.url)) : null)

/**
 * Returns how a package in this folder should depend on the product: as the package around it does, else by the path of this checkout,
 * else by version.
 */
export function productVersionFor(folder: string): string {
  for (let around = dirname(folder); ; around = dirname(around)) {
    const version = versionIn(join(around, 'package.json'))
    if (version !== undefined)
      return version.startsWith('file:') ? fileVersion(resolve(around, version.slice('file:'.length)), folder) : version
    if (dirname(around) === around) break
  }
  const source = checkout()
  return source === null ? `^${product.version}` : fileVersion(source, folder)
}

function versionIn(path: string): string | undefined {
  if (!existsSync(path)) return undefined
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, string> | undefined>
    return devDependencies?.[product.name] ?? dependencies?.[product.name]
  } catch {
    return undefined // An invalid package.json, which npm will report.
  }
}

const fileVersion = (path: string, folder: string): string => `file:${relative(folder, path).replaceAll('\\', '/')}`
