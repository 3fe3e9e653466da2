import type { StageName, StepMode } from './messages.ts'

/** Workflows, flows and plug-in steps of a customer's solution: plain data. They are listed and counted, and never run here. */

export const PROCESS_KINDS = ['workflow', 'flow', 'step'] as const
export type ProcessKind = (typeof PROCESS_KINDS)[number]

/** One trigger of a process: the message on a table that would start it on the platform. */
export interface ProcessDefinition {
  /** Its GUID in the solution; a process with several triggers has several definitions. */
  id: string
  kind: ProcessKind
  name: string
  /** As the platform spells it: Create, Update, Delete, Assign … */
  message: string
  /** `null` for every table. */
  table: string | null
  stage: StageName
  mode: StepMode
  rank: number
  /** Update only: the columns of which one must be in the request; `null` for any. */
  columns: string[] | null
  /** Columns of its images: `true` for all, `null` for no image. */
  preImage: string[] | true | null
  postImage: string[] | true | null
  /** The solution that it belongs to. */
  solution: string
}

/** A process that a cascade would start on the platform, with the greatest possible number of records. */
export interface ProcessRun {
  process: ProcessDefinition
  table: string
  records: number
}
