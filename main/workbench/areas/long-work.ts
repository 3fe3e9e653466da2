import { workbenchText } from '#text/english/workbench'
import type { Message } from '#text/message'
import type { Core } from '../core.ts'

/** The kinds of work that a person can stop. */
export const LONG_WORK = ['transfer', 'preview'] as const
export type LongWork = (typeof LONG_WORK)[number]

/** Imports, what looks into their sources, and generators, by the methods of a worker. */
const TRANSFERS = {
  generate: 'generate',
  importSource: 'import',
  importCsv: 'import',
  inspectSource: 'import',
  inspectCsv: 'import',
} as const
const PREVIEWS = { planCascade: 'preview' } as const

export interface LongWorkArea {
  /**
   * Stops imports and generators, or previews. Their calls fail with CANCELLED; records that they were writing are not written. Returns
   * whether there was any such work.
   */
  stopWork(work: LongWork): boolean
  /** Returns what closing would wait for. */
  underWay(): Message[]
}

/** Returns the methods for work that takes long. */
export const longWorkArea = ({ engine, threads }: Core): LongWorkArea => ({
  stopWork: (work) =>
    work === 'transfer' ? threads.stop('job', Object.keys(TRANSFERS)) : threads.stop('interactive', Object.keys(PREVIEWS)),
  underWay() {
    const next = engine.nextJob()
    const job = next && engine.jobState(next.id)
    const kinds = threads
      .openCalls()
      .flatMap((method) =>
        method in TRANSFERS ? [TRANSFERS[method as keyof typeof TRANSFERS]] : method in PREVIEWS ? ['preview' as const] : [],
      )
    return [
      ...(job?.status === 'In Progress' ? [workbenchText.underWay.job({ job: job.name })] : []),
      ...[...new Set(kinds)].map((kind) => workbenchText.underWay[kind]),
    ]
  },
})
