/** What the main area shows. */
export type Location =
  | { screen: 'overview' }
  | { screen: 'model'; table: string | null; relationship: string | null }
  | { screen: 'records'; table: string | null; recordId: string | null }
  | { screen: 'jobs'; jobId: string | null }
  | { screen: 'import' }
  | { screen: 'settings' }

export type Screen = Location['screen']

export const sameLocation = (a: Location, b: Location): boolean => JSON.stringify(a) === JSON.stringify(b)
