import type { RunReport } from '../report.ts'

/** One document, as the format promises. */
export const reportJson = (report: RunReport): string => JSON.stringify(report, null, 2)
