export const shortId = (guid: string): string => guid.slice(0, 8)

/** Long names lose their middle: beginnings and endings tell them apart. */
export function shortenMiddle(text: string, length: number): string {
  if (text.length <= length) return text
  const tail = Math.floor((length - 1) / 2)
  return `${text.slice(0, length - 1 - tail)}…${text.slice(text.length - tail)}`
}

/** Works for both of the world's kinds of path. */
export const fileNameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path
