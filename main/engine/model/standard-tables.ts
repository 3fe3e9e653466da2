import { standardTable } from './table-defaults.ts'

/** Publishers' prefixes of Microsoft's own solutions: their tables count as the platform's. */
const PLATFORM_PREFIX = /^(?:ms[a-z]*|adx|powerpages?)_/

/** Returns whether a table belongs to the platform. */
export const isPlatformTable = (logicalName: string): boolean =>
  standardTable(logicalName) !== undefined || PLATFORM_PREFIX.test(logicalName)

/** Returns whether a table is custom, which means that its name begins with a publisher's prefix. */
export const isCustomTable = (logicalName: string): boolean => !isPlatformTable(logicalName) && /^[a-z][a-z0-9]{1,7}_/.test(logicalName)
