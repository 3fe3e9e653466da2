import { ChevronDown, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import type { StepRun } from '#engine/contract/trace'
import { recordText } from '../../frame/RecordLink.tsx'
import { messageText, stepPlaceOf, stepText } from '../../frame/trace-words.ts'
import { Text } from '../../text/Text.tsx'
import { useWords } from '../../text/words.ts'
import { VirtualRows, type VirtualRowsHandle } from '../../ui/VirtualRows.tsx'
import { OutcomeSign } from './OutcomeMark.tsx'
import { moveInTree, type TreeRow, treeRows } from './run-tree.ts'
import { traceText } from './texts.ts'

const ROW_HEIGHT = 28
/** Number of visible rows; a longer tree scrolls. */
const VISIBLE_ROWS = 14

interface RunTreeProps {
  label: string
  /** In the order in which they began. */
  runs: StepRun[]
  /** The run that is open. */
  current: number | null
  onOpen?: (run: StepRun) => void
}

/** Shows which run caused which. Arrow keys move, expand and collapse, Enter opens; a bar shows the share of the longest run. */
export function RunTree({ label, runs, current, onOpen }: RunTreeProps) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<number>>(new Set())
  const rows = useMemo(() => treeRows(runs, collapsed), [runs, collapsed])
  const longest = useMemo(() => runs.reduce((most, run) => Math.max(most, run.durationMicroseconds), 1), [runs])
  const start = Math.max(
    0,
    rows.findIndex(({ run }) => run.number === current),
  )
  const [chosen, setChosen] = useState<number | null>(null)
  const active = Math.min(chosen ?? start, Math.max(0, rows.length - 1))
  const handle = useRef<VirtualRowsHandle>(null)
  const id = useId()

  const fold = (run: number, isCollapsed: boolean) => {
    const next = new Set(collapsed)
    if (isCollapsed) next.add(run)
    else next.delete(run)
    setCollapsed(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active]
    if (event.key === 'Enter' && row !== undefined) return onOpen?.(row.run)
    const move = moveInTree(event.key, rows, active)
    if (move === null) return
    event.preventDefault()
    if (move.kind !== 'go') return fold(move.run, move.kind === 'collapse')
    setChosen(move.row)
    handle.current?.showRow(move.row)
  }
  const renderRow = (index: number) => {
    const row = rows[index]
    if (row === undefined) return null
    return (
      <TreeItem
        id={`${id}-${index}`}
        row={row}
        share={row.run.durationMicroseconds / longest}
        isCurrent={row.run.number === current}
        isActive={index === active}
        onFold={() => fold(row.run.number, row.isExpanded)}
        onOpen={() => {
          setChosen(index)
          onOpen?.(row.run)
        }}
      />
    )
  }
  return (
    <div className="trace-tree" style={{ height: Math.min(rows.length, VISIBLE_ROWS) * ROW_HEIGHT }}>
      <VirtualRows
        handle={handle}
        role="tree"
        label={label}
        count={rows.length}
        rowHeight={ROW_HEIGHT}
        activeId={rows.length === 0 ? undefined : `${id}-${active}`}
        initialRow={Math.max(0, start - 2)}
        onKeyDown={onKeyDown}
        renderRow={renderRow}
      />
    </div>
  )
}

interface TreeItemProps {
  id: string
  row: TreeRow
  share: number
  isCurrent: boolean
  isActive: boolean
  onFold: () => void
  onOpen: () => void
}

function TreeItem({ id, row, share, isCurrent, isActive, onFold, onOpen }: TreeItemProps) {
  const { say, microseconds } = useWords()
  const { run, level, hasChildren, isExpanded } = row
  const { plugin, record } = run
  const step = stepText(stepPlaceOf(run))
  const { tree } = traceText
  const classes = ['trace-node', isCurrent && 'trace-node-current', isActive && 'trace-node-active']
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the tree, which holds the focus
    // biome-ignore lint/a11y/useFocusableInteractive: as above
    <div
      role="treeitem"
      id={id}
      aria-level={level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={hasChildren ? isExpanded : undefined}
      aria-selected={isCurrent}
      className={classes.filter(Boolean).join(' ')}
      style={{ paddingLeft: (level - 1) * 16 }}
      onClick={onOpen}
    >
      <span
        className="trace-node-fold"
        aria-hidden
        onClick={(event) => {
          event.stopPropagation() // A click on the row opens the run.
          onFold()
        }}
      >
        {hasChildren && (isExpanded ? <ChevronDown size={13} /> : <ChevronRight size={13} />)}
      </span>
      <OutcomeSign run={run} standsAlone />
      <span
        className="ui-clip trace-node-name"
        title={say(record === null ? tree.run({ plugin, step }) : tree.runOn({ plugin, step, record: recordText(record) }))}
      >
        {plugin} <span className="ui-muted">{say(messageText(run.message, record?.table ?? null))}</span>
      </span>
      <span className="ui-muted trace-node-depth" title={say(tree.depthHint({ depth: run.depth }))}>
        <Text of={tree.depth({ depth: run.depth })} tags={{ hidden: (inside) => <span className="ui-hidden">{inside}</span> }} />
      </span>
      <span className="trace-node-bar">
        <span style={{ width: `${Math.max(2, share * 100)}%` }} />
      </span>
      <span className="ui-number trace-node-time">{microseconds(run.durationMicroseconds)}</span>
    </div>
  )
}
