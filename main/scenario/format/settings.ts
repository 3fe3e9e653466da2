import { forEachOperation, THRESHOLD_PROFILES } from '#engine/contract/cascades'
import { type Settings, TRACE_LOGS } from '#engine/contract/settings'
import { choice, fields, flag, type Shape, wholeNumber } from '../shape.ts'

const count = wholeNumber(0)
const profile = choice(...THRESHOLD_PROFILES)
const explicit = fields(
  'thresholds',
  forEachOperation(() => count),
  {},
)

const thresholds: Shape<Settings['thresholds']> = (node) => (node.kind === 'mapping' ? explicit(node) : profile(node))

/** Environment settings, any of them. */
export const settingsShape = fields(
  'the settings',
  {},
  {
    thresholds,
    asyncCascades: flag,
    pluginsBlockAsync: flag,
    batchSize: wholeNumber(1, 100_000),
    maxAttempts: wholeNumber(1, 1_000),
    retryDelaySeconds: wholeNumber(0, 86_400),
    lockTimeoutSeconds: wholeNumber(0, 86_400),
    shareToPreviousOwnerOnAssign: flag,
    mergeChecksChildRights: flag,
    matrixOwnership: flag,
    alwaysMoveRecordToOwnerBusinessUnit: flag,
    maxDepth: wholeNumber(1, 100),
    pluginTimeoutSeconds: wholeNumber(1, 86_400),
    // Our additions: readings that can be switched, and the trace log.
    removeLinkUpdatesModifiedOn: flag,
    restrictIgnoresRowsBeingDeleted: flag,
    pluginTraceLog: choice(...TRACE_LOGS),
    pluginTraceRuns: wholeNumber(1_000, 100_000_000),
    pluginMemoryMegabytes: wholeNumber(8, 1_024),
    ownerChangeRaisesAssign: flag,
    stateChangeRaisesSetState: flag,
    removeLinkRaisesUpdate: flag,
    mergeRaisesUpdateOnMovedRows: flag,
    mergeRaisesUpdateOnTarget: flag,
    mergeRaisesUpdateOnSubordinate: flag,
    cascadedEventsAreDeeper: flag,
  },
)
