import { definePlugin, type OrganizationService, type OwnerReference, type StepContext } from '#plugin-api'
import { readSettings } from './settings.ts'

/** Records every change of an owner: from whom, to whom, by whom, in which job. */
export default definePlugin((configuration) => {
  const settings = readSettings(configuration)
  return {
    name: 'owner-audit',
    version: '1.0.0',
    apiVersion: 1,
    steps: [
      {
        // An assign raises Update as well as Assign: one step on Update sees every change once, whoever made it.
        message: 'Update',
        stage: 'PostOperation',
        // A high rank, so that it sees the final owner.
        rank: 900,
        filteringAttributes: ['ownerid'],
        preImage: ['ownerid'],
        postImage: ['ownerid'],
        // The user who changes an owner may lack the right to write audit rows.
        runAs: 'admin',
        handler(context) {
          const before = context.preImage.ownerid as OwnerReference
          const after = context.postImage.ownerid as OwnerReference
          if (before.id === after.id) return
          writeDown(context, nameOf(context.service, before), nameOf(context.service, after))
        },
      },
    ],
  }

  function writeDown(context: StepContext, before: string, after: string): void {
    const { primaryEntityName, primaryEntityId, job, service } = context
    const sentence = `${primaryEntityName} ${primaryEntityId} went from ${before} to ${after}${job ? ` in ${job.name}` : ''}`
    try {
      service.create(settings.table, {
        new_name: sentence,
        new_table: primaryEntityName,
        new_record: primaryEntityId,
        new_oldowner: before,
        new_newowner: after,
        new_changedby: nameOf(service, { table: 'systemuser', id: context.initiatingUserId }),
        new_job: job?.name ?? null,
        new_correlation: context.correlationId,
      })
    } catch (fault) {
      if (settings.required || hasTable(service, settings.table)) throw fault
      context.trace(`${sentence}; only noted here, because there is no table ${settings.table}`)
    }
  }
})

function nameOf(service: OrganizationService, { table, id }: OwnerReference): string {
  const column = table === 'systemuser' ? 'fullname' : 'name'
  return String(service.retrieve(table, id, [column])[column])
}

/** Returns whether the table exists. Called only after a failure, so that the normal case is not slower. */
function hasTable(service: OrganizationService, table: string): boolean {
  try {
    service.retrieveMultiple({ table, columns: ['createdon'], top: 1 })
    return true
  } catch {
    return false
  }
}
