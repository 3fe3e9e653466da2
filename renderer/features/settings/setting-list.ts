import type { Settings } from '#engine/contract/settings'
import type { settingsText } from './texts.ts'

type Keys<V> = { [K in keyof Settings]: Settings[K] extends V ? K : never }[keyof Settings]

export type SettingEntry = { ourReading?: true } & (
  | { kind: 'switch'; key: Keys<boolean>; default: boolean }
  | { kind: 'number'; key: Exclude<Keys<number>, undefined>; default: number; min: number; unit: keyof typeof settingsText.unit }
  | {
      kind: 'choice'
      key: 'pluginTraceLog'
      default: Settings['pluginTraceLog']
      options: Settings['pluginTraceLog'][]
    }
)

export interface SettingGroup {
  name: keyof typeof settingsText.group
  entries: SettingEntry[]
}

/** The settings in display order. `ourReading` marks what the platform's documentation leaves open. */
export const SETTING_GROUPS: SettingGroup[] = [
  {
    name: 'async',
    entries: [
      {
        kind: 'switch',
        key: 'asyncCascades',
        default: true,
      },
      {
        kind: 'switch',
        key: 'pluginsBlockAsync',
        default: false,
      },
      {
        kind: 'number',
        key: 'batchSize',
        default: 500,
        min: 1,
        unit: 'records',
        ourReading: true,
      },
      {
        kind: 'number',
        key: 'maxAttempts',
        default: 4,
        min: 1,
        unit: 'tries',
        ourReading: true,
      },
      {
        kind: 'number',
        key: 'retryDelaySeconds',
        default: 30,
        min: 0,
        unit: 'seconds',
        ourReading: true,
      },
      {
        kind: 'number',
        key: 'lockTimeoutSeconds',
        default: 30,
        min: 0,
        unit: 'seconds',
      },
    ],
  },
  {
    name: 'ownership',
    entries: [
      {
        kind: 'switch',
        key: 'shareToPreviousOwnerOnAssign',
        default: false,
      },
      {
        kind: 'switch',
        key: 'matrixOwnership',
        default: false,
      },
      {
        kind: 'switch',
        key: 'alwaysMoveRecordToOwnerBusinessUnit',
        default: true,
      },
    ],
  },
  {
    name: 'readings',
    entries: [
      {
        kind: 'switch',
        key: 'removeLinkUpdatesModifiedOn',
        default: false,
        ourReading: true,
      },
      {
        kind: 'switch',
        key: 'restrictIgnoresRowsBeingDeleted',
        default: false,
        ourReading: true,
      },
      {
        kind: 'switch',
        key: 'mergeChecksChildRights',
        default: false,
      },
    ],
  },
  {
    name: 'plugins',
    entries: [
      {
        kind: 'number',
        key: 'maxDepth',
        default: 8,
        min: 1,
        unit: 'levels',
      },
      {
        kind: 'number',
        key: 'pluginTimeoutSeconds',
        default: 120,
        min: 1,
        unit: 'seconds',
      },
      {
        kind: 'number',
        key: 'pluginMemoryMegabytes',
        default: 64,
        min: 8,
        unit: 'megabytes',
      },
      {
        kind: 'choice',
        key: 'pluginTraceLog',
        default: 'All',
        options: ['All', 'Exception', 'Off'],
      },
      {
        kind: 'number',
        key: 'pluginTraceRuns',
        default: 500_000,
        min: 1_000,
        unit: 'runs',
      },
    ],
  },
  {
    name: 'events',
    entries: [
      {
        kind: 'switch',
        key: 'ownerChangeRaisesAssign',
        default: true,
        ourReading: true,
      },
      {
        kind: 'switch',
        key: 'stateChangeRaisesSetState',
        default: true,
        ourReading: true,
      },
      {
        kind: 'switch',
        key: 'cascadedEventsAreDeeper',
        default: true,
        ourReading: true,
      },
      {
        kind: 'switch',
        key: 'removeLinkRaisesUpdate',
        default: false,
        ourReading: true,
      },
      {
        kind: 'switch',
        key: 'mergeRaisesUpdateOnMovedRows',
        default: true,
        ourReading: true,
      },
      {
        kind: 'switch',
        key: 'mergeRaisesUpdateOnTarget',
        default: true,
        ourReading: true,
      },
      {
        kind: 'switch',
        key: 'mergeRaisesUpdateOnSubordinate',
        default: true,
        ourReading: true,
      },
    ],
  },
]
