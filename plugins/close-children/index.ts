import { definePlugin, type Rows } from '#plugin-api'
import { readSettings } from './settings.ts'

/** Closes the open children of a record that is closed. */
export default definePlugin((configuration) => {
  const { parent, child, lookup, open, closed } = readSettings(configuration)
  return {
    name: 'close-children',
    version: '1.0.0',
    apiVersion: 1,
    steps: [
      {
        // An Update that changes the state raises SetState too, and so does a merge.
        message: 'SetState',
        table: parent,
        stage: 'PostOperation',
        preImage: ['statecode'],
        postImage: ['statecode'],
        handler({ preImage, postImage, primaryEntityId, service, trace }) {
          if (preImage.statecode !== open || postImage.statecode === open) return
          const openChildren = { table: child, where: { [lookup]: { table: parent, id: primaryEntityId }, statecode: open }, columns: [] }
          let count = 0
          let children: Rows
          do {
            // Always the first page, because closed children are no longer among them.
            children = service.retrieveMultiple(openChildren)
            for (const { id } of children) service.setState(child, String(id), closed)
            count += children.length
          } while (children.moreRecords)
          trace(`Closed ${count} of ${child}`)
        },
      },
    ],
  }
})
