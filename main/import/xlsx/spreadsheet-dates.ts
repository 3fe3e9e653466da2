const DAY_MS = 86_400_000
const EPOCH_1900 = Date.UTC(1899, 11, 30)
const EPOCH_1904 = Date.UTC(1904, 0, 1)

/** Returns whether a number format shows dates: one of the fixed ones, or a code with days, months, years or times outside of quotes. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)) return true
  return code !== undefined && /[dmyhs]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, ''))
}

/** Returns the date of a spreadsheet's day number as ISO, or the number where it is none. */
export function dateOfSerial(days: number, is1904: boolean): string {
  const time = (is1904 ? EPOCH_1904 : EPOCH_1900) + Math.round(days * DAY_MS)
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? String(days) : date.toISOString()
}
