import { assign } from './assign.ts'
import { check } from './check.ts'
import { commerce } from './commerce.ts'
import { create } from './create.ts'
import { remove } from './delete.ts'
import { cancel, crash, reexecute, resume } from './job-operations.ts'
import { merge } from './merge.ts'
import type { OperationKind } from './operation.ts'
import { disablePlugin, enablePlugin, installPlugin, removePlugin } from './plugin-operations.ts'
import { relationship } from './relationship.ts'
import { cleanUpInheritedAccess, setTeam, setUser, share, unshare } from './security-operations.ts'
import { settings } from './settings.ts'
import { update } from './update.ts'
import { wait } from './wait.ts'

/** Every operation of the format, by its key. One without `run` is checked and then reported as not supported yet. */
export const OPERATIONS: ReadonlyMap<string, OperationKind> = new Map(
  [
    create, update, assign, remove, merge, share, unshare, setUser, setTeam, settings, relationship, installPlugin, enablePlugin,
    disablePlugin, removePlugin, resume, cancel, reexecute, crash, wait, cleanUpInheritedAccess, check, commerce,
  ].map((operation) => [operation.key, operation]),
)
