import { useStore } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import type { ImportFlow } from './stores/transfer.ts'
import { transferStore } from './stores/transfer.ts'
import { transferText } from './texts.ts'

const { sources: text } = transferText

export function SourceChoice({ flow }: { flow: Extract<ImportFlow, { step: 'choosing' }> }) {
  const { say } = useWords()
  const transfer = useStore(transferStore)
  const { sources, only, standard, error } = flow
  const { choose, run } = transfer.getState()
  if (sources.length === 0) {
    return <EmptyState title={say(text.none)}>{say(text.noneHint)}</EmptyState>
  }
  return (
    <div className="import-choice">
      {error !== null && <ErrorNotice error={error} title={say(transferText.nothingImported)} />}
      <ul className="import-sources">
        {sources.map((source) => (
          <li key={source.path}>
            <Checkbox
              checked={only.includes(source.path)}
              onChange={(checked) => choose({ only: checked ? [...only, source.path] : only.filter((path) => path !== source.path) })}
              description={source.path}
            >
              <span className="import-source-name">{source.name}</span>{' '}
              {source.version !== null && <span className="ui-muted">{source.version}</span>}{' '}
              <Badge>{say(text.format[source.format])}</Badge>{' '}
              {source.managed !== null && <Badge>{say(text.managed[source.managed])}</Badge>}
            </Checkbox>
          </li>
        ))}
      </ul>
      <Checkbox checked={standard} onChange={(checked) => choose({ standard: checked })} description={say(text.standardHint)}>
        {say(text.standard)}
      </Checkbox>
      <div>
        <Button variant="primary" disabled={only.length === 0} onClick={() => void run()}>
          {say(text.import({ count: only.length }))}
        </Button>
      </div>
    </div>
  )
}
