import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { useEffect, useRef, useState } from 'react'
import type { PaletteResult } from '../frame/feature.ts'
import { viewStore } from '../frame/stores/view.ts'
import { useStore, useStoreState, useStores } from '../frame/stores-context.ts'
import { useWords } from '../text/words.ts'
import { shortenMiddle } from '../ui/format.ts'
import { shellText } from './texts.ts'
import { usePaletteResults } from './use-palette-results.ts'

/** Searches tables, relationships, records by name, jobs and commands. */
export function Palette() {
  const view = useStore(viewStore)
  const { say } = useWords()
  const open = useStoreState(viewStore, (state) => state.paletteOpen)
  return (
    <Dialog.Root open={open} onOpenChange={(next) => view.getState().openPalette(next)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="ui-backdrop" />
        <Dialog.Popup className="app-palette" aria-label={say(shellText.palette.label)}>
          <PaletteList />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function PaletteList() {
  const view = useStore(viewStore)
  const { say } = useWords()
  const stores = useStores()
  const [search, setSearch] = useState('')
  const input = useRef<HTMLInputElement>(null)
  // The dialog moves the focus a frame later, and letters typed until then would be lost.
  useEffect(() => input.current?.focus(), [])
  const results = usePaletteResults(search)
  const groups = Object.entries(Object.groupBy(results, (result) => say(result.group))).map(([value, items]) => ({
    value,
    items: items ?? [],
  }))
  const follow = (result: PaletteResult) => {
    view.getState().openPalette(false)
    result.run(stores)
  }
  return (
    <Autocomplete.Root
      inline
      open
      items={groups}
      filter={null}
      autoHighlight="always"
      value={search}
      onValueChange={(text, { reason }) => reason !== 'item-press' && setSearch(text)}
      itemToStringValue={(result: PaletteResult) => say(result.label)}
    >
      <Autocomplete.Input
        ref={input}
        className="app-palette-input"
        aria-label={say(shellText.palette.label)}
        placeholder={say(shellText.palette.placeholder)}
      />
      <div className="app-palette-list">
        <Autocomplete.Empty className="ui-search-empty">{say(shellText.palette.nothing({ search }))}</Autocomplete.Empty>
        <Autocomplete.List>
          {(group: (typeof groups)[number]) => (
            <Autocomplete.Group key={group.value} items={group.items}>
              <Autocomplete.GroupLabel className="ui-group-label">{group.value}</Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(result: PaletteResult) => (
                  <Autocomplete.Item key={result.key} value={result} className="app-palette-item" onClick={() => follow(result)}>
                    <result.icon size={14} aria-hidden />
                    <span className="ui-clip" title={say(result.label)}>
                      {shortenMiddle(say(result.label), 70)}
                    </span>
                    <span className="app-palette-hint">{result.hint !== null && say(result.hint)}</span>
                  </Autocomplete.Item>
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </div>
    </Autocomplete.Root>
  )
}
