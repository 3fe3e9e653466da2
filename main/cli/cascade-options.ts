import { type Command, Option } from 'commander'
import type { CascadeRequest, ModeChoice } from '#engine/contract/cascades'
import type { Engine } from '#engine/contract/engine'
import { several } from './command.ts'
import { findRecord, readAssignments } from './record-argument.ts'

/** The options that all cascades share. */
export interface CascadeOptions {
  json?: boolean
  as: string
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
  command
    .option('--as <user>', 'who acts', 'admin')
    .addOption(new Option('--mode <mode>', 'Auto follows the thresholds').choices(['Auto', 'Sync', 'Async']).default('Auto'))

export const withAssignOptions = (command: Command): Command =>
  withCascadeOptions(command.requiredOption('--to <owner>', 'name of the new owner, a user or team'))

export const withMergeOptions = (command: Command): Command =>
  withCascadeOptions(
    command
      .requiredOption('--target <record>', 'the row that stays')
      .requiredOption('--subordinate <record>', 'the row that is merged into it and deactivated')
      .option('--set <column=value>', 'a value for the target; may be given several times', several)
      .option('--no-parenting-check', 'do not compare the parents of both rows'),
  )

export const assignRequest = (engine: Engine, record: string, { to }: AssignOptions): CascadeRequest => ({
  operation: 'Assign',
  record: findRecord(engine, record),
  to,
})

export const deleteRequest = (engine: Engine, record: string): CascadeRequest => ({
  operation: 'Delete',
  record: findRecord(engine, record),
})

export function mergeRequest(engine: Engine, { target, subordinate, set = [], parentingCheck }: MergeOptions): CascadeRequest {
  const kept = findRecord(engine, target)
  return {
    operation: 'Merge',
    target: kept,
    subordinate: findRecord(engine, subordinate),
    content: readAssignments(engine, kept.table, set),
    parentingCheck,
  }
}
