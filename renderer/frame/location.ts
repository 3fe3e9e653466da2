import type { MessageName } from '#engine/contract/messages'
import type { LookupValue } from '#engine/contract/records'

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
  | { screen: 'trace'; run: number | null; only?: RunsOnly }
  | { screen: 'import' }
  | { screen: 'settings' }
  /** A link that leads nowhere. */
  | { screen: 'nowhere'; path: string }

/** The platform's views of system jobs. */
export type JobView = 'cascadeOperations' | 'systemEvents'

/** Which runs of the trace log are shown, as far as other screens lead to some of them. */
export interface RunsOnly {
  plugin?: string
  step?: { number: number; label: string }
  record?: LookupValue
  job?: { id: string; name: string }
  correlationId?: string
}

export type Screen = Location['screen']

/** The locations of one screen. */
export type PlaceOf<S extends Screen> = Extract<Location, { screen: S }>

/** The screen whose navigation entry leads to a location. */
export const sectionOf = ({ screen }: Location): Screen => (screen === 'trace' ? 'plugins' : screen)

export const sameLocation = (a: Location, b: Location): boolean => JSON.stringify(a) === JSON.stringify(b)
