import { Argument, Command } from 'commander'
import type { BlockerGroup, CascadeRequest, PlanBlocker, Preview } from '#engine/contract/cascades'
import { inputInvalid, namedMessageOf, recordPhrase } from '#engine/contract/errors'
import { inEnglish } from '#text/english'
import { callerOf } from '../caller.ts'
import { assignRequest, type CascadeOptions, deleteRequest, mergeRequest, withCascadeOptions } from '../cascade-options.ts'
import { acts, examples, several } from '../command.ts'
import { facts, grouped, table } from '../output.ts'
import { processKind, stageText } from '../process-text.ts'
import type { Acting } from '../record-argument.ts'
import { withWorkbench } from '../with-workbench.ts'

interface PreviewOptions extends CascadeOptions {
  to?: string
  target?: string
  subordinate?: string
  set?: string[]
  parentingCheck: boolean
}

/** Previews an operation, with the same arguments and options as assign, delete and merge. */
export const preview = () =>
  acts<[string, string, string | undefined], PreviewOptions>(
    withCascadeOptions(
      new Command('preview')
        .description('show what assign, delete or merge would do, without doing it')
        .argument('<environment>', 'a .cascade file')
        .addArgument(new Argument('<operation>', 'what to plan').choices(['assign', 'delete', 'merge']))
        .argument('[record]', 'assign and delete: table/GUID or table/name')
        .option('--to <owner>', 'assign: the new owner, name or GUID of a user or team')
        .option('--target <record>', 'merge: the row that stays')
        .option('--subordinate <record>', 'merge: the row that is merged into it')
        .option('--set <column=value>', 'merge: a value for the target; may be given several times', several)
        .option('--no-parenting-check', 'merge: do not compare the parents of both rows')
        .addHelpText(
          'after',
          examples(
            'cascade preview lab.cascade assign account/Contoso --to bob',
            'cascade preview lab.cascade delete account/Contoso --json',
            'cascade preview lab.cascade merge --target account/Contoso --subordinate account/Fabrikam',
          ),
        ),
    ),
    ({ output }, options, environment, operation, record) =>
      withWorkbench(environment, async (workbench) => {
        const user = callerOf(workbench, options)
        const plan = await user.preview(await requestOf({ workbench, user }, operation, record, options), options.mode)
        await user.discardPlan(plan.planId)
        output.result(plan, () => previewText(plan))
        return undefined
      }),
  )

async function requestOf(acting: Acting, operation: string, record: string | undefined, options: PreviewOptions): Promise<CascadeRequest> {
  const { to, target, subordinate } = options
  if (operation === 'merge') {
    if (target === undefined || subordinate === undefined) throw inputInvalid('A merge needs --target and --subordinate.')
    return mergeRequest(acting, { ...options, target, subordinate })
  }
  if (record === undefined) throw inputInvalid(`Which record? Write: cascade preview ENVIRONMENT ${operation} table/GUID.`)
  if (operation === 'delete') return deleteRequest(acting, record)
  if (to === undefined) throw inputInvalid('An assign needs --to.')
  return assignRequest(acting, record, { ...options, to })
}

function previewText(plan: Preview): string {
  const { groups, blockedBy, blockedGroups, refusal } = plan
  const parts = [
    facts([
      ['operation', plan.request.operation],
      ['mode', inEnglish(plan.modeReason)],
      ['affected', plan.affected],
      ['levels', plan.levels],
    ]),
  ]
  if (groups.length > 0)
    parts.push(
      table(
        ['table', 'what happens', 'because of', 'behavior', 'records'],
        groups.map((group) => [group.table, group.action, group.relationship ?? 'the record itself', group.behavior, group.count]),
      ),
    )
  if (refusal !== null)
    parts.push(`Would be refused: ${[refusal.platformCode, inEnglish(namedMessageOf(refusal))].filter(Boolean).join(' ')}`)
  for (const group of blockedGroups) parts.push(blockersText(group, blockedBy))
  if (plan.processes.length > 0)
    parts.push(
      [
        'Would run on the platform, and never runs here:',
        table(
          ['solution', 'what', 'name', 'message', 'stage', 'columns', 'on', 'records'],
          plan.processes.map(({ process, table: on, records }) => [
            process.solution,
            processKind(process),
            process.name,
            process.message,
            stageText(process),
            process.columns?.join(', ') ?? 'any',
            on,
            records,
          ]),
        ),
      ].join('\n'),
    )
  if (plan.reasons.length > 0) parts.push(plan.reasons.map(inEnglish).join('\n'))
  return parts.join('\n\n')
}

/** Number of blockers that are listed along one relationship. */
const LISTED = 10

function blockersText({ relationship, table: of, count }: BlockerGroup, blockers: PlanBlocker[]): string {
  const listed = blockers.filter((each) => each.relationship === relationship).slice(0, LISTED)
  const under = ({ path, parent }: PlanBlocker) => [...path, parent].map((record) => inEnglish(recordPhrase(record))).join(' › ')
  return [
    `Blocked by Restrict over ${relationship}: ${grouped(count)} ${count === 1 ? 'row' : 'rows'} of ${of}`,
    ...listed.map((each) => `  ${inEnglish(recordPhrase(each.record))} under ${under(each)}`),
    ...(count > listed.length ? [`  and ${grouped(count - listed.length)} more`] : []),
  ].join('\n')
}
