import { Command, InvalidArgumentError } from 'commander'
import type { AccessRight } from '#engine/contract/security'
import { ACCESS_RIGHTS } from '#engine/contract/security'
import { type CallerOption, withCaller } from '../caller.ts'
import { acts, examples } from '../command.ts'
import { findRecord } from '../record-argument.ts'
import { runCascade } from '../run-cascade.ts'

interface UnshareOptions extends CallerOption {
  json?: boolean
  with: string
}

interface ShareOptions extends UnshareOptions {
  rights: AccessRight[]
  replace?: boolean
}

const readRights = (written: string): AccessRight[] =>
  written.split(',').map((word) => {
    const right = ACCESS_RIGHTS.find((known) => known.toLowerCase() === word.trim().toLowerCase())
    if (right === undefined) throw new InvalidArgumentError(`Rights are ${ACCESS_RIGHTS.join(', ')}, separated by commas.`)
    return right
  })

/** Shares a record with a user or team. */
export const share = () =>
  acts<[string, string], ShareOptions>(
    withCaller(
      new Command('share')
        .description('share a record, and the records to which the share cascades, with a user or team')
        .argument('<environment>', 'a .cascade file')
        .argument('<record>', 'table/GUID or table/name')
        .requiredOption('--with <owner>', 'name or GUID of a user or team')
        .requiredOption('--rights <rights>', `some of ${ACCESS_RIGHTS.join(', ')}, separated by commas`, readRights)
        .option('--replace', 'replace what the record is shared with so far, instead of adding to it')
        .addHelpText('after', examples('cascade share lab.cascade account/Contoso --with bob --rights Read,Write')),
    ),
    (context, options, environment, record) =>
      runCascade(context, environment, { ...options, mode: 'Auto' }, async (acting) => ({
        operation: options.replace ? 'ModifyAccess' : 'Share',
        record: await findRecord(acting, record),
        with: options.with,
        rights: options.rights,
      })),
  )

/** Takes back what a record was shared with. */
export const unshare = () =>
  acts<[string, string], UnshareOptions>(
    withCaller(
      new Command('unshare')
        .description('take back what a record was shared with, and what cascaded from it')
        .argument('<environment>', 'a .cascade file')
        .argument('<record>', 'table/GUID or table/name')
        .requiredOption('--with <owner>', 'name or GUID of a user or team')
        .addHelpText('after', examples('cascade unshare lab.cascade account/Contoso --with bob')),
    ),
    (context, options, environment, record) =>
      runCascade(context, environment, { ...options, mode: 'Auto' }, async (acting) => ({
        operation: 'Unshare',
        record: await findRecord(acting, record),
        with: options.with,
      })),
  )
