import { type Command, Option } from 'commander'
import type { CascadeRequest, ModeChoice } from '#engine/contract/cascades'
import type { Workbench } from '../workbench/index.ts'
import { type CallerOption, withCaller } from './caller.ts'
import { several } from './command.ts'
import { findRecord, readAssignments } from './record-argument.ts'

/** The options that all cascades share. */
export interface CascadeOptions extends CallerOption {
  json?: boolean
  mode: ModeChoice
}

export interface AssignOptions extends CascadeOptions {
  to: string
}

export interface MergeOptions extends CascadeOptions {
  target: string
  subordinate: string
  set?: string[]
  parentingCheck: boolean
}

/** Adds the options that assign, delete and merge have in common, also for `preview`. */
export const withCascadeOptions = (command: Command): Command =>
  withCaller(command).addOption(
    new Option('--mode <mode>', 'Auto follows the thresholds').choices(['Auto', 'Sync', 'Async']).default('Auto'),
  )

export const withAssignOptions = (command: Command): Command =>
  withCascadeOptions(command.requiredOption('--to <owner>', 'the new owner: name or GUID of a user or team'))

export const withMergeOptions = (command: Command): Command =>
  withCascadeOptions(
    command
      .requiredOption('--target <record>', 'the row that stays')
      .requiredOption('--subordinate <record>', 'the row that is merged into it and deactivated')
      .option('--set <column=value>', 'a value for the target; may be given several times', several)
      .option('--no-parenting-check', 'do not compare the parents of both rows'),
  )

export const assignRequest = async (workbench: Workbench, record: string, { to }: AssignOptions): Promise<CascadeRequest> => ({
  operation: 'Assign',
  record: await findRecord(workbench, record),
  to,
})

export const deleteRequest = async (workbench: Workbench, record: string): Promise<CascadeRequest> => ({
  operation: 'Delete',
  record: await findRecord(workbench, record),
})

export async function mergeRequest(
  workbench: Workbench,
  { target, subordinate, set = [], parentingCheck }: MergeOptions,
): Promise<CascadeRequest> {
  const kept = await findRecord(workbench, target)
  return {
    operation: 'Merge',
    target: kept,
    subordinate: await findRecord(workbench, subordinate),
    content: await readAssignments(workbench, kept.table, set),
    parentingCheck,
  }
}
