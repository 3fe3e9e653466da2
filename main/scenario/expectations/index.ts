import { access } from './access.ts'
import { affected } from './affected.ts'
import { COMMERCE_EXPECTATIONS } from './commerce.ts'
import { count } from './count.ts'
import { error } from './error.ts'
import { events } from './events.ts'
import type { ExpectationKind } from './expectation.ts'
import { integrity } from './integrity.ts'
import { job } from './job.ts'
import { jobs } from './jobs.ts'
import { links } from './links.ts'
import { mode } from './mode.ts'
import { outcome } from './outcome.ts'
import { plan } from './plan.ts'
import { records } from './records.ts'
import { shares } from './shares.ts'
import { trace } from './trace.ts'

/** Every key of `expect`. One without `evaluate` is checked and then reported as not supported yet. */
export const EXPECTATIONS: ReadonlyMap<string, ExpectationKind> = new Map(
  [
    outcome,
    mode,
    affected,
    error,
    job,
    records,
    links,
    count,
    access,
    shares,
    events,
    trace,
    plan,
    jobs,
    integrity,
    ...COMMERCE_EXPECTATIONS,
  ].map((expectation) => [expectation.key, expectation]),
)
