import { Command } from 'commander'
import type { LinkRequest } from '#engine/contract/links'
import type { WorkbenchUser } from '../../workbench/index.ts'
import { type CallerOption, callerOf, withCaller } from '../caller.ts'
import { acts, examples } from '../command.ts'
import { grouped } from '../output.ts'
import { findRecord } from '../record-argument.ts'
import { withWorkbench } from '../with-workbench.ts'

interface LinkOptions extends CallerOption {
  json?: boolean
}

export const associate = () =>
  links('associate', 'link a record with others by an N:N relationship', 'added', (user, request) => user.associate(request))

export const disassociate = () =>
  links('disassociate', 'remove links of an N:N relationship between a record and others', 'removed', (user, request) =>
    user.disassociate(request),
  )

/** Makes a command that changes links and says how many it changed: one that exists already, or does not, changes nothing. */
const links = (name: string, description: string, done: string, change: (user: WorkbenchUser, request: LinkRequest) => Promise<number>) =>
  acts<[string, string, string, string[]], LinkOptions>(
    withCaller(
      new Command(name)
        .description(description)
        .argument('<environment>', 'a .cascade file')
        .argument('<relationship>', 'schema name of an N:N relationship')
        .argument('<record>', 'table/GUID or table/name')
        .argument('<others...>', 'records of the other table, each as table/GUID or table/name')
        .addHelpText('after', examples(`cascade ${name} lab.cascade account_regions account/Contoso region/North region/South`)),
    ),
    ({ output }, options, environment, relationship, written, others) =>
      withWorkbench(environment, async (workbench) => {
        const user = callerOf(workbench, options)
        const record = await findRecord({ workbench, user }, written)
        const found: LinkRequest['others'] = []
        for (const other of others) found.push(await findRecord({ workbench, user }, other))
        const changed = await change(user, { relationship, record, others: found })
        await workbench.stepJobsEnded()
        output.result({ relationship, record, changed }, () => `${grouped(changed)} of ${grouped(found.length)} links ${done}.`)
        return undefined
      }),
  )
