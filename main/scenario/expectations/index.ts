import { affected } from './affected.ts'
import { COMMERCE_EXPECTATIONS } from './commerce.ts'
import { count } from './count.ts'
import { error } from './error.ts'
import type { ExpectationKind } from './expectation.ts'
import { integrity } from './integrity.ts'
import { job } from './job.ts'
import { jobs } from './jobs.ts'
import { access, events, shares, trace } from './later.ts'
import { mode } from './mode.ts'
import { outcome } from './outcome.ts'
import { plan } from './plan.ts'
import { records } from './records.ts'

/** Every key of `expect`. One without `evaluate` is checked and then reported as not supported yet. */
export const EXPECTATIONS: ReadonlyMap<string, ExpectationKind> = new Map(
  [outcome, mode, affected, error, job, records, count, access, shares, events, trace, plan, jobs, integrity, ...COMMERCE_EXPECTATIONS]
    .map((expectation) => [expectation.key, expectation]),
)
