import { batchKind } from '../../commerce/jobs/batch-kind.ts'
import { exchangeKind } from '../../commerce/jobs/exchange-kind.ts'
import type { JobKindName } from '../contract/jobs.ts'
import { accessKind } from './access/access-kind.ts'
import { cascadeKind } from './cascade/cascade-kind.ts'
import type { JobKind } from './job-kind.ts'
import { stepKind } from './step/step-kind.ts'

/** All kinds of system jobs. */
const KINDS: Readonly<Record<JobKindName, JobKind>> = {
  step: stepKind,
  exchange: exchangeKind,
  batch: batchKind,
  cascade: cascadeKind,
  access: accessKind,
}

/** Returns what is special to a job of this kind. */
export const jobKindOf = ({ kind }: { kind: JobKindName }): JobKind => KINDS[kind]
