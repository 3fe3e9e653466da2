import { Menu } from '@base-ui/react/menu'
import { Check, Columns3 } from 'lucide-react'
import type { TableDefinition } from '#engine/contract/tables'
import { defaultColumns } from '../../frame/columns.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { NEW_VIEW, recordsStore } from './stores/records.ts'
import { recordText } from './texts.ts'

export function ColumnChooser({ table }: { table: TableDefinition }) {
  const { say } = useWords()
  const records = useStore(recordsStore)
  const chosen = useStoreState(recordsStore, (state) => (state.views[table.logicalName] ?? NEW_VIEW).columns) ?? defaultColumns(table)
  const toggle = (name: string) => {
    const columns = chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name]
    if (columns.length > 0) records.getState().changeView({ columns })
  }
  return (
    <Menu.Root>
      <Menu.Trigger className="ui-icon-button" aria-label={say(recordText.columns.choose)} title={say(recordText.columns.choose)}>
        <Columns3 size={14} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="ui-layer" sideOffset={4} align="end">
          <Menu.Popup className="ui-popup">
            <Menu.Item className="ui-item" onClick={() => records.getState().changeView({ columns: null, widths: {} })}>
              {say(recordText.columns.showUsual)}
            </Menu.Item>
            <Menu.Separator className="ui-separator" />
            {table.columns.map((column) => (
              <Menu.CheckboxItem
                key={column.logicalName}
                className="ui-item"
                checked={chosen.includes(column.logicalName)}
                onCheckedChange={() => toggle(column.logicalName)}
              >
                <span className="ui-item-check">
                  <Menu.CheckboxItemIndicator>
                    <Check size={13} />
                  </Menu.CheckboxItemIndicator>
                </span>
                {column.displayName ?? column.logicalName}
              </Menu.CheckboxItem>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
