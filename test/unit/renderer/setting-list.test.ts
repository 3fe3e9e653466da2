import { expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../main/engine/contract/settings.ts'
import { SETTING_GROUPS } from '../../../renderer/features/settings/setting-list.ts'

const entries = SETTING_GROUPS.flatMap((group) => group.entries)

test('every setting of the engine is on the screen once, with the default that the engine uses', () => {
  const { thresholds, ...others } = DEFAULT_SETTINGS

  expect(thresholds).toBe('docs-current')
  expect(entries.length).toBe(Object.keys(others).length)
  expect(Object.fromEntries(entries.map((entry) => [entry.key, entry.default]))).toEqual(others)
})

test('what the documentation leaves open is marked as our reading', () => {
  const marked = entries.filter((entry) => entry.ourReading).map((entry) => entry.key)

  expect(marked).toEqual([
    'batchSize',
    'maxAttempts',
    'retryDelaySeconds',
    'removeLinkUpdatesModifiedOn',
    'restrictIgnoresRowsBeingDeleted',
    'ownerChangeRaisesAssign',
    'stateChangeRaisesSetState',
    'cascadedEventsAreDeeper',
    'removeLinkRaisesUpdate',
    'mergeRaisesUpdateOnMovedRows',
    'mergeRaisesUpdateOnTarget',
    'mergeRaisesUpdateOnSubordinate',
  ])
})
