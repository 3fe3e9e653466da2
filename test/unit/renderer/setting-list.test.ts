import { expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../main/engine/contract/settings.ts'
import { SETTING_GROUPS } from '../../../renderer/features/settings/setting-list.ts'
import { settingsText } from '../../../renderer/features/settings/texts.ts'

const entries = SETTING_GROUPS.flatMap((group) => group.entries)

test('every setting that does something is on the screen once, with the default that the engine uses', () => {
  const { thresholds, ...others } = DEFAULT_SETTINGS

  expect(thresholds).toBe('docs-current')
  expect(entries.length).toBe(Object.keys(others).length)
  expect(Object.fromEntries(entries.map((entry) => [entry.key, entry.default]))).toEqual(others)
})

test('every setting on the screen has its text', () => {
  expect(entries.filter(({ key }) => !(key in settingsText.setting))).toEqual([])
})

test('what the documentation leaves open is marked as our reading', () => {
  const marked = entries.filter((entry) => entry.isOurReading).map((entry) => entry.key)

  expect(marked).toEqual([
    'batchSize',
    'maxAttempts',
    'retryDelaySeconds',
    'removeLinkUpdatesModifiedOn',
    'restrictIgnoresRowsBeingDeleted',
    'lateChildStopsDelete',
    'activeQuoteIsCheckedFirst',
    'mergeChecksChildRights',
    'disabledOwnerIsAccepted',
    'ownersCannotBeRemoved',
    'assignNeedsWrite',
    'ownerChangeRaisesAssign',
    'stateChangeRaisesSetState',
    'createTargetHasBusinessUnit',
    'cascadedEventsAreDeeper',
    'removeLinkRaisesUpdate',
    'mergeRaisesUpdateOnMovedRows',
    'mergeRaisesUpdateOnTarget',
    'mergeRaisesUpdateOnSubordinate',
  ])
})
