import { engineMethods, userMethods } from '#engine'
import { packageMethods, sourceMethods, transferMethods } from '../batch/batch-methods.ts'

const { checkpoint, jobState, jobTables, prepareJob, nextJob, nextDueMs, runJob, haltJob, ...environment } = engineMethods
const { beginBatch, holdBatch, heldRecords, runHeld, addJobMessage, recoverJobs, checkNotHeld, continueJobs, ...further } = environment
const { operateCommerce, queueScheduledCommerce, ...offered } = further
const { load, holdRecord, createRecord, updateRecord, planCascade, describePlan, holdPlan, ...user } = userMethods
const { preValidate, executeSync, createJob, getJob, pauseJob, resumeJob, reexecuteJob, cancelJob, createAccessJob, ...offeredToUsers } =
  user

/** The declared methods of the environment that the workbench offers unchanged. */
export const offeredMethods = { ...offered, ...sourceMethods, ...packageMethods }

/** The declared methods of asynchronous customers that queue system jobs, for which the workbench waits. */
export const commerceQueueMethods = { operateCommerce, queueScheduledCommerce }

/** The declared methods in the name of a user that the workbench offers unchanged. */
export const offeredUserMethods = { ...offeredToUsers, ...transferMethods }
