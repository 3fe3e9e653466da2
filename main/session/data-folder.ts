import { homedir } from 'node:os'
import { join } from 'node:path'

/** Returns the default folder of this user's application data. */
export function usualDataFolder(): string {
  if (process.platform === 'win32') return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Cascade Workbench')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Cascade Workbench')
  return join(process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'cascade-workbench')
}
