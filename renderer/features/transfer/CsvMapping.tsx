import { useCallback, useMemo } from 'react'
import { modelStore } from '../../frame/stores/model.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { type FoundItem, SearchSelect } from '../../ui/SearchSelect.tsx'
import { Select } from '../../ui/Select.tsx'
import type { ImportFlow } from './stores/transfer.ts'
import { transferStore } from './stores/transfer.ts'
import { transferText } from './texts.ts'

const LEFT_OUT = ''
const { csv: text } = transferText

/** Shows each heading of the file with some of its values and its target column. */
export function CsvMapping({ flow }: { flow: Extract<ImportFlow, { step: 'csv' }> }) {
  const { say } = useWords()
  const transfer = useStore(transferStore)
  const { inspection, mapping, error } = flow
  const model = useStoreState(modelStore, (state) => state.model)
  const table = useStoreState(modelStore, (state) => state.tables.get(mapping.table))
  const { mapCsv, run } = transfer.getState()
  const items = useMemo(
    () =>
      (model?.tables ?? []).map(
        (each): FoundItem => ({ key: each.logicalName, label: each.displayName ?? each.logicalName, description: each.logicalName }),
      ),
    [model],
  )
  const find = useCallback(
    async (search: string) => {
      const wanted = search.trim().toLowerCase()
      return items.filter((item) => item.key.includes(wanted) || item.label.toLowerCase().includes(wanted)).slice(0, 60)
    },
    [items],
  )
  const targets = [
    { value: LEFT_OUT, label: say(text.leaveOut) },
    ...(table?.columns ?? []).map((column) => ({
      value: column.logicalName,
      label: column.displayName ?? column.logicalName,
      description: column.logicalName,
    })),
  ]
  const toOf = (from: string) => mapping.columns.find((column) => column.from === from)?.to ?? LEFT_OUT
  const map = (from: string, to: string) => {
    const others = mapping.columns.filter((column) => column.from !== from)
    mapCsv({ ...mapping, columns: to === LEFT_OUT ? others : [...others, { from, to }] })
  }
  const twice = mapping.columns.map((column) => column.to).filter((to, index, all) => all.indexOf(to) !== index)
  return (
    <div className="import-choice">
      {error !== null && <ErrorNotice error={error} title={say(transferText.nothingImported)} />}
      <div className="ui-field import-csv-table">
        <span className="ui-field-label">{say(transferText.table)}</span>
        <SearchSelect
          label={say(transferText.table)}
          placeholder={say(transferText.chooseTable)}
          value={items.find((item) => item.key === mapping.table) ?? null}
          find={find}
          onChange={(item) => mapCsv({ table: item.key, columns: [] })}
        />
      </div>
      <table className="ui-table">
        <thead>
          <tr>
            <th scope="col">{say(text.inFile)}</th>
            <th scope="col">{say(text.firstValues)}</th>
            <th scope="col">{say(text.goesTo)}</th>
          </tr>
        </thead>
        <tbody>
          {inspection.columns.map((heading, index) => (
            <tr key={heading}>
              <td>{heading}</td>
              <td className="ui-muted">
                {inspection.sample
                  .slice(0, 3)
                  .map((row) => row[index] ?? '')
                  .filter(Boolean)
                  .join(' · ')}
              </td>
              <td>
                <Select
                  label={say(text.columnFor({ heading }))}
                  value={toOf(heading)}
                  options={targets}
                  disabled={table === undefined}
                  onChange={(to) => map(heading, to)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {twice.length > 0 && <p className="ui-field-error">{say(text.twice({ columns: twice }))}</p>}
      <div>
        <Button
          variant="primary"
          disabled={table === undefined || mapping.columns.length === 0 || twice.length > 0}
          onClick={() => void run()}
        >
          {say(text.import({ count: inspection.rows }))}
        </Button>
      </div>
    </div>
  )
}
