import type { CascadeMode, CascadeOperation, ModeChoice } from '../contract/cascades.ts'
import type { Settings } from '../contract/settings.ts'
import { thresholdOf } from '../contract/settings.ts'

const grouped = (count: number): string => count.toLocaleString('en-US')

/** Returns the mode of a cascade and the reason. "Meets" the threshold means at least. Source: dataverse reference, section 2.1. */
export function chooseMode(
  settings: Settings,
  operation: CascadeOperation,
  affected: number,
  choice: ModeChoice,
  hasSteps = false,
): { mode: CascadeMode; reason: string } {
  if (!settings.asyncCascades) return { mode: 'Sync', reason: 'Synchronous because asynchronous cascades are switched off in the settings' }
  if (settings.pluginsBlockAsync && hasSteps)
    return {
      mode: 'Sync',
      reason: 'Synchronous because plug-in steps take part, which the settings do not allow in an asynchronous cascade',
    }
  if (choice !== 'Auto') return { mode: choice, reason: `${choice === 'Sync' ? 'Synchronous' : 'Asynchronous'} because it was asked for` }
  const threshold = thresholdOf(settings, operation)
  const meets = affected >= threshold
  return {
    mode: meets ? 'Async' : 'Sync',
    reason: `${meets ? 'Asynchronous' : 'Synchronous'} because ${grouped(affected)} affected records ${meets ? '≥' : '<'} ${grouped(threshold)}, the threshold for ${operation}`,
  }
}
