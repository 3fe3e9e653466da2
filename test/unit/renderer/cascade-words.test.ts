import { expect, test } from 'vitest'
import type { CascadeConfiguration } from '#engine/contract/tables'
import { explain, presetOf } from '../../../renderer/features/model/cascade-words.ts'
import { modelText } from '../../../renderer/features/model/texts.ts'
import { words } from '../../support/words.ts'

const configuration = (change: Partial<CascadeConfiguration>): CascadeConfiguration => ({
  Assign: 'NoCascade',
  Delete: 'RemoveLink',
  Merge: 'NoCascade',
  Reparent: 'NoCascade',
  Share: 'NoCascade',
  Unshare: 'NoCascade',
  RollupView: 'NoCascade',
  Archive: 'NoCascade',
  ...change,
})
const presetName = (cascade: CascadeConfiguration): string => words.say(modelText.preset[presetOf(cascade)])
const ALL = { Assign: 'Cascade', Reparent: 'Cascade', Share: 'Cascade', Unshare: 'Cascade', Delete: 'Cascade' } as const

test('a combination that equals a preset is that preset, whatever Merge and RollupView say', () => {
  expect(presetName(configuration({}))).toBe('Referential')
  expect(presetName(configuration({ Delete: 'Restrict', RollupView: 'Cascade' }))).toBe('Referential, Restrict Delete')
  expect(presetName(configuration({ ...ALL, Merge: 'Cascade' }))).toBe('Parental')
  expect(presetName(configuration({ ...ALL, Delete: 'Restrict' }))).toBe('Custom')
})

test('each setting is explained by what it does', () => {
  const say = (change: Partial<CascadeConfiguration>, action: 'Assign' | 'Delete') =>
    words.say(explain(action, { cascade: configuration(change), attribute: 'parentcustomerid' }, 'Account', 'Contact'))

  expect(say({ Delete: 'Cascade' }, 'Delete')).toBe('Deleting an Account deletes its Contact records.')
  expect(say({ Delete: 'RemoveLink' }, 'Delete')).toBe('Deleting an Account keeps its Contact records and empties their parentcustomerid.')
  expect(say({ Delete: 'Restrict' }, 'Delete')).toBe('An Account cannot be deleted while Contact records point to it.')
  expect(say({ Assign: 'UserOwned' }, 'Assign')).toBe(
    'Assigning an Account assigns its Contact records that have the same owner to the new owner too.',
  )
})
