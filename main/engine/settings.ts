import { inputInvalid } from './errors.ts'
import type { CascadeOperation, Settings, Thresholds } from './model.ts'
import { TRACE_LOGS } from './model.ts'

/** Where the sources disagree, each has a profile. Source: dataverse reference, section 2.1. */
export const THRESHOLD_PROFILES = {
  'docs-current': { Assign: 1_000, Delete: 5_000, Merge: 1_000 },
  'docs-2023': { Assign: 1_000, Delete: 10_000, Merge: 1_000 },
  'docs-2020': { Assign: 1_000, Delete: 10_000, Merge: 0 },
} as const satisfies Record<string, Thresholds>

export const DEFAULT_SETTINGS: Settings = {
  thresholds: 'docs-current',
  asyncCascades: true,
  pluginsBlockAsync: false,
  batchSize: 500,
  maxAttempts: 4,
  retryDelaySeconds: 30,
  lockTimeoutSeconds: 30,
  shareToPreviousOwnerOnAssign: false,
  mergeChecksChildRights: false,
  matrixOwnership: false,
  alwaysMoveRecordToOwnerBusinessUnit: true,
  maxDepth: 8,
  pluginTimeoutSeconds: 120,
  removeLinkUpdatesModifiedOn: false,
  restrictIgnoresRowsBeingDeleted: false,
  pluginTraceLog: 'All',
  pluginTraceRuns: 500_000,
  pluginMemoryMegabytes: 64,
  ownerChangeRaisesAssign: true,
  stateChangeRaisesSetState: true,
  removeLinkRaisesUpdate: false,
  mergeRaisesUpdateOnMovedRows: true,
  mergeRaisesUpdateOnTarget: true,
  mergeRaisesUpdateOnSubordinate: true,
  cascadedEventsAreDeeper: true,
}

/** Smallest and largest value of the settings that are whole numbers. */
const RANGES: Partial<Record<keyof Settings, [number, number]>> = {
  batchSize: [1, 100_000],
  maxAttempts: [1, 1_000],
  retryDelaySeconds: [0, 86_400],
  lockTimeoutSeconds: [0, 86_400],
  maxDepth: [1, 100],
  pluginTimeoutSeconds: [1, 86_400],
  pluginTraceRuns: [1_000, 100_000_000],
  pluginMemoryMegabytes: [8, 1_024],
}

export function thresholdOf(settings: Settings, operation: CascadeOperation): number {
  return thresholdsOf(settings)[operation]
}

export function thresholdsOf(settings: Settings): Thresholds {
  return typeof settings.thresholds === 'string' ? THRESHOLD_PROFILES[settings.thresholds] : settings.thresholds
}

/** Whether a row takes its new owner's business unit: not across business units with the move switched off. Source: dataverse reference, section 1.8. */
export const movesToOwnersUnit = ({ matrixOwnership, alwaysMoveRecordToOwnerBusinessUnit }: Settings): boolean =>
  !matrixOwnership || alwaysMoveRecordToOwnerBusinessUnit

/** @throws INPUT_INVALID naming the setting and what it may be. */
export function checkSettings(change: Partial<Settings>): void {
  for (const [name, value] of Object.entries(change)) {
    if (!(name in DEFAULT_SETTINGS))
      throw inputInvalid(`There is no setting "${name}".`, { setting: name, allowed: Object.keys(DEFAULT_SETTINGS) })
    const key = name as keyof Settings
    if (key === 'thresholds') checkThresholds(change.thresholds)
    else if (key === 'pluginTraceLog') checkTraceLog(value)
    else if (typeof DEFAULT_SETTINGS[key] === 'boolean') {
      if (typeof value !== 'boolean') throw inputInvalid(`Setting "${name}" is true or false.`, { setting: name, value })
    } else {
      const [least, most] = RANGES[key] ?? [0, Number.MAX_SAFE_INTEGER]
      if (!Number.isInteger(value) || (value as number) < least || (value as number) > most)
        throw inputInvalid(`Setting "${name}" is a whole number from ${least} to ${most}.`, { setting: name, value })
    }
  }
}

function checkTraceLog(value: unknown): void {
  if (!TRACE_LOGS.some((known) => known === value))
    throw inputInvalid(`Setting "pluginTraceLog" is one of ${TRACE_LOGS.join(', ')}.`, { setting: 'pluginTraceLog', value })
}

function checkThresholds(value: Settings['thresholds'] | undefined): void {
  if (typeof value === 'string' && value in THRESHOLD_PROFILES) return
  const counts = typeof value === 'object' && value !== null ? [value.Assign, value.Delete, value.Merge] : []
  if (counts.length === 3 && counts.every((count) => Number.isInteger(count) && count >= 0)) return
  throw inputInvalid(
    `Setting "thresholds" is one of ${Object.keys(THRESHOLD_PROFILES).join(', ')}, or Assign, Delete and Merge as whole numbers, all three.`,
    { setting: 'thresholds', value },
  )
}
