import type { RunReport } from '../report.ts'
import { reportJson } from './json.ts'
import { reportJunit } from './junit.ts'
import { reportText } from './text.ts'

export const REPORTERS = { text: reportText, json: reportJson, junit: reportJunit } as const satisfies Record<
  string,
  (report: RunReport) => string
>
export type ReporterName = keyof typeof REPORTERS
