import type { RunReport } from '../report.ts'

/** Formats the report as one JSON document. */
export const reportJson = (report: RunReport): string => JSON.stringify(report, null, 2)
