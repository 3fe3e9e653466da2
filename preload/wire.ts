import type { Answer, BridgeEvent, BridgeEvents } from './contract.ts'

/** The wire format of the Bridge: names of channels and paths, and the messages of the browser host's WebSocket (JSON text). */

export const CALL_CHANNEL = 'cascade:call'
export const eventChannel = (event: BridgeEvent): string => `cascade:event:${event}`

export const SOCKET_PATH = '/socket'
export const UPLOAD_PATH = '/upload'

/** Largest input of one call, in characters of JSON. Files are passed by path or upload, never as input. */
export const MAX_INPUT_CHARACTERS = 4 * 1024 * 1024

/** A call from renderer to host. The renderer chooses the id, which the answer repeats. */
export interface CallMessage {
  id: number
  method: string
  args: unknown[]
}

/** An event with its data, as one union. */
export type EventMessage = { [E in BridgeEvent]: { event: E; data: BridgeEvents[E] } }[BridgeEvent]

/** A message from host to renderer. The id is `null` if the call was malformed and had none. */
export type HostMessage = { id: number | null; answer: Answer<unknown> } | EventMessage

/** The answer to `POST /upload`; files are then sent with `PUT /upload/<id>?name=<relative path>`. */
export interface UploadStarted {
  id: string
}

/** The answer to each `PUT`: the path of the file, or of the folder that was dropped as a whole. */
export interface FileUploaded {
  path: string
}
