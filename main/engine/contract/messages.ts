/** The platform's messages and the stages of its pipeline. */

/** In the platform's spelling. Source: dataverse reference, sections 2.4 and 5.2. */
export const MESSAGES = [
  'Create',
  'Update',
  'Delete',
  'Assign',
  'SetState',
  'Merge',
  'GrantAccess',
  'ModifyAccess',
  'RevokeAccess',
  'Associate',
  'Disassociate',
  'cascadeAsync_SuccessAPI',
  'cascadeAsync_FailureAPI',
] as const
export type MessageName = (typeof MESSAGES)[number]

/** In the order of execution: 10, 20, 40. Source: dataverse reference, section 5.1. */
export const STAGES = ['PreValidation', 'PreOperation', 'PostOperation'] as const
export type StageName = (typeof STAGES)[number]
export const STEP_MODES = ['Sync', 'Async'] as const
export type StepMode = (typeof STEP_MODES)[number]
