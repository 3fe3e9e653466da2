import { reason } from '#text/english/reasons'
import type { Message } from '#text/message'
import type { CascadeMode, ModeChoice, ThresholdOperation } from '../contract/cascades.ts'
import type { Settings } from '../contract/settings.ts'
import { thresholdOf } from '../contract/settings.ts'

/** Returns the mode of a cascade and the reason. "Meets" the threshold means at least; without a threshold a cascade is synchronous. Source: dataverse reference, section 2.1. */
export function chooseMode(
  settings: Settings,
  operation: ThresholdOperation | null,
  affected: number,
  choice: ModeChoice,
  hasSteps = false,
): { mode: CascadeMode; reason: Message } {
  if (operation === null) return { mode: 'Sync', reason: reason.alwaysSync }
  if (!settings.asyncCascades) return { mode: 'Sync', reason: reason.asyncSwitchedOff }
  if (settings.pluginsBlockAsync && hasSteps) return { mode: 'Sync', reason: reason.stepsNotAsync }
  if (choice !== 'Auto') return { mode: choice, reason: choice === 'Sync' ? reason.askedForSync : reason.askedForAsync }
  const threshold = thresholdOf(settings, operation)
  const compared = { affected, threshold, operation }
  return affected >= threshold
    ? { mode: 'Async', reason: reason.meetsThreshold(compared) }
    : { mode: 'Sync', reason: reason.belowThreshold(compared) }
}
