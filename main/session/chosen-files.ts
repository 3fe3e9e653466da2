import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'
import type { ChosenFile } from '#contract'
import { EngineError } from '#engine/contract/errors'
import { sessionText } from '#text/english/session'

/** Most files that are remembered. The least recently given is forgotten first. */
const MOST_FILES = 2_000

/**
 * The files and folders that a person has chosen, by a dialog, a drop or an upload, or that the host offers by itself. The renderer names
 * a file by its token alone, so that a script in the page reaches no other file of this computer.
 */
export interface ChosenFiles {
  /** Returns the token of a path. A path keeps its token. */
  give(path: string): ChosenFile
  /** @throws INPUT_INVALID if this host gave no such token */
  pathOf(token: string): string
}

export function createChosenFiles(most = MOST_FILES): ChosenFiles {
  const tokens = new Map<string, string>()
  const paths = new Map<string, string>()
  return {
    give(path) {
      const token = tokens.get(path) ?? randomBytes(24).toString('base64url')
      // Moved to the end, since a map keeps the order in which its keys were added.
      tokens.delete(path)
      tokens.set(path, token)
      paths.set(token, path)
      for (const [oldest, forgotten] of tokens) {
        if (tokens.size <= most) break
        tokens.delete(oldest)
        paths.delete(forgotten)
      }
      return { token, name: basename(path) }
    },
    pathOf(token) {
      const path = paths.get(token)
      if (path === undefined) throw new EngineError('INPUT_INVALID', sessionText.fileNotChosen, { hint: sessionText.fileNotChosenHint })
      return path
    },
  }
}
