import type { Settings } from '../contract/settings.ts'

/** How often work is tried in all, and how long the wait after its first failure is. */
export interface RetryPolicy {
  tries: number
  firstWaitMs: number
}

/**
 * What is tried again, by what the failure concerns (see the table of codes in `contract/errors.ts`).
 *
 * | the failure concerns | in a cascade                         | in an asynchronous step | in the job loop                                           |
 * |----------------------|--------------------------------------|-------------------------|-----------------------------------------------------------|
 * | input, request       | the record again; then the job pauses | nothing: the job fails  | –                                                         |
 * | thread               | –                                    | –                       | the same batches in a new thread at once; then as below   |
 * | environment          | –                                    | –                       | the same turn again; then the loop stops                  |
 * | file                 | –                                    | –                       | nothing: the loop stops                                   |
 *
 * No code pauses a job at once. Whatever is not an EngineError is a defect and never tried again. The wait after a failure is the first
 * wait, doubled with each further failure:
 *
 * | failures                                | 1     | 2    | 3     | 4      | 5   | 6    | 7    | 8     |
 * |-----------------------------------------|-------|------|-------|--------|-----|------|------|-------|
 * | of a record, with the default settings  | 30 s  | 60 s | 120 s | pauses |     |      |      |       |
 * | of a thread                             | 0 s   | 0 s  | as of the environment, from the first | | | | | |
 * | of the environment                      | 0.5 s | 1 s  | 2 s   | 4 s    | 8 s | 16 s | 32 s | stops |
 *
 * Source for records: dataverse reference, section 2.4; counts and waits are our reading, which are settings.
 */
export const recordPolicy = ({ maxAttempts, retryDelaySeconds }: Pick<Settings, 'maxAttempts' | 'retryDelaySeconds'>): RetryPolicy => ({
  tries: maxAttempts,
  firstWaitMs: retryDelaySeconds * 1_000,
})

export const THREAD_POLICY: RetryPolicy = { tries: 3, firstWaitMs: 0 }

export const ENVIRONMENT_POLICY: RetryPolicy = { tries: 8, firstWaitMs: 500 }

/** Limit of the exponent, so that the wait stays a valid number of milliseconds. */
const MOST_DOUBLINGS = 30

/** Returns the wait in milliseconds after so many failures; `undefined` if the last try has failed. */
export const waitAfter = ({ tries, firstWaitMs }: RetryPolicy, failures: number): number | undefined =>
  failures >= tries ? undefined : firstWaitMs * 2 ** Math.min(failures - 1, MOST_DOUBLINGS)

/** Returns the number of the try that processes an item: each record has its own count. */
export const tryOf = (job: { failing_item: number | null; attempts: number }, item: number): number =>
  job.failing_item === item ? job.attempts + 1 : 1
