import type { MessageName } from '#engine/contract/messages'

/** What the main area shows. */
export type Location =
  | { screen: 'overview' }
  | { screen: 'model'; table: string | null; relationship: string | null }
  /** `part` of the record: its fields and children, or the plug-in steps that ran on it. */
  | { screen: 'records'; table: string | null; recordId: string | null; part?: 'steps' }
  | { screen: 'jobs'; jobId: string | null; view?: JobView }
  | { screen: 'plugins'; part: 'installed'; plugin: string | null }
  | { screen: 'plugins'; part: 'available' }
  | { screen: 'plugins'; part: 'order'; table: string | null; message: MessageName | null }
  /** The plug-in trace log, with a run of it in the side panel. */
  | { screen: 'plugins'; part: 'trace'; run: number | null }
  | { screen: 'import' }
  | { screen: 'settings' }

/** The platform's views of system jobs. */
export type JobView = 'cascadeOperations' | 'systemEvents'

export type Screen = Location['screen']

export const sameLocation = (a: Location, b: Location): boolean => JSON.stringify(a) === JSON.stringify(b)
