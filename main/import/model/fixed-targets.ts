/** Columns that point to the same tables in every table, whatever relationships a source lists. */
const FIXED_TARGETS: Record<string, string[]> = {
  createdby: ['systemuser'],
  modifiedby: ['systemuser'],
  createdonbehalfby: ['systemuser'],
  modifiedonbehalfby: ['systemuser'],
  owningbusinessunit: ['businessunit'],
  owninguser: ['systemuser'],
  owningteam: ['team'],
  ownerid: ['systemuser', 'team'],
}

export const fixedTargets = (column: string): string[] | undefined =>
  Object.hasOwn(FIXED_TARGETS, column) ? FIXED_TARGETS[column] : undefined
