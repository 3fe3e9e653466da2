import { Command } from 'commander'
import type { AccessSource, ExplainedAccess } from '#engine/contract/security'
import { inEnglish } from '#text/english'
import { acts, examples } from '../command.ts'
import { facts, table } from '../output.ts'
import { findRecord } from '../record-argument.ts'
import { withWorkbench } from '../with-workbench.ts'

interface AccessOptions {
  json?: boolean
  user: string
  record: string
}

/** Explains what a user may do with a record, and why. */
export const access = () =>
  acts<[string], AccessOptions>(
    new Command('access')
      .description('explain what a user may do with a record: each right with its sources, or what is missing')
      .argument('<environment>', 'a .cascade file')
      .requiredOption('--user <user>', 'the user: name or GUID')
      .requiredOption('--record <record>', 'table/GUID or table/name')
      .addHelpText('after', examples('cascade access lab.cascade --user alice --record contact/"Ann Ray"')),
    ({ output }, { user, record }, environment) =>
      withWorkbench(environment, async (workbench) => {
        const administrator = workbench.as(workbench.info().administratorId)
        const ref = await findRecord({ workbench, user: administrator }, record)
        const explained = workbench.explainAccess(user, ref)
        const shares = workbench.sharesOf(ref)
        output.result({ ...explained, shares }, () => accessText(explained))
        return undefined
      }),
  )

function accessText(explained: ExplainedAccess): string {
  const { user, record, owner, businessUnit, rights, origin } = explained
  return [
    facts([
      ['user', `${user.name} (${user.businessUnit ?? 'no business unit'})${user.disabled ? ', disabled' : ''}`],
      ['record', `${record.table} ${record.name ?? record.id}`],
      ['owner', owner ?? 'none'],
      ['business unit', businessUnit ?? 'none'],
      ['access by', origin ?? 'nothing'],
    ]),
    table(
      ['right', 'granted', 'why'],
      rights.map(({ right, isGranted, sources, missing }) => [
        right,
        isGranted ? 'yes' : 'no',
        missing === null ? sources.map(sourceText).join('; ') : inEnglish(missing),
      ]),
    ),
  ].join('\n\n')
}

function sourceText({ origin, through, role, from }: AccessSource): string {
  const by = role ? `${role.name} (${role.depth}${role.businessUnit === null ? '' : ` from ${role.businessUnit}`})` : undefined
  const parents = from?.map(({ record, relationship }) => `${record.table} ${record.name ?? record.id} over ${relationship}`) ?? []
  return [`${origin} ${through.name}`, by && `by ${by}`, parents.length > 0 && `from ${parents.join(' and ')}`].filter(Boolean).join(' ')
}
