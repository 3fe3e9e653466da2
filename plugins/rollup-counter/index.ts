import { definePlugin, type OrganizationService, type StepContext, type Value } from '#plugin-api'
import { readSettings } from './settings.ts'

/** Maintains the number of children on each parent, whether they are created, moved or deleted by a user or a cascade. */
export default definePlugin((configuration) => {
  const { parent, child, lookup, count } = readSettings(configuration)
  return {
    name: 'rollup-counter',
    version: '1.0.0',
    apiVersion: 1,
    steps: [
      {
        message: 'Create',
        table: child,
        stage: 'PostOperation',
        postImage: [lookup],
        handler: (context) => change(context, context.postImage[lookup], +1),
      },
      {
        message: 'Update',
        table: child,
        stage: 'PostOperation',
        filteringAttributes: [lookup],
        preImage: [lookup],
        postImage: [lookup],
        handler(context) {
          const [before, after] = [context.preImage[lookup], context.postImage[lookup]]
          if (parentIn(before) === parentIn(after)) return
          change(context, before, -1)
          change(context, after, +1)
        },
      },
      {
        message: 'Delete',
        table: child,
        stage: 'PostOperation',
        preImage: [lookup],
        handler: (context) => change(context, context.preImage[lookup], -1),
      },
      {
        message: 'Create',
        table: parent,
        stage: 'PreOperation',
        handler({ target }) {
          target[count] ??= 0
        },
      },
      {
        // Emptying the count makes this step count again; users can do so, and this plug-in does if there is no count yet.
        message: 'Update',
        table: parent,
        stage: 'PreOperation',
        filteringAttributes: [count],
        handler({ target, primaryEntityId, service }) {
          target[count] ??= countAnew(service, primaryEntityId)
        },
      },
    ],
  }

  function change(context: StepContext, lookupValue: Value | undefined, by: 1 | -1): void {
    const id = parentIn(lookupValue)
    if (id === null || goesWith(context, id)) return
    try {
      const { [count]: current } = context.service.retrieve(parent, id, [count])
      context.service.update(parent, id, { [count]: typeof current === 'number' ? current + by : null })
    } catch (fault) {
      if (!isGone(fault)) throw fault
      context.trace(`${parent} ${id} no longer exists: nothing to count`)
    }
  }

  /** Returns the id of the parent; a polymorphic lookup also has its table. */
  function parentIn(value: Value | undefined): string | null {
    if (typeof value === 'string') return value
    return value !== null && typeof value === 'object' && 'table' in value && value.table === parent ? value.id : null
  }

  /** Returns whether the parent is being deleted too and needs no count. */
  function goesWith({ parentContext }: StepContext, id: string): boolean {
    for (let above = parentContext; above; above = above.parentContext)
      if (above.messageName === 'Delete' && above.primaryEntityName === parent && above.primaryEntityId === id) return true
    return false
  }

  function countAnew(service: OrganizationService, id: string): number {
    return service.count({ table: child, where: { [lookup]: { table: parent, id } } })
  }
})

/** Returns whether a fault says that the record does not exist. */
const isGone = (fault: unknown): boolean => fault instanceof Error && 'code' in fault && fault.code === '0x80040217'
