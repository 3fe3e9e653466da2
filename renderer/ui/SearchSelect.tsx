import { Combobox } from '@base-ui/react/combobox'
import { ChevronsUpDown } from 'lucide-react'
import { type ComponentProps, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useWords } from '../text/words.ts'
import { ui } from './texts.ts'

export interface FoundItem {
  key: string
  label: string
  description?: string
}

interface SearchSelectProps<T extends FoundItem> {
  label: string
  value: T | null
  placeholder: string
  /** Finds matching items. Only the answer to the last call is shown. */
  find: (search: string) => Promise<T[]>
  onChange: (value: T) => void
  disabled?: boolean
}

/** A choice among many items, which the host searches. */
export function SearchSelect<T extends FoundItem>({ label, value, placeholder, find, onChange, disabled = false }: SearchSelectProps<T>) {
  const { say } = useWords()
  const [open, setOpen] = useState(false)
  const [search, setSearch] = useState('')
  const [found, setFound] = useState<T[] | null>(null)
  const input = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (!open) return
    let wanted = true
    find(search).then(
      (items) => wanted && setFound(items),
      () => wanted && setFound([]),
    )
    return () => {
      wanted = false
    }
  }, [open, search, find])

  /** Moves the focus to the search before a letter is typed: the list itself moves it a frame after it opens, and letters typed until then would be lost. */
  const searchByTyping: ComponentProps<typeof Combobox.Trigger>['onKeyDown'] = (event) => {
    const isLetter = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey
    if (!isLetter || disabled) return
    event.preventBaseUIHandler()
    flushSync(() => setOpen(true))
    input.current?.focus()
  }

  return (
    <Combobox.Root<T>
      items={found ?? []}
      filter={null}
      value={value}
      disabled={disabled}
      open={open}
      autoHighlight
      itemToStringLabel={(item) => item.label}
      isItemEqualToValue={(item, current) => item.key === current.key}
      onValueChange={(item) => item !== null && onChange(item)}
      onInputValueChange={(text, details) => details.reason === 'input-change' && setSearch(text)}
      onOpenChange={(isOpen) => {
        setOpen(isOpen)
        if (!isOpen) setSearch('')
      }}
    >
      <Combobox.Trigger className="ui-select" aria-label={label} onKeyDown={searchByTyping}>
        <span className={value === null ? 'ui-select-value ui-muted' : 'ui-select-value'}>{value?.label ?? placeholder}</span>
        <ChevronsUpDown size={13} aria-hidden />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} className="ui-layer" align="start">
          <Combobox.Popup className="ui-popup ui-search-popup" aria-label={label}>
            <Combobox.Input
              ref={input}
              className="ui-input ui-search-input"
              placeholder={say(ui.search)}
              aria-label={say(ui.searchFor({ label }))}
            />
            <Combobox.Empty className="ui-search-empty">{say(found === null ? ui.searching : ui.nothingMatches)}</Combobox.Empty>
            <Combobox.List className="ui-search-list">
              {(item: T) => (
                <Combobox.Item key={item.key} value={item} className="ui-item ui-item-plain">
                  <span className="ui-item-label">{item.label}</span>
                  {item.description !== undefined && <span className="ui-item-description">{item.description}</span>}
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}
