import type { SystemJob } from '#engine/contract/jobs'
import { inEnglish } from '#text/english'

/** Returns what a job says about its last error; `null` without one. */
export const messageOfJob = ({ message }: Pick<SystemJob, 'message'>): string | null => message && inEnglish(message)
