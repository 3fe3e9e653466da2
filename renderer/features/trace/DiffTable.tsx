import { Equal, Minus, MoveRight, Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useStoreState } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { countOf, formatCount } from '../../ui/format.ts'
import { countDifferences, type Difference, type DiffLine, isSame } from './diff.ts'
import { openRunStore } from './stores/open-run.ts'
import { fullText, valueText } from './value-text.ts'

/** The sign of each kind of difference: a shape, and a word for screen readers. */
const SIGNS: Record<Difference, ReactNode> = {
  added: <Plus size={13} aria-label="added" />,
  removed: <Minus size={13} aria-label="removed" />,
  changed: <MoveRight size={13} aria-label="changed" />,
  same: <Equal size={13} aria-label="unchanged" />,
  alone: <span className="ui-hidden">not compared</span>,
}

interface DiffTableProps {
  label: string
  lines: DiffLine[]
  before: string
  after: string
  /** The noun for a line: `column`, `variable`. */
  noun?: string
}

/** Shows two states side by side, with unchanged lines collapsed. */
export function DiffTable({ label, lines, before, after, noun = 'column' }: DiffTableProps) {
  const [showsSame, setShowsSame] = useState(false)
  const counts = countDifferences(lines)
  const folded = counts.same + counts.alone
  const others = counts.alone === 0 ? `unchanged ${noun}` : `other ${noun}`
  const shown = showsSame ? lines : lines.filter(({ difference }) => difference !== 'same' && difference !== 'alone')
  return (
    <>
      {shown.length > 0 && (
        <table className="ui-table trace-diff" aria-label={label}>
          <thead>
            <tr>
              <th scope="col">
                <span className="ui-hidden">Difference</span>
              </th>
              <th scope="col">{noun === 'column' ? 'Column' : 'Name'}</th>
              <th scope="col">{before}</th>
              <th scope="col">{after}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <tr key={line.name} className={`trace-diff-${line.difference}`}>
                <td>{SIGNS[line.difference]}</td>
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
      {shown.length === 0 && <p className="ui-muted">{folded === 0 ? 'Nothing.' : `No ${noun} changed.`}</p>}
      {folded > 0 && (
        <Button variant="quiet" className="trace-fold" onClick={() => setShowsSame(!showsSame)}>
          {showsSame ? `Hide ${others}s` : `Show ${countOf(folded, others)}`}
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
  const [isFull, setIsFull] = useState(false)
  const names = useStoreState(openRunStore, (state) => state.names)
  const readsAlike = other !== undefined && valueText(value, { names }) === valueText(other, { names }) && !isSame(value, other)
  const text = valueText(value, { names, byEnd: readsAlike })
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
            {isFull ? 'less' : `${formatCount(text.length)} characters`}
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
