import type { ColumnDefinition, ColumnType, OptionDefinition } from '#engine/contract/tables'

export const newColumn = (
  logicalName: string,
  type: ColumnType,
  more: { displayName?: string | null; sourceType?: string | null; required?: boolean; options?: OptionDefinition[] } = {},
): ColumnDefinition => ({
  logicalName: logicalName.toLowerCase(),
  displayName: more.displayName ?? null,
  type,
  sourceType: more.sourceType ?? null,
  required: more.required ?? false,
  options: more.options ?? [],
})

export const isLookupColumn = (type: ColumnType): boolean => type === 'Lookup' || type === 'Customer' || type === 'Owner'
