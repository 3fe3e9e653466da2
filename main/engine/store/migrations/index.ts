import { environment } from './0001-environment.ts'
import { plugins } from './0002-plugins.ts'
import { systemJobs } from './0003-system-jobs.ts'
import { findStepUsers, stepUsers } from './0004-step-users.ts'
import { jobHints } from './0005-job-hints.ts'
import { columnLimits } from './0006-column-limits.ts'
import { commerce } from './0007-commerce.ts'
import { commerceJobs } from './0008-commerce-jobs.ts'
import { modelSources } from './0009-model-sources.ts'
import { security, securityOfRecords } from './0010-security.ts'
import { failingRecords } from './0011-failing-records.ts'
import { bulkDelete } from './0012-bulk-delete.ts'

/** Strictly rising and never edited after a release; the n-th brings a file from format n - 1 to n. */
export const MIGRATIONS: readonly string[] = [
  environment,
  plugins,
  systemJobs,
  stepUsers,
  jobHints,
  columnLimits,
  commerce,
  commerceJobs,
  modelSources,
  security,
  failingRecords,
  bulkDelete,
]

/** What migrations read from records, by their format. Left out for a new file, which has no tables of the model yet. */
export const RECORD_MIGRATIONS: ReadonlyMap<number, string> = new Map([
  [4, findStepUsers],
  [10, securityOfRecords],
])

/** The format that this version writes; kept in the file as `user_version`. */
export const FORMAT_VERSION = MIGRATIONS.length
