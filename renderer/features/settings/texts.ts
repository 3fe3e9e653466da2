import { defineTexts, messagesOf } from '#text/message'

export const settingsTexts = defineTexts('settings', {
  title: 'Settings',
  goTo: 'Go to Settings',
  sentence: 'These belong to the environment and are kept in its file. A change applies to the next operation.',
  notRead: 'The settings could not be read',
  notChanged: 'The setting was not changed',
  reload: 'Reload',
  loading: 'Loading settings',
  withDefault: '{explanation} Default: {value}.',
  on: 'on',
  off: 'off',
  ourReading: 'our reading',
  ourReadingHint: 'The platform’s documentation leaves this open',
  group: {
    async: 'Asynchronous cascades',
    ownership: 'Ownership',
    readings: 'Readings of the documentation',
    plugins: 'Plug-ins',
    events: 'Which plug-in events a cascade raises',
  },
  setting: {
    asyncCascades: {
      label: 'Run large cascades asynchronously',
      explanation: 'From the threshold on, an operation becomes a system job. Off: everything is synchronous, in one transaction.',
    },
    pluginsBlockAsync: {
      label: 'Plug-ins keep a cascade synchronous',
      explanation: 'Older documentation excluded records with plug-ins; newer runs plug-ins for each record inside the batch.',
    },
    batchSize: {
      label: 'Batch size',
      explanation: 'Records that a job changes and commits together. The platform does not publish its own.',
    },
    maxAttempts: {
      label: 'Tries before a job pauses',
      explanation: 'The platform says “numerous times”. An asynchronous plug-in step that fails is not tried again.',
    },
    retryDelaySeconds: { label: 'Wait before the next try', explanation: 'Not published; the wait doubles with each try.' },
    lockTimeoutSeconds: {
      label: 'Wait for a held record',
      explanation: 'How long a request waits for a record that another operation holds, before it is refused.',
    },
    shareToPreviousOwnerOnAssign: {
      label: 'Share with the previous owner on assign',
      explanation: 'On: whoever loses a record by an assign gets it shared with all rights.',
    },
    matrixOwnership: {
      label: 'Record ownership across business units',
      explanation: 'The owning business unit of a record can differ from its owner’s.',
    },
    alwaysMoveRecordToOwnerBusinessUnit: {
      label: 'Always move record to owner’s business unit',
      explanation:
        'With ownership across business units: a new owner brings the record to their unit (AlwaysMoveRecordToOwnerBusinessUnit).',
    },
    removeLinkUpdatesModifiedOn: {
      label: 'Remove Link counts as a modification',
      explanation: 'Whether an emptied lookup also moves Modified On. Our reading: it does not.',
    },
    mergeChecksChildRights: {
      label: 'A merge needs rights to what it moves',
      explanation:
        'On: the user needs Append and Write on each row that moves to the target. Off: the rights to target and subordinate are enough, except for cases.',
    },
    disabledOwnerIsAccepted: {
      label: 'A disabled user can become an owner',
      explanation:
        'Whether a disabled user who may read the table is accepted, as the newer text says. The older text and the table of errors refuse it (0x80040225).',
    },
    ownersCannotBeRemoved: {
      label: 'A user who owns records cannot be removed',
      explanation:
        'Whether removing such a user is refused (0x80048610). Our reading: the records keep their owner, who does nothing any more.',
    },
    assignNeedsWrite: {
      label: 'An assign needs Write',
      explanation: 'On: the user needs Write on each record that gets a new owner, besides Assign. Off: Assign is enough.',
    },
    restrictIgnoresRowsBeingDeleted: {
      label: 'Restrict ignores rows that go anyway',
      explanation: 'Whether a Restrict child stops blocking when the same delete removes it by another path. Our reading: it blocks.',
    },
    lateChildStopsDelete: {
      label: 'Late children stop a delete job',
      explanation:
        'Whether a child that came after a delete job was planned stops the job (0x80048D21). Our reading: it goes with its parent.',
    },
    activeQuoteIsCheckedFirst: {
      label: 'Active quotes are checked before PreOperation',
      explanation:
        'Whether a merge looks for active quotes before all PreOperation steps. Our reading: as one of them with the rank 1, after those of a lower rank.',
    },
    maxDepth: {
      label: 'Maximum depth',
      explanation: 'A plug-in’s request that triggers another goes one level deeper; beyond this the platform sees an infinite loop.',
    },
    pluginTimeoutSeconds: {
      label: 'Time limit of an operation',
      explanation: 'The message operation with all its synchronous plug-ins: two minutes on the platform.',
    },
    pluginMemoryMegabytes: {
      label: 'Memory of a plug-in',
      explanation: 'What one plug-in may hold in each thread before its step is stopped and its transaction rolled back.',
    },
    pluginTraceLog: {
      label: 'Plug-in trace log',
      explanation: 'Which runs of steps are kept: all of them, those that failed or refused, or none. The platform’s own starts Off.',
    },
    pluginTraceRuns: { label: 'Length of the trace log', explanation: 'The oldest runs make room for new ones. The platform keeps a day.' },
    ownerChangeRaisesAssign: {
      label: 'A change of owner raises Assign and Update',
      explanation:
        'The platform sends one as the other: a step on either message runs, whichever was asked for. Off: only the message that was asked for.',
    },
    stateChangeRaisesSetState: {
      label: 'A change of state by Update raises SetState too',
      explanation: 'Steps on the older message SetState run also when Update brings the new state.',
    },
    createTargetHasBusinessUnit: {
      label: 'The target of a Create has the business unit',
      explanation:
        'Whether target holds owningbusinessunit in PostOperation of a Create, which the request did not name. Our reading: it holds the columns of the request.',
    },
    cascadedEventsAreDeeper: {
      label: 'Steps on children run one level deeper',
      explanation: 'Whether an event of a cascade’s child counts as called by its root’s, and so nears the maximum depth.',
    },
    removeLinkRaisesUpdate: {
      label: 'Remove Link raises Update of the child',
      explanation: 'A lookup that a delete empties. Our reading: it is emptied without an event.',
    },
    mergeRaisesUpdateOnMovedRows: {
      label: 'Merge raises Update of each row that moves',
      explanation: 'With the lookup that changes, inside the Merge.',
    },
    mergeRaisesUpdateOnTarget: { label: 'Merge raises Update of the primary record', explanation: 'With the values that it takes over.' },
    mergeRaisesUpdateOnSubordinate: {
      label: 'Merge raises Update and SetState of the other record',
      explanation: 'When it is retired at the end.',
    },
  },
  /** What stands beside a number, without the number. */
  unit: {
    records: '{count, plural, one {record} other {records}}',
    tries: '{count, plural, one {try} other {tries}}',
    seconds: '{count, plural, one {second} other {seconds}}',
    levels: '{count, plural, one {level} other {levels}}',
    runs: '{count, plural, one {run} other {runs}}',
    megabytes: '{count, plural, other {MB}}',
  },
  amount: '{count, number} {unit}',
  choice: { All: 'All', Exception: 'Exception', Off: 'Off' },
  thresholds: {
    heading: 'Thresholds',
    profile: 'Profile',
    explanation:
      'From how many affected records on an operation runs as a system job. Published numbers differ by year and language. Default: current documentation.',
    thresholdFor: 'Threshold for {operation}',
    profiles: 'Thresholds profile',
    choice: {
      'docs-current': 'Current documentation',
      'docs-2023': 'Documentation of 2023',
      'docs-2020': 'Documentation of 2020',
      own: 'Own values',
    },
  },
})

export const settingsText = messagesOf(settingsTexts)
