export const ENVIRONMENT_EXTENSION = '.cascade'

/** Returns the path with the extension of environments. */
export const environmentPath = (path: string): string =>
  path.toLowerCase().endsWith(ENVIRONMENT_EXTENSION) ? path : `${path}${ENVIRONMENT_EXTENSION}`
