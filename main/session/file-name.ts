/** Far below the limit of file systems, so that a number or a draft's ending can be added. */
const MOST_BYTES = 200
/** Names that Windows reserves for devices, with or without an extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be found.
const FORBIDDEN = /[\u0000-\u001f\u007f<>:"|?*\\/]/

/** Returns whether a text can be the name of a file or folder on every system, and leads to no other folder. */
export const isFileName = (text: string): boolean =>
  text.trim() !== '' && Buffer.byteLength(text) <= MOST_BYTES && !/[. ]$/.test(text) && !FORBIDDEN.test(text) && !RESERVED.test(text)
