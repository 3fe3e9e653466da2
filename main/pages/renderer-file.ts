import { realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
}

export interface RendererFile {
  path: string
  contentType: string
  sizeBytes: number
}

/** Returns the folder of the built renderer, for the sources and for the bundle alike. */
export const rendererFolder = (): string =>
  fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../out/renderer' : '../renderer', import.meta.url))

/**
 * Returns the file for a URL's path, or `undefined` unless it is a file of a known type inside the folder: refuses paths that
 * leave the folder, by dots or by links, as well as folders and hidden files.
 */
export async function findRendererFile(folder: string, urlPath: string): Promise<RendererFile | undefined> {
  const name = decoded(urlPath === '/' ? '/index.html' : urlPath)
  if (name === undefined || !/^(\/[\w@-][\w@.-]*)+$/.test(name)) return undefined
  const contentType = CONTENT_TYPES[extname(name)]
  if (contentType === undefined) return undefined
  try {
    const root = await realpath(folder)
    const path = await realpath(join(root, name))
    const status = await stat(path)
    return path.startsWith(root + sep) && status.isFile() ? { path, contentType, sizeBytes: status.size } : undefined
  } catch {
    return undefined // It does not exist or cannot be read.
  }
}

function decoded(urlPath: string): string | undefined {
  try {
    return decodeURIComponent(urlPath)
  } catch {
    return undefined
  }
}
