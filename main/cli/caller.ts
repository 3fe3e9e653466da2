import type { Command } from 'commander'
import type { Workbench, WorkbenchUser } from '../workbench/index.ts'

export interface CallerOption {
  as?: string
}

/** Adds the option that says in whose name a command acts. */
export const withCaller = (command: Command): Command =>
  command.option('--as <user>', 'who acts: name or GUID of a user (default: the administrator)')

/**
 * Returns what the user that `--as` names can ask for; without it, the administrator.
 * @throws INPUT_INVALID if there is no such user, NAME_AMBIGUOUS with the ids if several users have the name
 */
export const callerOf = (workbench: Workbench, { as }: CallerOption): WorkbenchUser =>
  workbench.as(as === undefined ? workbench.info().administratorId : workbench.getUser(as).id)
