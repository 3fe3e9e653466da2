import { defineTexts, messagesOf } from '../message.ts'

/** The platform's own texts, word for word; no language changes them. Source: dataverse reference, section 5.4. */
export const platformTexts = defineTexts('platform', {
  userDisabled: 'The specified user {user} is either disabled or is not a member of any business unit.',
  unexpectedIsvError: 'An unexpected error occurred from ISV code. Plug-in {step}: {reason}',
  stepTimeout:
    'The plug-in execution failed because the operation has timed-out: plug-in {step} was stopped after {seconds, number} seconds.',
  infiniteLoop:
    'This workflow job was canceled because the workflow that started it included an infinite loop: a request would be more than {maxDepth, number} deep. The chain of plug-ins: {chain}.',
  recordNotFound: '{table} With Id = {id} Does Not Exist',
  recordGone: '{table} Does Not Exist: {why}.',
  entityHeld:
    'This entity is currently being {participle} as part of an asynchronous cascade {operation} job. Look the job up by its AsyncJobName in the system jobs view. (EntityId: {id}, EntityName: {table}, AsyncJobName: {job}, AsyncJobId: {jobId}, Async{operationName}OperationId: {operationId})',
  stringTooLong:
    'A validation error occurred. A string value provided is too long: {column} takes {most, number} characters, not {length, number}.',
  optionOutOfRange: 'The picklist value is out of range: {column} has no option {value}. Options: {options}.',
  statusOfAnotherState:
    'State code is invalid or state code is valid but status code is invalid for a specified state code: in {table}, status reason {reason} belongs to state {belongsTo, number}, not to {state}.',
  lookupCannotBeEmptied: 'CascadeDelete is defined as RemoveLink while the foreign key is not nullable: {why}.',
  deleteBlocked: 'The object you tried to delete is associated with another object and cannot be deleted: {why}.',
  mergeNotSupported: 'This type: {table} is not supported with merge operation.',
  mergeIdentical: 'Merge cannot be performed on master and sub-entities that are identical.',
  mergeInactive: 'Merge cannot be performed on entity that is inactive: {role}:{table}-{id} is deactive.',
  mergeDifferentParentCases: 'Cases with different parent cases cannot be merged.',
  caseHasParent: 'Case {parent} has a parent case itself and cannot have child cases.',
  caseHasChildren: 'Case {id} has child cases and cannot have a parent case.',
  tooManyChildCases: 'Case {parent} has {most, number} child cases and cannot have more.',
  mergeCycle: 'Merge could create cyclical parenting: {why}.',
  mergeActiveQuote: 'Merge cannot be performed on sub-entity that has active quote: {why}.',
  mergeParentsDiffer: 'Merge warning: sub-entity will be differently parented ({why}).',
  mergeMightLoseParent: 'Merge warning: sub-entity might lose parenting ({why}).',
  mergeParentDiffers: 'Merge warning: sub-entity will be differently parented: {why}.',
  mergeMightLoseItsParent: 'Merge warning: sub-entity might lose its parenting: {why}.',
  cascadeType: {
    NoCascade: 'Cascade None',
    Cascade: 'Cascade All',
    Active: 'Cascade Active',
    UserOwned: 'Cascade User Owned',
    RemoveLink: 'Remove Link',
    Restrict: 'Restrict',
  },
  operationType: {
    1: 'System Event',
    10: 'Workflow',
    13: 'Bulk Delete',
    54: 'Execute Async Request',
    88: 'Cascade Reparent DB Async Operation',
    89: 'Cascade Merge Async Operation',
    90: 'CascadeAssign',
    91: 'CascadeDelete',
    96: 'Revoke Inherited Access',
    105: 'Cascade Assign All Async Operation',
  },
  jobState: { 0: 'Ready', 1: 'Suspended', 2: 'Locked', 3: 'Completed' },
  jobStatusCode: {
    0: 'Waiting For Resources',
    10: 'Waiting',
    20: 'In Progress',
    21: 'Pausing',
    22: 'Canceling',
    30: 'Succeeded',
    31: 'Failed',
    32: 'Canceled',
  },
  /** Views of the system jobs. */
  jobView: { cascadeOperations: 'Cascade Operations', systemEvents: 'System Events' },
  filterOperator: {
    equals: 'Equals',
    notEquals: 'Does not equal',
    contains: 'Contains',
    beginsWith: 'Begins with',
    isNull: 'Does not contain data',
    isNotNull: 'Contains data',
    greaterThan: 'Is greater than',
    lessThan: 'Is less than',
  },
})

export const platform = messagesOf(platformTexts)
