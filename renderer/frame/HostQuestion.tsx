import { useWords } from '../text/words.ts'
import { Button } from '../ui/Button.tsx'
import { hostQuestionStore } from './stores/host-question.ts'
import { useStore, useStoreState } from './stores-context.ts'
import { frameText } from './texts.ts'

/** Says that the host asks something on a page of its own, and leads there. Shows nothing while it asks nothing. */
export function HostQuestion() {
  const { say } = useWords()
  const store = useStore(hostQuestionStore)
  const url = useStoreState(hostQuestionStore, (state) => state.url)
  if (url === null) return null
  return (
    <div className="frame-waiting" role="status">
      <p>{say(frameText.question.sentence)}</p>
      <a className="ui-link" href={url} target="_blank" rel="noreferrer">
        {say(frameText.question.open)}
      </a>
      <Button onClick={() => void store.getState().withdraw()}>{say(frameText.question.withdraw)}</Button>
    </div>
  )
}
