import { isFileName } from '../session/file-name.ts'
import { Refusal } from './refusal.ts'

const MAX_SEGMENTS = 32

/**
 * Splits the name of an uploaded file, such as `src/Other/Solution.xml`, into folders and name. Refuses, instead of repairing, whatever
 * could lead out of the upload's folder or has another meaning on another system.
 */
export function uploadSegments(name: string): string[] {
  const segments = name.split('/')
  if (segments.length > MAX_SEGMENTS || !segments.every(isFileName)) {
    throw new Refusal(400, `"${name.slice(0, 300)}" cannot be taken as a file's name. Rename the file or its folders and try again.`)
  }
  return segments
}
