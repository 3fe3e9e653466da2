import { Refusal } from './refusal.ts'

const MAX_SEGMENTS = 32
const MAX_SEGMENT_CHARACTERS = 200
/** Names that Windows reserves for devices, with or without an extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be found.
const FORBIDDEN = /[\u0000-\u001f\u007f<>:"|?*\\]/

/**
 * Splits the name of an uploaded file, such as `src/Other/Solution.xml`, into folders and name. Refuses, instead of repairing, whatever
 * could lead out of the upload's folder or has another meaning on another system.
 */
export function uploadSegments(name: string): string[] {
  const segments = name.split('/')
  if (segments.length > MAX_SEGMENTS || !segments.every(isSafe)) {
    throw new Refusal(400, `"${name.slice(0, 300)}" cannot be taken as a file's name. Rename the file or its folders and try again.`)
  }
  return segments
}

const isSafe = (segment: string): boolean =>
  segment.length > 0 &&
  segment.length <= MAX_SEGMENT_CHARACTERS &&
  segment.trim() !== '' &&
  !/[. ]$/.test(segment) &&
  !FORBIDDEN.test(segment) &&
  !RESERVED.test(segment)
