import { environment } from './0001-environment.ts'
import { plugins } from './0002-plugins.ts'
import { systemJobs } from './0003-system-jobs.ts'

/** Strictly rising and never edited after a release; the n-th brings a file from format n - 1 to n. */
export const MIGRATIONS: readonly string[] = [environment, plugins, systemJobs]

/** The format that this version writes; kept in the file as `user_version`. */
export const FORMAT_VERSION = MIGRATIONS.length
