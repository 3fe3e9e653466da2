import { expect, test } from 'vitest'
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

test('Merge is assumed to cascade below tables that merge, everything else not to', () => {
  expect(completeCascade({ Delete: 'Restrict' }, 'account')).toEqual({
    Assign: 'NoCascade',
    Delete: 'Restrict',
    Merge: 'Cascade',
    Reparent: 'NoCascade',
    Share: 'NoCascade',
    Unshare: 'NoCascade',
    RollupView: 'NoCascade',
    Archive: 'NoCascade',
  })
  expect(completeCascade({}, 'lab_visit').Merge).toBe('NoCascade')
})
