import type { Answer, BridgeEvent, BridgeEvents, ChosenFile } from './contract.ts'

/** The wire format of the Bridge: names of channels and paths, and the messages of the browser host's WebSocket (JSON text). */

export const CALL_CHANNEL = 'cascade:call'
/** On which the preload script, and nothing in the page, sends the path of dropped files. */
export const FILE_CHANNEL = 'cascade:file'
export const eventChannel = (event: BridgeEvent): string => `cascade:event:${event}`

export const SOCKET_PATH = '/socket'
export const UPLOAD_PATH = '/upload'
/** Under which the browser host asks on pages of its own. */
export const QUESTION_PATH = '/question'

/** Largest input of one call, in characters of JSON. Files are chosen or uploaded, never part of the input. */
export const MAX_INPUT_CHARACTERS = 4 * 1024 * 1024

/** A call from renderer to host. The renderer chooses the id, which the answer repeats. */
export interface CallMessage {
  id: number
  method: string
  args: unknown[]
}

/** An event with its data, as one union. */
export type EventMessage = { [E in BridgeEvent]: { event: E; data: BridgeEvents[E] } }[BridgeEvent]

/** Interval in milliseconds at which the browser host says that it is there, whatever else it sends. */
export const BEAT_EVERY_MS = 1_500

/** A message from host to renderer. The id is `null` if the call was malformed and had none. */
export type HostMessage = { id: number | null; answer: Answer<unknown> } | EventMessage | { beat: true }

/** The answer to `POST /upload`; files are then sent with `PUT /upload/<id>?name=<relative path>`. */
export interface UploadStarted {
  id: string
}

/** The answer to each `PUT`: the file, or the folder that was dropped as a whole. */
export type FileUploaded = ChosenFile
