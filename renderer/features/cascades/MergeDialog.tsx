import { useEffect, useMemo, useState } from 'react'
import type { RecordRef } from '#engine/contract/records'
import { rowName } from '../../frame/cell-text.ts'
import { modelStore } from '../../frame/stores/model.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { MergeFields } from './MergeFields.tsx'
import { MergeRecordPicker } from './MergeRecordPicker.tsx'
import { choicesWithData, type FieldChoices, isConflicting, mergeColumns, mergeContent, type Side } from './merge-fields.ts'
import { OperationDialog } from './OperationDialog.tsx'
import { mergeLabel } from './plan-words.ts'
import { operationStore } from './stores/operation.ts'
import { cascadeText } from './texts.ts'
import { useRecordRow } from './use-record-name.ts'

const { merge: text } = cascadeText

export function MergeDialog({ first, second: given }: { first: RecordRef; second: RecordRef | null }) {
  const { say } = useWords()
  const operation = useStore(operationStore)
  const table = useStoreState(modelStore, (state) => state.tables.get(first.table))
  const [second, setSecond] = useState<RecordRef | null>(given)
  const [primary, setPrimary] = useState<Side>('first')
  const [choices, setChoices] = useState<FieldChoices>({})
  const [withData, setWithData] = useState(false)
  const [onlyConflicting, setOnlyConflicting] = useState(true)
  const [parentingCheck, setParentingCheck] = useState(true)
  const firstRow = useRecordRow(first)
  const secondRow = useRecordRow(second)

  const columns = useMemo(() => (table === undefined ? [] : mergeColumns(table)), [table])
  const rows = useMemo(
    () => (firstRow === null || secondRow === null ? null : { first: firstRow, second: secondRow }),
    [firstRow, secondRow],
  )
  const content = useMemo(() => (rows === null ? null : mergeContent(columns, rows, primary, choices)), [columns, rows, primary, choices])

  useEffect(() => {
    if (second === null || content === null) return operation.getState().choose(null)
    const [target, subordinate] = primary === 'first' ? [first, second] : [second, first]
    operation.getState().choose({ operation: 'Merge', target, subordinate, content, parentingCheck })
  }, [operation, first, second, primary, content, parentingCheck])

  const decide = (nextPrimary: Side, nextWithData: boolean) => {
    setPrimary(nextPrimary)
    setWithData(nextWithData)
    setChoices(rows !== null && nextWithData ? choicesWithData(columns, rows, nextPrimary) : {})
  }
  const names = {
    first: firstRow === null ? '…' : rowName(table, firstRow),
    second: secondRow === null ? say(text.anotherRecord) : rowName(table, secondRow),
  }
  const shown = rows === null ? [] : columns.filter((column) => !onlyConflicting || isConflicting(column, rows.first, rows.second))
  return (
    <OperationDialog
      title={say(text.title)}
      description={say(text.explanation({ primary: names[primary] }))}
      actionLabel={mergeLabel}
      doneLabel={() => text.done({ primary: names[primary] })}
      incomplete={text.incomplete}
    >
      <MergeRecordPicker
        table={first.table}
        first={first}
        second={second}
        names={names}
        primary={primary}
        onSecond={setSecond}
        onPrimary={(side) => decide(side, withData)}
      />
      <div className="dialogs-merge-options">
        <Checkbox checked={withData} disabled={rows === null} onChange={(checked) => decide(primary, checked)}>
          {say(text.withData)}
        </Checkbox>
        <Checkbox checked={onlyConflicting} onChange={setOnlyConflicting}>
          {say(text.onlyConflicting)}
        </Checkbox>
        <Checkbox checked={parentingCheck} onChange={setParentingCheck} description={say(text.parentingCheckHint)}>
          {say(text.parentingCheck)}
        </Checkbox>
      </div>
      {second !== null && rows === null && <SkeletonLines lines={6} label={say(text.loading)} />}
      {rows !== null && (
        <MergeFields
          columns={shown}
          rows={rows}
          names={names}
          primary={primary}
          choices={choices}
          onChoose={(column, side) => setChoices({ ...choices, [column]: side })}
          onlyConflicting={onlyConflicting}
        />
      )}
    </OperationDialog>
  )
}
