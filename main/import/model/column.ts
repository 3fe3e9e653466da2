import type { ColumnDefinition, ColumnType, OptionDefinition, RequiredLevel } from '#engine/contract/tables'

export const newColumn = (
  logicalName: string,
  type: ColumnType,
  more: {
    displayName?: string | null
    sourceType?: string | null
    requiredLevel?: RequiredLevel
    maxLength?: number | null
    options?: OptionDefinition[]
  } = {},
): ColumnDefinition => ({
  logicalName: logicalName.toLowerCase(),
  displayName: more.displayName ?? null,
  type,
  sourceType: more.sourceType ?? null,
  requiredLevel: more.requiredLevel ?? 'None',
  maxLength: more.maxLength ?? null,
  options: more.options ?? [],
})

export const isLookupColumn = (type: ColumnType): boolean => type === 'Lookup' || type === 'Customer' || type === 'Owner'
