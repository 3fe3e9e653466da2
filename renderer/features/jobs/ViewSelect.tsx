import type { JobView } from '../../frame/location.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore } from '../../frame/stores-context.ts'
import { Select, type SelectOption } from '../../ui/Select.tsx'

/** The platform's views of its system jobs. */
const VIEWS: SelectOption<JobView>[] = [
  { value: 'cascadeOperations', label: 'Cascade Operations', description: 'Cascades that run in batches' },
  { value: 'systemEvents', label: 'System Events', description: 'Asynchronous steps of plug-ins' },
]

export function ViewSelect({ view: shown }: { view: JobView }) {
  const view = useStore(viewStore)
  return (
    <>
      <span className="ui-label">View</span>
      <Select
        label="View"
        value={shown}
        options={VIEWS}
        onChange={(next) => view.getState().go({ screen: 'jobs', jobId: null, ...(next === 'systemEvents' && { view: next }) })}
      />
    </>
  )
}
