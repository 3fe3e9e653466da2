import { assign } from './assign.ts'
import { associate, disassociate } from './associate.ts'
import { bulkDelete } from './bulk-delete.ts'
import { cancel } from './cancel.ts'
import { check } from './check.ts'
import { cleanUpInheritedAccess } from './clean-up-inherited-access.ts'
import { commerce } from './commerce.ts'
import { crash } from './crash.ts'
import { create } from './create.ts'
import { remove } from './delete.ts'
import { disablePlugin } from './disable-plugin.ts'
import { enablePlugin } from './enable-plugin.ts'
import { fault } from './fault.ts'
import { installPlugin } from './install-plugin.ts'
import { merge } from './merge.ts'
import { modifyAccess } from './modify-access.ts'
import type { OperationKind } from './operation.ts'
import { reassign } from './reassign.ts'
import { reexecute } from './reexecute.ts'
import { relationship } from './relationship.ts'
import { removePlugin } from './remove-plugin.ts'
import { resume } from './resume.ts'
import { setBusinessUnit } from './set-business-unit.ts'
import { setTeam } from './set-team.ts'
import { setUser } from './set-user.ts'
import { settings } from './settings.ts'
import { share } from './share.ts'
import { unshare } from './unshare.ts'
import { update } from './update.ts'
import { wait } from './wait.ts'

/** Every operation of the format, by its key. One without `run` is checked and then reported as not supported yet. */
export const OPERATIONS: ReadonlyMap<string, OperationKind> = new Map(
  [
    create,
    associate,
    disassociate,
    reassign,
    bulkDelete,
    update,
    assign,
    remove,
    merge,
    share,
    unshare,
    modifyAccess,
    setUser,
    setTeam,
    setBusinessUnit,
    settings,
    relationship,
    installPlugin,
    enablePlugin,
    disablePlugin,
    removePlugin,
    resume,
    cancel,
    reexecute,
    crash,
    fault,
    wait,
    cleanUpInheritedAccess,
    check,
    commerce,
  ].map((operation) => [operation.key, operation]),
)
