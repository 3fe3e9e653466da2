import type { FindJobs, JobKindName, JobOf } from '#engine/contract/jobs'

const PAGE = 1_000

/** Reads all jobs of a kind, newest first, a page at a time. */
export function allJobs<K extends JobKindName>(user: { findJobs: FindJobs }, kind: K): JobOf<K>[] {
  const found: JobOf<K>[] = []
  for (let before: string | undefined; ; before = found.at(-1)?.id) {
    const { jobs } = user.findJobs({ kind, limit: PAGE, ...(before === undefined ? {} : { before }) })
    found.push(...jobs)
    if (jobs.length < PAGE) return found
  }
}
