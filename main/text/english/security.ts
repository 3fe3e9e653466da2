import { defineTexts, messagesOf } from '../message.ts'

/** Who may do what, and why something is refused. */
export const securityTexts = defineTexts('security', {
  privilegeDenied:
    'Principal user {user} is missing {privilege} privilege for table {table}: {right} on {table} {id}, owned by {owner} in business unit {unit}, needs it with depth {depth}.',
  privilegeDeniedAnywhere: 'Principal user {user} is missing {privilege} privilege for table {table}.',
  accessDenied:
    'Principal user {user} does not have {right} right for {table} {id}: it is owned by {owner} in business unit {unit}, which {privilege} of the user does not reach; depth {depth} would.',
  accessDeniedNew:
    'Principal user {user} does not have {right} right for a new {table} owned by {owner} in business unit {unit}, which {privilege} of the user does not reach; depth {depth} would.',
  deniedHint: 'Give the user a role with this privilege at that depth, share the record with the user, or let somebody else do it.',
  nobody: 'nobody',
  noUnit: 'none',
  ownerLacksRead: 'Target user or team {owner} does not hold required privileges: {privilege} privilege for table {table} is missing.',
  ownerStays: 'The user {user} owns records of {tables} and cannot be removed.',
  reassignFirstHint: 'Reassign the records to somebody else first.',
  ownerLacksReadHint: 'Give the new owner a role with this privilege, or assign to somebody else.',
  mergeDenied: 'Merge is not allowed: caller does not have the privilege or access. {why}',
  mergePrivilege: 'User {user} is missing the privilege prvMerge.',
  unitDisabled: 'The business unit of {owner} is disabled.',
  enableUnitHint: 'Enable the business unit, or assign to somebody else.',
  accessTeamOwns: '{team} is an access team, which cannot own records.',
  ownerTeamHint: 'Assign to a user or an owner team.',
  accessTeamRoles: '{team} is an access team, which cannot hold roles.',
  defaultTeamMembers: 'The members of {team} cannot be changed: it is the default team of its business unit and has all users of it.',
  rootUnitParent: '{unit} is the root business unit and has no parent.',
  rootUnitDisabled: '{unit} is the root business unit and cannot be disabled.',
  unitLoop: 'The business unit {unit} would be below itself.',
  teamUnknown: 'There is no team {team}.',
  administratorRole: 'System Administrator holds everything; its privileges cannot be changed, and it cannot be deleted.',
  defaultTeamStays: '{team} is the default team of its business unit and goes only with it.',
  missingEnabled: '{user} is disabled, removed, or in a disabled business unit. Enable the user.',
  missingOwner: 'Rows of {table} have no owner: they can be neither assigned nor shared.',
  missingPrivilege: '{user} holds no role with {privilege}. A role with depth {depth} gives the right; with any depth, a share does.',
  missingReach:
    'No role of {user} has {privilege} with a depth that reaches business unit {unit}. Depth {depth} gives the right, or a share of the record with {right}.',
  shareeUnknown: 'There is no user or team {sharee} to share with.',
  sharedWithOwner: '{owner} owns the record, and a record cannot be shared with its owner.',
  otherShareeHint: 'Choose somebody else: the owner has all rights that the roles give.',
  accessTableHeldBy: 'The access table is held by {job}, which gives access to what it moves.',
  accessTableHeld: 'The access table is held by a merge, which gives access to what it moves and has not ended.',
  otherJob: '{user} may not move the job {job}: it was created by somebody else.',
  otherJobHint: 'Ask who created it, or an administrator.',
  denied:
    '{user} may not {right} {count, plural, one {# record} other {# records}} of {table}: {records}{more, plural, =0 {} other { and {more, number} more}}',
  ownerCannotRead: 'The new owner {owner} lacks {privilege}, which the cascade needs on {table}',
})

export const securityText = messagesOf(securityTexts)
