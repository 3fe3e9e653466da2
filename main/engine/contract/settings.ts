import { settingText } from '#text/english/settings'
import type { Message } from '#text/message'
import type { ThresholdOperation, ThresholdProfile } from './cascades.ts'
import { forEachThreshold, PUBLISHED_THRESHOLDS, THRESHOLD_OPERATIONS, THRESHOLD_PROFILES } from './cascades.ts'
import { inputInvalid } from './errors.ts'

export type Thresholds = Record<ThresholdOperation, number>

type SettingGroup = 'async' | 'ownership' | 'readings' | 'plugins' | 'events'

interface RowBase {
  /** Section of the settings screen; the screen shows rows in the order of this file. */
  group: SettingGroup
  /** Whether the platform's documentation leaves this open. @default false */
  isOurReading?: boolean
  /** `false` for a setting that scenario files may name and nothing uses yet: it is stored, and not on the screen. @default true */
  takesEffect?: boolean
}

/** A setting: its kind, default, allowed values and place on the screen. Types, checks, file and bridge shapes and the screen derive from it. */
export type SettingRow = RowBase &
  (
    | { kind: 'switch'; default: boolean }
    | { kind: 'number'; default: number; min: number; max: number; unit: 'records' | 'tries' | 'seconds' | 'levels' | 'megabytes' | 'runs' }
    | { kind: 'choice'; default: string; choices: readonly string[] }
  )

export const SETTINGS = {
  asyncCascades: { kind: 'switch', default: true, group: 'async' },
  pluginsBlockAsync: { kind: 'switch', default: false, group: 'async' },
  batchSize: { kind: 'number', default: 500, min: 1, max: 100_000, unit: 'records', group: 'async', isOurReading: true },
  maxAttempts: { kind: 'number', default: 4, min: 1, max: 1_000, unit: 'tries', group: 'async', isOurReading: true },
  retryDelaySeconds: { kind: 'number', default: 30, min: 0, max: 86_400, unit: 'seconds', group: 'async', isOurReading: true },
  lockTimeoutSeconds: { kind: 'number', default: 30, min: 0, max: 86_400, unit: 'seconds', group: 'async' },

  shareToPreviousOwnerOnAssign: { kind: 'switch', default: false, group: 'ownership' },
  matrixOwnership: { kind: 'switch', default: false, group: 'ownership' },
  alwaysMoveRecordToOwnerBusinessUnit: { kind: 'switch', default: true, group: 'ownership' },

  /** Whether a lookup that Remove Link empties counts as a modification of its row. */
  removeLinkUpdatesModifiedOn: { kind: 'switch', default: false, group: 'readings', isOurReading: true },
  /** Whether a Restrict child stops blocking if the same delete removes it by another path. */
  restrictIgnoresRowsBeingDeleted: { kind: 'switch', default: false, group: 'readings', isOurReading: true },
  /** Whether a child that came after a delete job was planned stops the job, rather than going with its parent. */
  lateChildStopsDelete: { kind: 'switch', default: false, group: 'readings', isOurReading: true },
  /** Whether a merge looks for active quotes of the subordinate before all PreOperation steps, rather than as one of them with the rank 1. */
  activeQuoteIsCheckedFirst: { kind: 'switch', default: false, group: 'readings', isOurReading: true },
  mergeChecksChildRights: { kind: 'switch', default: false, group: 'readings', isOurReading: true },
  /** Whether a disabled user who may read its table becomes the owner of a record. */
  disabledOwnerIsAccepted: { kind: 'switch', default: false, group: 'readings', isOurReading: true },
  /** Whether a user who owns records cannot be removed. */
  ownersCannotBeRemoved: { kind: 'switch', default: false, group: 'readings', isOurReading: true },
  /** Whether an assign needs Write to each record, besides Assign. */
  assignNeedsWrite: { kind: 'switch', default: false, group: 'readings', isOurReading: true },

  maxDepth: { kind: 'number', default: 8, min: 1, max: 100, unit: 'levels', group: 'plugins' },
  pluginTimeoutSeconds: { kind: 'number', default: 120, min: 1, max: 86_400, unit: 'seconds', group: 'plugins' },
  /** Memory limit of one plug-in in each thread. */
  pluginMemoryMegabytes: { kind: 'number', default: 64, min: 8, max: 1_024, unit: 'megabytes', group: 'plugins' },
  /** Which runs of plug-in steps the trace log keeps. Source: dataverse reference, section 5.4. */
  pluginTraceLog: { kind: 'choice', default: 'All', choices: ['All', 'Exception', 'Off'], group: 'plugins' },
  /** Number of runs that the trace log keeps; the oldest are deleted. */
  pluginTraceRuns: { kind: 'number', default: 500_000, min: 1_000, max: 100_000_000, unit: 'runs', group: 'plugins' },

  /** Whether a change of the owner by Update raises Assign steps too, and an assign Update steps. */
  ownerChangeRaisesAssign: { kind: 'switch', default: true, group: 'events', isOurReading: true },
  /** Whether a change of the state by Update raises SetState steps too. */
  stateChangeRaisesSetState: { kind: 'switch', default: true, group: 'events', isOurReading: true },
  /** Whether the target of a Create holds the owning business unit once the record is made. */
  createTargetHasBusinessUnit: { kind: 'switch', default: false, group: 'events', isOurReading: true },
  /** Whether steps on a cascade's children run one level deeper than those on its root. */
  cascadedEventsAreDeeper: { kind: 'switch', default: true, group: 'events', isOurReading: true },
  /** Whether Remove Link raises an Update of the child. */
  removeLinkRaisesUpdate: { kind: 'switch', default: false, group: 'events', isOurReading: true },
  /** Whether each row that a merge moves raises an Update with its lookup. */
  mergeRaisesUpdateOnMovedRows: { kind: 'switch', default: true, group: 'events', isOurReading: true },
  /** Whether the values that a merge writes raise an Update of the target. */
  mergeRaisesUpdateOnTarget: { kind: 'switch', default: true, group: 'events', isOurReading: true },
  /** Whether the end of a merge raises Update and SetState of the subordinate. */
  mergeRaisesUpdateOnSubordinate: { kind: 'switch', default: true, group: 'events', isOurReading: true },
} as const satisfies Record<string, SettingRow>

