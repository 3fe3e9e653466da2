import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { CustomScheme, Protocol } from 'electron'
import { pageHeaders } from '../pages/content-security-policy.ts'
import { findRendererFile } from '../pages/renderer-file.ts'

/** A scheme of our own instead of `file:`, because a page loaded from a file could read other files. */
export const APP_ORIGIN = 'app://workbench'

/** Registered before Electron is ready. */
export const appScheme: CustomScheme = { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }

export function serveAppProtocol(protocol: Pick<Protocol, 'handle'>, rendererFolder: string): void {
  protocol.handle('app', async ({ url, method }) => {
    const { host, pathname } = new URL(url)
    const file = host === new URL(APP_ORIGIN).host && method === 'GET' ? await findRendererFile(rendererFolder, pathname) : undefined
    if (!file) return new Response('There is no such file.', { status: 404 })
    return new Response(Readable.toWeb(createReadStream(file.path)) as ReadableStream, {
      headers: { ...pageHeaders([APP_ORIGIN]), 'Content-Type': file.contentType, 'Content-Length': String(file.sizeBytes) },
    })
  })
}
