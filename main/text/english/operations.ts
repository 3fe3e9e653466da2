import { defineTexts, messagesOf } from '../message.ts'

/** Why an operation is refused, and what to do about it. */
export const operationTexts = defineTexts('operation', {
  previewGone: 'This preview is no longer kept.',
  previewAgainHint: 'Preview again.',
  planOutdated: 'A record of this cascade was changed by somebody else after it was planned. Everything was rolled back.',
  planOutdatedBy:
    '{record} was changed by somebody else after this cascade was planned: it came, went, or has another parent or owner. Everything was rolled back.',
  startAgainHint: 'Start again: the new plan takes the change into account.',
  assigneeUnknown: 'There is no user or team {owner} to assign to.',
  chooseOwnerHint: 'Choose an existing user or team.',
  enableOwnerHint: 'Enable the user, or assign to somebody else.',
  formerOwnerUnknown: 'There is no user or team {owner} whose records could be reassigned.',
  noBulkDelete: 'Rows of {table} cannot be deleted in bulk: records name their users, teams and business units.',
  noOwners: 'Rows of {table} have no owner: the table is {ownership}.',
  administratorStays: 'The user {user} is part of every environment and cannot be deleted.',
  otherUsersHint: 'Disable or delete other users.',
  idTaken: 'There already is a {table} with the id {id}.',
  ownerIsAssigned: 'A change of the owner is an assign.',
  valueMissing: '{column} cannot be empty.',
  otherValueHint: 'Give another value.',
  linkOfOtherTable: '{relationship} does not link rows of {table}; it expects {expected}.',
  parentalLoop: 'A parental loop would be created: {table} {id} would sit below itself through {column}.',
  otherParentHint: 'Choose another parent.',

  batchHint: 'Wait until the batch of {job} is done, then try again.',
  jobHint: 'Wait until {job} has ended; a paused one can be resumed or cancelled.',
  heldByCascade: '{record} is held by a synchronous cascade, which is one transaction and has not ended.',
  cascadeHint: 'Wait until it has ended, then try again.',

  blockers:
    'Restrict over {relationship}: {count, plural, one {# row} other {# rows}} of {table}, {others, plural, =0 {} other {among them }}{rows}',
  blockersInNeed:
    '{relationship}, whose lookup cannot be empty: {count, plural, one {# row} other {# rows}} of {table}, {others, plural, =0 {} other {among them }}{rows}',
  blockerUnder: '{record} under {path}',
  below: '{above} › {record}',
  blockerHint: 'Delete or re-parent the blocking rows first, or change the relationship from Restrict.',

  lookupRequiredHint: 'Delete the rows that point to it first, or give them another parent: their lookup cannot be empty.',

  otherTable: 'Merge takes two rows of one table, not {target} and {subordinate}.',
  mergeableHint: 'Accounts, contacts, leads and cases can be merged.',
  twoRowsHint: 'Choose two different rows.',
  activateHint: 'Activate the row first, or choose another.',
  sameParentCaseHint: 'Give both cases the same parent case, or none.',
  topCaseHint: 'Choose a case without a parent.',
  childlessCaseHint: 'Move its child cases first.',
  otherParentCaseHint: 'Choose another parent case.',
  targetBelow: 'the target sits below the subordinate through {column}',
  otherWayRoundHint: 'Merge the other way round, or give the target another parent first.',
  activeQuote: '{quote} is active and points to the subordinate through {relationship}',
  closeQuoteHint: 'Close or revise the quote first.',
  parentsDiffer: '{column} of the two rows differs',
  onlySubordinateHas: 'only the subordinate has a {column}',
  sameParentHint: 'Give both rows the same parent, or merge without the parenting check.',
  lostParent: '{record} has lost its {parentTable} ({column}, {relationship}) since the merge was planned',
  gotOtherParent: '{record} has got another {parentTable} ({column}, {relationship}) since the merge was planned',
  parentBackHint: 'Give the record its parent back or delete it, or merge again without the parenting check.',
  lateChild: '{child} came to hang on {parent} through {relationship} after the delete was planned.',
  lateChildHint: 'Execute the job again: the new plan takes the record along. Or move the record elsewhere and resume.',
  deletedSincePlanned: 'a record of the plan was deleted after it was planned',
  newPlanHint: 'Execute the job again: the new plan leaves the record out.',
})

export const operationText = messagesOf(operationTexts)
