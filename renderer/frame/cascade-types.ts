import type { CascadeType } from '#engine/contract/tables'

/** The platform's names of cascade types. */
export const TYPE_LABEL: Record<CascadeType, string> = {
  NoCascade: 'Cascade None',
  Cascade: 'Cascade All',
  Active: 'Cascade Active',
  UserOwned: 'Cascade User Owned',
  RemoveLink: 'Remove Link',
  Restrict: 'Restrict',
}
