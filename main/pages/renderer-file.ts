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

/** Where the build puts the renderer, seen from the sources and from the bundle. */
export const rendererFolder = (): string =>
  fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../out/renderer' : '../renderer', import.meta.url))

/**
 * The file behind a URL's path, or `undefined` for everything that is no file of a known type inside the folder: paths that
 * climb out, by dots or by links, folders, and hidden files included.
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
    return undefined // It does not exist, or may not be read.
  }
}

function decoded(urlPath: string): string | undefined {
  try {
    return decodeURIComponent(urlPath)
  } catch {
    return undefined
  }
}
