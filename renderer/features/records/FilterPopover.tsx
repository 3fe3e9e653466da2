import { Popover } from '@base-ui/react/popover'
import { ListFilter } from 'lucide-react'
import { useState } from 'react'
import type { FieldInput, RecordFilter } from '#engine/contract/records'
import type { ColumnDefinition, TableDefinition } from '#engine/contract/tables'
import { platform } from '#text/english/platform'
import { needsValue, operatorsFor } from '../../frame/columns.ts'
import { useStore } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { FieldEditor } from './FieldEditor.tsx'
import type { ViewFilter } from './stores/records.ts'
import { recordsStore } from './stores/records.ts'
import { recordText } from './texts.ts'

interface FilterPopoverProps {
  table: TableDefinition
  column: ColumnDefinition
  filters: ViewFilter[]
}

export function FilterPopover({ table, column, filters }: FilterPopoverProps) {
  const { say } = useWords()
  const [open, setOpen] = useState(false)
  const current = filters.find((filter) => filter.column === column.logicalName)
  const label = column.displayName ?? column.logicalName
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        className={current === undefined ? 'records-filter-button' : 'records-filter-button records-filter-on'}
        aria-label={say(recordText.filter.filter({ column: label }))}
        title={say(recordText.filter.filter({ column: label }))}
      >
        <ListFilter size={12} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="ui-layer" sideOffset={4} align="start">
          <Popover.Popup className="ui-popup records-filter-popup" aria-label={say(recordText.filter.filter({ column: label }))}>
            <FilterForm table={table} column={column} filters={filters} current={current} onDone={() => setOpen(false)} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function FilterForm({
  table,
  column,
  filters,
  current,
  onDone,
}: FilterPopoverProps & { current: ViewFilter | undefined; onDone: () => void }) {
  const { say } = useWords()
  const records = useStore(recordsStore)
  const operators = operatorsFor(column.type)
  const [operator, setOperator] = useState<RecordFilter['operator']>(current?.operator ?? operators[0] ?? 'isNull')
  const [value, setValue] = useState<FieldInput>(current?.value ?? null)
  const [shown, setShown] = useState<string | undefined>(current?.shown)
  const others = filters.filter((filter) => filter.column !== column.logicalName)
  const label = column.displayName ?? column.logicalName
  const complete = !needsValue(operator) || (value !== null && value !== '')
  return (
    <form
      className="records-filter-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!complete) return
        const filter: ViewFilter = {
          column: column.logicalName,
          operator,
          ...(needsValue(operator) ? { value } : {}),
          ...(shown === undefined ? {} : { shown }),
        }
        records.getState().changeQuery({ filters: [...others, filter] })
        onDone()
      }}
    >
      <Select
        label={say(recordText.filter.operator({ column: label }))}
        value={operator}
        options={operators.map((each) => ({ value: each, label: say(platform.filterOperator[each]) }))}
        onChange={setOperator}
      />
      {needsValue(operator) && (
        <FieldEditor
          label={say(recordText.filter.value({ column: label }))}
          table={table}
          column={column}
          value={value}
          shown={shown}
          onChange={(next, text) => {
            setValue(next)
            setShown(text)
          }}
        />
      )}
      <div className="records-filter-buttons">
        {current !== undefined && (
          <Button
            onClick={() => {
              records.getState().changeQuery({ filters: others })
              onDone()
            }}
          >
            {say(recordText.filter.clear)}
          </Button>
        )}
        <Button type="submit" variant="primary" disabled={!complete}>
          {say(recordText.filter.apply)}
        </Button>
      </div>
    </form>
  )
}
