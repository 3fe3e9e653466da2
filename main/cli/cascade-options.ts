import { type Command, Option } from 'commander'
import type { CascadeRequest, ModeChoice } from '#engine/contract/cascades'
import { type CallerOption, withCaller } from './caller.ts'
import { several } from './command.ts'
import { type Acting, findRecord, readAssignments } from './record-argument.ts'

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

export const assignRequest = async (acting: Acting, record: string, { to }: AssignOptions): Promise<CascadeRequest> => ({
  operation: 'Assign',
  record: await findRecord(acting, record),
  to,
})

export const deleteRequest = async (acting: Acting, record: string): Promise<CascadeRequest> => ({
  operation: 'Delete',
  record: await findRecord(acting, record),
})

export async function mergeRequest(
  acting: Acting,
  { target, subordinate, set = [], parentingCheck }: MergeOptions,
): Promise<CascadeRequest> {
  const kept = await findRecord(acting, target)
  return {
    operation: 'Merge',
    target: kept,
    subordinate: await findRecord(acting, subordinate),
    content: await readAssignments(acting, kept.table, set),
    parentingCheck,
  }
}
