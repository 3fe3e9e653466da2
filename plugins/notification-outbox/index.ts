import { definePlugin, type OrganizationService, type OwnerReference, type StepContext, type StepDefinition } from '#plugin-api'
import { readSettings } from './settings.ts'

/** Writes a row to an outbox table when a record gets a new owner, and when a cascade job ends or pauses. */
export default definePlugin((configuration) => {
  const { outbox, tables } = readSettings(configuration)

  return {
    name: 'notification-outbox',
    version: '1.0.0',
    apiVersion: 1,
    steps: [...tables.map(tellNewOwner), tellOfSuccess(), tellOfFailure()],
  }

  function tellNewOwner(table: string): StepDefinition {
    return {
      message: 'Update',
      table,
      stage: 'PostOperation',
      mode: 'Async',
      filteringAttributes: ['ownerid'],
      preImage: ['ownerid'],
      postImage: ['ownerid'],
      handler(context) {
        const owner = context.postImage.ownerid as OwnerReference
        // Children of a cascade have a greater depth; only the root is reported.
        if (context.depth > 1 || owner.id === (context.preImage.ownerid as OwnerReference).id) return
        send(context, nameOf(context.service, owner), `${table} ${context.primaryEntityId} is yours now`)
      },
    }
  }

  function tellOfSuccess(): StepDefinition {
    return {
      message: 'cascadeAsync_SuccessAPI',
      stage: 'PostOperation',
      mode: 'Async',
      handler(context) {
        send(context, initiatorOf(context), `${context.inputParameters.casadeAsync_JobName} is done`)
      },
    }
  }

  function tellOfFailure(): StepDefinition {
    return {
      message: 'cascadeAsync_FailureAPI',
      stage: 'PostOperation',
      mode: 'Async',
      handler(context) {
        const { casadeAsyncJobName, casadeAsyncExceptionDetails } = context.inputParameters
        send(context, initiatorOf(context), `${casadeAsyncJobName} is paused: ${casadeAsyncExceptionDetails}`)
      },
    }
  }

  /** Writes a row to the outbox unless it is there already: an asynchronous step runs again after a crash, with the same key. */
  function send({ service, requestId, messageName, primaryEntityId, trace }: StepContext, recipient: string, text: string): void {
    const key = `${messageName}:${requestId}:${primaryEntityId}`
    const [sent] = service.retrieveMultiple({ table: outbox, where: { new_key: key }, columns: ['new_key'], top: 1 })
    if (sent) trace(`"${text}" is in the outbox already`)
    else service.create(outbox, { new_name: text, new_recipient: recipient, new_key: key })
  }
})

const initiatorOf = ({ service, initiatingUserId }: StepContext): string => nameOf(service, { table: 'systemuser', id: initiatingUserId })

function nameOf(service: OrganizationService, { table, id }: OwnerReference): string {
  const column = table === 'systemuser' ? 'fullname' : 'name'
  return String(service.retrieve(table, id, [column])[column])
}
