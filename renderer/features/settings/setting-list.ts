import type { Settings } from '#engine/contract/settings'

type Keys<V> = { [K in keyof Settings]: Settings[K] extends V ? K : never }[keyof Settings]

export type SettingEntry = { label: string; explanation: string; ourReading?: true } & (
  | { kind: 'switch'; key: Keys<boolean>; default: boolean }
  | { kind: 'number'; key: Exclude<Keys<number>, undefined>; default: number; min: number; unit: string }
  | {
      kind: 'choice'
      key: 'pluginTraceLog'
      default: Settings['pluginTraceLog']
      options: { value: Settings['pluginTraceLog']; label: string }[]
    }
)

export interface SettingGroup {
  title: string
  entries: SettingEntry[]
}

/** The settings in the order people ask for them. `ourReading` marks what the platform's documentation leaves open. */
export const SETTING_GROUPS: SettingGroup[] = [
  {
    title: 'Asynchronous cascades',
    entries: [
      {
        kind: 'switch',
        key: 'asyncCascades',
        default: true,
        label: 'Run large cascades asynchronously',
        explanation: 'From the threshold on, an operation becomes a system job. Off: everything is synchronous, in one transaction.',
      },
      {
        kind: 'switch',
        key: 'pluginsBlockAsync',
        default: false,
        label: 'Plug-ins keep a cascade synchronous',
        explanation: 'Older documentation excluded records with plug-ins; newer runs plug-ins for each record inside the batch.',
      },
      {
        kind: 'number',
        key: 'batchSize',
        default: 500,
        min: 1,
        unit: 'records',
        label: 'Batch size',
        explanation: 'Records that a job changes and commits together. The platform does not publish its own.',
        ourReading: true,
      },
      {
        kind: 'number',
        key: 'maxAttempts',
        default: 4,
        min: 1,
        unit: 'tries',
        label: 'Tries before a job pauses',
        explanation: 'The platform says “numerous times”; asynchronous plug-in steps are tried as often as this.',
        ourReading: true,
      },
      {
        kind: 'number',
        key: 'retryDelaySeconds',
        default: 30,
        min: 0,
        unit: 'seconds',
        label: 'Wait before the next try',
        explanation: 'Not published; the wait doubles with each try.',
        ourReading: true,
      },
      {
        kind: 'number',
        key: 'lockTimeoutSeconds',
        default: 30,
        min: 0,
        unit: 'seconds',
        label: 'Wait for a held record',
        explanation: 'How long a request waits for a record that another operation holds, before it is refused.',
      },
    ],
  },
  {
    title: 'Ownership',
    entries: [
      {
        kind: 'switch',
        key: 'shareToPreviousOwnerOnAssign',
        default: false,
        label: 'Share reassigned records with original owner',
        explanation: 'An assign leaves the previous owner a direct share with full access (ShareToPreviousOwnerOnAssign).',
      },
      {
        kind: 'switch',
        key: 'matrixOwnership',
        default: false,
        label: 'Record ownership across business units',
        explanation: 'The owning business unit of a record can differ from its owner’s.',
      },
      {
        kind: 'switch',
        key: 'alwaysMoveRecordToOwnerBusinessUnit',
        default: true,
        label: 'Always move record to owner’s business unit',
        explanation:
          'With ownership across business units: a new owner brings the record to their unit (AlwaysMoveRecordToOwnerBusinessUnit).',
      },
    ],
  },
  {
    title: 'Readings of the documentation',
    entries: [
      {
        kind: 'switch',
        key: 'removeLinkUpdatesModifiedOn',
        default: false,
        label: 'Remove Link counts as a modification',
        explanation: 'Whether an emptied lookup also moves Modified On. Our reading: it does not.',
        ourReading: true,
      },
      {
        kind: 'switch',
        key: 'restrictIgnoresRowsBeingDeleted',
        default: false,
        label: 'Restrict ignores rows that go anyway',
        explanation: 'Whether a Restrict child stops blocking when the same delete removes it by another path. Our reading: it blocks.',
        ourReading: true,
      },
      {
        kind: 'switch',
        key: 'mergeChecksChildRights',
        default: false,
        label: 'Merge checks rights on child records',
        explanation: 'Account, contact and lead merges run their inner steps as SYSTEM; strict mode checks each child table.',
      },
    ],
  },
  {
    title: 'Plug-ins',
    entries: [
      {
        kind: 'number',
        key: 'maxDepth',
        default: 8,
        min: 1,
        unit: 'levels',
        label: 'Maximum depth',
        explanation: 'A plug-in’s request that triggers another goes one level deeper; beyond this the platform sees an infinite loop.',
      },
      {
        kind: 'number',
        key: 'pluginTimeoutSeconds',
        default: 120,
        min: 1,
        unit: 'seconds',
        label: 'Time limit of an operation',
        explanation: 'The message operation with all its synchronous plug-ins: two minutes on the platform.',
      },
      {
        kind: 'number',
        key: 'pluginMemoryMegabytes',
        default: 64,
        min: 8,
        unit: 'MB',
        label: 'Memory of a plug-in',
        explanation: 'What one plug-in may hold in each thread before its step is stopped and its transaction rolled back.',
      },
      {
        kind: 'choice',
        key: 'pluginTraceLog',
        default: 'All',
        options: [
          { value: 'All', label: 'All' },
          { value: 'Exception', label: 'Exception' },
          { value: 'Off', label: 'Off' },
        ],
        label: 'Plug-in trace log',
        explanation: 'Which runs of steps are kept: all of them, those that failed or refused, or none. The platform’s own starts Off.',
      },
      {
        kind: 'number',
        key: 'pluginTraceRuns',
        default: 500_000,
        min: 1_000,
        unit: 'runs',
        label: 'Length of the trace log',
        explanation: 'The oldest runs make room for new ones. The platform keeps a day.',
      },
    ],
  },
  {
    title: 'Which plug-in events a cascade raises',
    entries: [
      {
        kind: 'switch',
        key: 'ownerChangeRaisesAssign',
        default: true,
        label: 'A change of owner raises Assign and Update',
        explanation:
          'The platform sends one as the other: a step on either message runs, whichever was asked for. Off: only the message that was asked for.',
        ourReading: true,
      },
      {
        kind: 'switch',
        key: 'stateChangeRaisesSetState',
        default: true,
        label: 'A change of state by Update raises SetState too',
        explanation: 'Steps on the older message SetState run also when Update brings the new state.',
        ourReading: true,
      },
      {
        kind: 'switch',
        key: 'cascadedEventsAreDeeper',
        default: true,
        label: 'Steps on children run one level deeper',
        explanation: 'Whether an event of a cascade’s child counts as called by its root’s, and so nears the maximum depth.',
        ourReading: true,
      },
      {
        kind: 'switch',
        key: 'removeLinkRaisesUpdate',
        default: false,
        label: 'Remove Link raises Update of the child',
        explanation: 'A lookup that a delete empties. Our reading: it is emptied without an event.',
        ourReading: true,
      },
      {
        kind: 'switch',
        key: 'mergeRaisesUpdateOnMovedRows',
        default: true,
        label: 'Merge raises Update of each row that moves',
        explanation: 'With the lookup that changes, inside the Merge.',
        ourReading: true,
      },
      {
        kind: 'switch',
        key: 'mergeRaisesUpdateOnTarget',
        default: true,
        label: 'Merge raises Update of the primary record',
        explanation: 'With the values that it takes over.',
        ourReading: true,
      },
      {
        kind: 'switch',
        key: 'mergeRaisesUpdateOnSubordinate',
        default: true,
        label: 'Merge raises Update and SetState of the other record',
        explanation: 'When it is retired at the end.',
        ourReading: true,
      },
    ],
  },
]

export const THRESHOLD_PROFILES = {
  'docs-current': { label: 'Current documentation', values: { Assign: 1000, Delete: 5000, Merge: 1000 } },
  'docs-2023': { label: 'Documentation of 2023', values: { Assign: 1000, Delete: 10000, Merge: 1000 } },
  'docs-2020': { label: 'Documentation of 2020', values: { Assign: 1000, Delete: 10000, Merge: 0 } },
} as const
