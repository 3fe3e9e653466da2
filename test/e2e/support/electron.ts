import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type Page } from 'playwright'
import { ROOT } from '../../support/repository.ts'
import { asRoot } from './chromium.ts'

/** Electron's program, or `null` where only its package is installed. Asking the package itself would start a download. */
export function installedElectron(): string | null {
  const folder = join(ROOT, 'node_modules', 'electron')
  const note = join(folder, 'path.txt')
  if (!existsSync(note)) return null
  const program = join(folder, 'dist', readFileSync(note, 'utf8'))
  return existsSync(program) ? program : null
}

export async function startElectron(dataFolder: string): Promise<{ page: Page; close(): Promise<void> }> {
  const app = await _electron.launch({
    executablePath: installedElectron() ?? 'electron',
    args: [...asRoot(), `--user-data-dir=${dataFolder}`, ROOT],
  })
  return { page: await app.firstWindow(), close: () => app.close() }
}
