import type { Answer, BridgeEvent, BridgeEvents } from './contract.ts'

/** How the Bridge travels: names of channels and paths, and the messages of the browser host's WebSocket (JSON text). */

export const CALL_CHANNEL = 'cascade:call'
export const eventChannel = (event: BridgeEvent): string => `cascade:event:${event}`

export const SOCKET_PATH = '/socket'
export const UPLOAD_PATH = '/upload'

/** Largest input of one call, as characters of JSON. Files travel by path or upload, never as input. */
export const MAX_INPUT_CHARACTERS = 4 * 1024 * 1024

/** Renderer to host. The id is the caller's, and comes back with the answer. */
export interface CallMessage {
  id: number
  method: string
  args: unknown[]
}

/** An event with its data, as one union. */
export type EventMessage = { [E in BridgeEvent]: { event: E; data: BridgeEvents[E] } }[BridgeEvent]

/** Host to renderer. The id is `null` where the call was too broken to have one. */
export type HostMessage = { id: number | null; answer: Answer<unknown> } | EventMessage

/** What `POST /upload` answers: files are then sent with `PUT /upload/<id>?name=<relative path>`. */
export interface UploadStarted {
  id: string
}

/** What each `PUT` answers: where the host put the file, or the folder that was dropped as a whole. */
export interface FileUploaded {
  path: string
}
