import { expect, test } from 'vitest'
import type { CascadeType } from '#engine/contract/tables'
import { completeCascade, relationshipKind } from '#engine/model/relationship-kinds'
import { activeStateOf, isMergeableByDefault, ownershipOfStub, primaryIdOf } from '#engine/model/table-defaults'

test('the active state is the one documented for the table, else 0', () => {
  expect(['account', 'quote', 'contract', 'appointment', 'serviceappointment', 'lab_visit', 'constructor'].map(activeStateOf)).toEqual([
    0, 1, 2, 3, 3, 0, 0,
  ])
})

test('only account, contact, lead and incident merge', () => {
  expect(['account', 'contact', 'lead', 'incident', 'opportunity', 'lab_visit'].map(isMergeableByDefault)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ])
})

test('an activity has the key of activities, any other table its own', () => {
  expect([primaryIdOf('task', false), primaryIdOf('lab_call', true), primaryIdOf('owner', false), primaryIdOf('lab_visit', false)]).toEqual(
    ['activityid', 'activityid', 'ownerid', 'lab_visitid'],
  )
})

test('a stub has the ownership of its standard table', () => {
  expect(['team', 'systemuser', 'transactioncurrency', 'account', 'task', 'owner', 'lab_visit'].map(ownershipOfStub)).toEqual([
    'BusinessOwned',
    'BusinessOwned',
    'OrganizationOwned',
    'UserOwned',
    'UserOwned',
    'None',
    'UserOwned',
  ])
})

test('the four owner relationships are no data', () => {
  expect(relationshipKind('ownerid', 'owner')).toBe('ownership')
  expect(relationshipKind('owninguser', 'systemuser')).toBe('ownership')
  expect(relationshipKind('owningteam', 'team')).toBe('ownership')
  expect(relationshipKind('owningbusinessunit', 'businessunit')).toBe('ownership')
  expect(relationshipKind('createdby', 'systemuser')).toBe('data')
  expect(relationshipKind('ownerid', 'lab_landlord')).toBe('data')
})

test('a merge is assumed to move what a delete does not pass by, below tables that merge, apart from the tables of the platform itself', () => {
  const ends = (referencing: string, referenced = 'account', attribute = 'lab_accountid') => ({ referenced, referencing, attribute })

  expect(completeCascade({ Delete: 'Restrict' }, ends('lab_visit'))).toEqual({
    Assign: 'NoCascade',
    Delete: 'Restrict',
    Merge: 'Cascade',
    Reparent: 'NoCascade',
    Share: 'NoCascade',
    Unshare: 'NoCascade',
    RollupView: 'NoCascade',
    Archive: 'NoCascade',
  })
  const merges = (relation: ReturnType<typeof ends>, Delete: CascadeType = 'RemoveLink') => completeCascade({ Delete }, relation).Merge
  expect(merges(ends('lab_visit', 'lab_house'))).toBe('NoCascade')
  expect(merges(ends('lab_visit'), 'NoCascade')).toBe('NoCascade')
  expect(merges(ends('asyncoperation'))).toBe('NoCascade')
  expect(merges(ends('account', 'account', 'masterid'))).toBe('NoCascade')
  expect(completeCascade({}, ends('lab_visit')).Merge).toBe('NoCascade')
  expect(completeCascade({ Merge: 'Cascade' }, ends('activitypointer')).Merge).toBe('Cascade')
})
