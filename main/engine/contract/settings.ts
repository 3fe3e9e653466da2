import type { CascadeOperation, ThresholdProfile } from './cascades.ts'
import { CASCADE_OPERATIONS, forEachOperation, PUBLISHED_THRESHOLDS, THRESHOLD_PROFILES } from './cascades.ts'
import { inputInvalid } from './errors.ts'

export type Thresholds = Record<CascadeOperation, number>

/** Settings of an environment. */
export interface Settings {
  thresholds: ThresholdProfile | Thresholds
  asyncCascades: boolean
  pluginsBlockAsync: boolean
  batchSize: number
  maxAttempts: number
  retryDelaySeconds: number
  lockTimeoutSeconds: number
  shareToPreviousOwnerOnAssign: boolean
  mergeChecksChildRights: boolean
  matrixOwnership: boolean
  alwaysMoveRecordToOwnerBusinessUnit: boolean
  maxDepth: number
  pluginTimeoutSeconds: number
  /** Our reading: a lookup that Remove Link empties does not count as a modification of its row. */
  removeLinkUpdatesModifiedOn: boolean
  /** Our reading: a Restrict child blocks even when the same delete would remove it by another path. */
  restrictIgnoresRowsBeingDeleted: boolean
  /** Which runs of plug-in steps the trace log keeps. */
  pluginTraceLog: (typeof TRACE_LOGS)[number]
  /** Number of runs that the trace log keeps; the oldest are deleted. */
  pluginTraceRuns: number
  /** Memory limit of one plug-in in each thread. */
  pluginMemoryMegabytes: number
  /** Our reading: a change of the owner by Update raises Assign steps too, and an assign Update steps. */
  ownerChangeRaisesAssign: boolean
  /** Our reading: a change of the state by Update raises SetState steps too. */
  stateChangeRaisesSetState: boolean
  /** Our reading: Remove Link empties lookups without an Update of the child. */
  removeLinkRaisesUpdate: boolean
  /** Our reading: each row that a merge moves raises an Update with its lookup. */
  mergeRaisesUpdateOnMovedRows: boolean
  /** Our reading: the values that a merge writes raise an Update of the target. */
  mergeRaisesUpdateOnTarget: boolean
  /** Our reading: the end of a merge raises Update and SetState of the subordinate. */
  mergeRaisesUpdateOnSubordinate: boolean
  /** Our reading: steps on a cascade's children run one level deeper than those on its root. */
  cascadedEventsAreDeeper: boolean
}

/** Values of the organization's setting for the plug-in trace log. Source: dataverse reference, section 5.4. */
export const TRACE_LOGS = ['Off', 'Exception', 'All'] as const

const DEFAULT_PROFILE = 'docs-current'

export const DEFAULT_SETTINGS: Settings = {
  thresholds: DEFAULT_PROFILE,
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

/** Returns the thresholds in force. Where an environment has values of its own, an operation that is newer than they are follows the current documentation. */
export function thresholdsOf({ thresholds }: Pick<Settings, 'thresholds'>): Thresholds {
  const profile = typeof thresholds === 'string' ? thresholds : DEFAULT_PROFILE
  return {
    ...forEachOperation((operation) => PUBLISHED_THRESHOLDS[operation][profile]),
    ...(typeof thresholds === 'string' ? {} : thresholds),
  }
}

/** Returns whether a row takes its new owner's business unit: not if ownership across business units is on and the move is off. Source: dataverse reference, section 1.8. */
export const movesToOwnersUnit = ({ matrixOwnership, alwaysMoveRecordToOwnerBusinessUnit }: Settings): boolean =>
  !matrixOwnership || alwaysMoveRecordToOwnerBusinessUnit

/** Checks a change of settings. @throws INPUT_INVALID that names the setting and its allowed values */
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
  if (THRESHOLD_PROFILES.some((profile) => profile === value)) return
  const own = typeof value === 'object' && value !== null ? value : undefined
  if (own && CASCADE_OPERATIONS.every((operation) => Number.isInteger(own[operation]) && own[operation] >= 0)) return
  throw inputInvalid(
    `Setting "thresholds" is one of ${THRESHOLD_PROFILES.join(', ')}, or a whole number for each of ${CASCADE_OPERATIONS.join(', ')}.`,
    { setting: 'thresholds', value },
  )
}
