import { Equal, Minus, MoveRight, Plus } from 'lucide-react'
import { useState } from 'react'
import { useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { countDifferences, type Difference, type DiffLine, isSame } from './diff.ts'
import { openRunStore } from './stores/open-run.ts'
import { traceText } from './texts.ts'
import { fullText, valueText } from './value-text.ts'

const SIGNS = { added: Plus, removed: Minus, changed: MoveRight, same: Equal }

/** Shows a kind of difference: a shape, and a word for screen readers. */
function Sign({ difference }: { difference: Difference }) {
  const { say } = useWords()
  const word = say(traceText.diff[difference])
  if (difference === 'alone') return <span className="ui-hidden">{word}</span>
  const Shape = SIGNS[difference]
  return <Shape size={13} aria-label={word} />
}

interface DiffTableProps {
  label: string
  lines: DiffLine[]
  before: string
  after: string
  /** What a line is. */
  noun?: 'column' | 'variable'
}

/** Shows two states side by side, with unchanged lines collapsed. */
export function DiffTable({ label, lines, before, after, noun = 'column' }: DiffTableProps) {
  const { say } = useWords()
  const [showsSame, setShowsSame] = useState(false)
  const counts = countDifferences(lines)
  const folded = counts.same + counts.alone
  const text = traceText.diff[noun]
  const [show, hide] = counts.alone === 0 ? [text.showSame, text.hideSame] : [text.showOther, text.hideOther]
  const shown = showsSame ? lines : lines.filter(({ difference }) => difference !== 'same' && difference !== 'alone')
  return (
    <>
      {shown.length > 0 && (
        <table className="ui-table trace-diff" aria-label={label}>
          <thead>
            <tr>
              <th scope="col">
                <span className="ui-hidden">{say(traceText.diff.difference)}</span>
              </th>
              <th scope="col">{say(text.name)}</th>
              <th scope="col">{before}</th>
              <th scope="col">{after}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <tr key={line.name} className={`trace-diff-${line.difference}`}>
                <td>
                  <Sign difference={line.difference} />
                </td>
                <th scope="row" className="ui-mono">
                  {line.name}
                </th>
                <Value value={line.before} other={line.after} isStruck={line.difference === 'removed' || line.difference === 'changed'} />
                <Value value={line.after} other={line.before} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown.length === 0 && <p className="ui-muted">{say(folded === 0 ? traceText.diff.nothing : text.noChange)}</p>}
      {folded > 0 && (
        <Button variant="quiet" className="trace-fold" onClick={() => setShowsSame(!showsSame)}>
          {say(showsSame ? hide : show({ count: folded }))}
        </Button>
      )}
    </>
  )
}

/** Longer values are shortened until the person expands them. */
const SHOWN_CHARACTERS = 140

interface ValueProps {
  value: unknown
  /** The value beside it: two different values must not be shortened to the same text. */
  other?: unknown
  isStruck?: boolean
}

function Value({ value, other, isStruck = false }: ValueProps) {
  const { say } = useWords()
  const [isFull, setIsFull] = useState(false)
  const names = useStoreState(openRunStore, (state) => state.names)
  const readsAlike = other !== undefined && valueText(value, say, { names }) === valueText(other, say, { names }) && !isSame(value, other)
  const text = valueText(value, say, { names, byEnd: readsAlike })
  const isLong = text.length > SHOWN_CHARACTERS
  const isEmpty = value === null || value === undefined
  const shown = isLong && !isFull ? `${text.slice(0, SHOWN_CHARACTERS - 20)}…` : text
  return (
    <td title={isLong ? undefined : fullText(value)} className={isEmpty ? 'ui-muted' : undefined}>
      {isStruck && !isEmpty ? <del>{shown}</del> : shown}
      {isLong && (
        <>
          {' '}
          <button type="button" className="ui-link" aria-expanded={isFull} onClick={() => setIsFull(!isFull)}>
            {say(isFull ? traceText.diff.less : traceText.diff.characters({ count: text.length }))}
          </button>
        </>
      )}
    </td>
  )
}

/** Shows names and values without a comparison. */
export function ValueTable({ label, values }: { label: string; values: Record<string, unknown> }) {
  return (
    <table className="ui-table trace-values" aria-label={label}>
      <tbody>
        {Object.entries(values).map(([name, value]) => (
          <tr key={name}>
            <th scope="row" className="ui-mono">
              {name}
            </th>
            <Value value={value} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}
