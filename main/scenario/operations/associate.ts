import type { LinkRequest } from '#engine/contract/links'
import type { WorkbenchUser } from '../../workbench/workbench.ts'
import { linksShape, type NamedLinks, readLinks } from '../format/links.ts'
import { defineOperation, nothingDone, type OperationResult, refOf, type StepContext } from './operation.ts'

/** Links a record with others by an N:N relationship. */
export const associate = defineOperation({
  key: 'associate',
  shape: linksShape('associate'),
  check: (stated, names) => readLinks(stated, names),
  run: (links, context) => changeLinks(links, context, (user, request) => user.associate(request)),
})

/** Removes links of an N:N relationship. */
export const disassociate = defineOperation({
  key: 'disassociate',
  shape: linksShape('disassociate'),
  check: (stated, names) => readLinks(stated, names),
  run: (links, context) => changeLinks(links, context, (user, request) => user.disassociate(request)),
})

async function changeLinks(
  { relationship, record, others }: NamedLinks,
  context: StepContext,
  change: (user: WorkbenchUser, request: LinkRequest) => Promise<number>,
): Promise<OperationResult> {
  const request = { relationship, record: refOf(context, record), others: others.map((other) => refOf(context, other)) }
  return { ...nothingDone, mode: 'Sync', affected: await change(context.user, request) }
}
