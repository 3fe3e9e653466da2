import { spawn } from 'node:child_process'

/** Shows a link in the person's browser. Where there is none nothing happens: the link was printed as well. */
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
