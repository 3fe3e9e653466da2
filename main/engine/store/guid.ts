import { storeText } from '#text/english/store'
import { inputInvalid, shortened } from '../contract/errors.ts'
import { shown } from './unusable.ts'

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const isGuid = (text: string): boolean => GUID.test(text.toLowerCase())

/** Converts a GUID to 16 bytes in the order of its text. Accepts capitals and braces. */
export function guidToBytes(text: string): Buffer {
  // Our own format. Buffer.from stops at the first character that is not a hexadecimal digit, so the length shows an error.
  if (text.length === 36 && text[8] === '-' && text[13] === '-' && text[18] === '-' && text[23] === '-') {
    const bytes = Buffer.from(text.slice(0, 8) + text.slice(9, 13) + text.slice(14, 18) + text.slice(19, 23) + text.slice(24), 'hex')
    if (bytes.length === 16) return bytes
  }
  const plain = text.toLowerCase().replace(/^\{|\}$/g, '')
  if (!GUID.test(plain)) throw inputInvalid(storeText.notAGuid({ id: shortened(text) }), { id: shortened(text) })
  return Buffer.from(plain.replaceAll('-', ''), 'hex')
}

/** Converts 16 bytes to a GUID. Bytes that are none, in a damaged file, are returned as they are shown, so that other rows stay readable. */
export function bytesToGuid(bytes: Uint8Array): string {
  if (!(bytes instanceof Uint8Array) || bytes.length !== 16) return shown(bytes)
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
