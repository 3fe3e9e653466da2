import type { Command } from 'commander'
import type { Workbench } from '../workbench/index.ts'

export interface CallerOption {
  as?: string
}

/** Adds the option that says in whose name a command acts. */
export const withCaller = (command: Command): Command =>
  command.option('--as <user>', 'who acts: name or GUID of a user (default: the administrator)')

/**
 * Returns the id of the user that `--as` names; without it, that of the administrator.
 * @throws INPUT_INVALID if there is no such user, NAME_AMBIGUOUS with the ids if several users have the name
 */
export const callerOf = (workbench: Workbench, { as }: CallerOption): string =>
  as === undefined ? workbench.info().administratorId : workbench.getUser(as).id