export type SettingName = keyof typeof SETTINGS
/** The settings that do something, and so are on the screen. */
export type ShownSetting = { [Name in SettingName]: (typeof SETTINGS)[Name] extends { takesEffect: false } ? never : Name }[SettingName]

type ValueOf<Row> = Row extends { choices: readonly (infer Choice)[] } ? Choice : Row extends { kind: 'number' } ? number : boolean

/** Settings of an environment. */
export type Settings = { -readonly [Name in SettingName]: ValueOf<(typeof SETTINGS)[Name]> } & { thresholds: ThresholdProfile | Thresholds }

/** Returns something for each setting, by its name. */
export const forEachSetting = <T>(make: (row: SettingRow, name: SettingName) => T): Record<SettingName, T> =>
  Object.fromEntries(Object.entries(SETTINGS).map(([name, row]) => [name, make(row, name as SettingName)])) as Record<SettingName, T>

const DEFAULT_PROFILE = 'docs-current'

export const DEFAULT_SETTINGS: Settings = {
  thresholds: DEFAULT_PROFILE,
  ...(forEachSetting((row) => row.default) as Omit<Settings, 'thresholds'>),
}

export function thresholdOf(settings: Settings, operation: ThresholdOperation): number {
  return thresholdsOf(settings)[operation]
}

/** Returns the thresholds in force. Where an environment has values of its own, an operation that is newer than they are follows the current documentation. */
export function thresholdsOf({ thresholds }: Pick<Settings, 'thresholds'>): Thresholds {
  const profile = typeof thresholds === 'string' ? thresholds : DEFAULT_PROFILE
  return {
    ...forEachThreshold((operation) => PUBLISHED_THRESHOLDS[operation][profile]),
    ...(typeof thresholds === 'string' ? {} : thresholds),
  }
}

/** Returns whether a row takes its new owner's business unit: not if ownership across business units is on and the move is off. Source: dataverse reference, section 1.8. */
export const movesToOwnersUnit = ({ matrixOwnership, alwaysMoveRecordToOwnerBusinessUnit }: Settings): boolean =>
  !matrixOwnership || alwaysMoveRecordToOwnerBusinessUnit

/** Checks a change of settings. @throws INPUT_INVALID that names the setting and its allowed values */
export function checkSettings(change: Partial<Settings>): void {
  for (const [name, value] of Object.entries(change)) {
    if (name === 'thresholds') checkThresholds(change.thresholds)
    else if (name in SETTINGS) checkSetting(name, SETTINGS[name as SettingName], value)
    else throw inputInvalid(settingText.unknown({ setting: name }), { setting: name, allowed: Object.keys(DEFAULT_SETTINGS) })
  }
}

function checkSetting(name: string, row: SettingRow, value: unknown): void {
  if (isAllowed(row, value)) return
  throw inputInvalid(allowedValues(name, row), { setting: name, value })
}

/** Returns whether a stored value is one that the setting can have. Thresholds may lack an operation that is newer than they are. */
export function isValidSetting(name: string, value: unknown): boolean {
  if (name !== 'thresholds') return Object.hasOwn(SETTINGS, name) && isAllowed(SETTINGS[name as SettingName], value)
  if (typeof value !== 'object') return THRESHOLD_PROFILES.some((profile) => profile === value)
  return (
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(([operation, least]) => THRESHOLD_OPERATIONS.some((known) => known === operation) && isCount(least))
  )
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0

/** Returns whether a setting can have this value. */
export function isAllowed(row: SettingRow, value: unknown): boolean {
  switch (row.kind) {
    case 'switch':
      return typeof value === 'boolean'
    case 'number':
      return typeof value === 'number' && Number.isInteger(value) && value >= row.min && value <= row.max
    case 'choice':
      return row.choices.some((choice) => choice === value)
  }
}

function allowedValues(setting: string, row: SettingRow): Message {
  switch (row.kind) {
    case 'switch':
      return settingText.trueOrFalse({ setting })
    case 'number':
      return settingText.wholeNumber({ setting, min: row.min, max: row.max })
    case 'choice':
      return settingText.oneOf({ setting, choices: row.choices.join(', ') })
  }
}

function checkThresholds(value: Settings['thresholds'] | undefined): void {
  if (THRESHOLD_PROFILES.some((profile) => profile === value)) return
  const own = typeof value === 'object' && value !== null ? value : undefined
  if (own && THRESHOLD_OPERATIONS.every((operation) => Number.isInteger(own[operation]) && own[operation] >= 0)) return
  const says = settingText.thresholds({ profiles: THRESHOLD_PROFILES.join(', '), operations: THRESHOLD_OPERATIONS.join(', ') })
  throw inputInvalid(says, { setting: 'thresholds', value })
}
