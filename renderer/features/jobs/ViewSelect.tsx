import { platform } from '#text/english/platform'
import type { JobView } from '../../frame/location.ts'
import { viewStore } from '../../frame/stores/view.ts'
import { useStore } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Select } from '../../ui/Select.tsx'
import { jobText } from './texts.ts'

/** The platform's views of its system jobs. */
const VIEWS: JobView[] = ['cascadeOperations', 'systemEvents']

export function ViewSelect({ view: shown }: { view: JobView }) {
  const { say } = useWords()
  const view = useStore(viewStore)
  return (
    <>
      <span className="ui-label">{say(jobText.view)}</span>
      <Select
        label={say(jobText.view)}
        value={shown}
        options={VIEWS.map((value) => ({ value, label: say(platform.jobView[value]), description: say(jobText.viewMeaning[value]) }))}
        onChange={(next) => view.getState().go({ screen: 'jobs', jobId: null, ...(next === 'systemEvents' && { view: next }) })}
      />
    </>
  )
}
