import { spawn } from 'node:child_process'

/** Opens a link in the system's browser. Ignores a failure, because the link is printed too. */
export function openSystemBrowser(url: string): void {
  const [program, args] = openerOf(process.platform, url)
  const opener = spawn(program, args, { stdio: 'ignore', detached: true })
  opener.on('error', () => undefined)
  opener.unref()
}

function openerOf(platform: NodeJS.Platform, url: string): [string, string[]] {
  if (platform === 'darwin') return ['open', [url]]
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]]
  return ['xdg-open', [url]]
}
