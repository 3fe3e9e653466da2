import { standardTable } from './table-defaults.ts'

/** Publishers' prefixes of Microsoft's own solutions: their tables count as the platform's. */
const PLATFORM_PREFIX = /^(?:ms[a-z]*|adx|powerpages?)_/

/** Whether the platform brings this table. */
export const isPlatformTable = (logicalName: string): boolean =>
  standardTable(logicalName) !== undefined || PLATFORM_PREFIX.test(logicalName)

/** Whether a publisher made this table: the platform gives each such table its publisher's prefix. */
export const isCustomTable = (logicalName: string): boolean => !isPlatformTable(logicalName) && /^[a-z][a-z0-9]{1,7}_/.test(logicalName)
