import { Menu } from '@base-ui/react/menu'
import { Check, Monitor, Moon, Sun } from 'lucide-react'
import { THEMES, type Theme, viewStore } from '../frame/stores/view.ts'
import { useStore, useStoreState } from '../frame/stores-context.ts'
import { useWords } from '../text/words.ts'
import { shellText } from './texts.ts'

export function ThemeButton() {
  const view = useStore(viewStore)
  const { say } = useWords()
  const theme = useStoreState(viewStore, (state) => state.theme)
  const Icon = { light: Sun, dark: Moon, system: Monitor }[theme]
  return (
    <Menu.Root>
      <Menu.Trigger className="ui-icon-button" aria-label={say(shellText.theme)}>
        <Icon size={15} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="ui-layer" sideOffset={6} align="end">
          <Menu.Popup className="ui-popup">
            <Menu.RadioGroup value={theme} onValueChange={(value: Theme) => view.getState().chooseTheme(value)}>
              {THEMES.map((entry) => (
                <Menu.RadioItem key={entry} value={entry} className="ui-item" closeOnClick>
                  <span className="ui-item-check">
                    <Menu.RadioItemIndicator>
                      <Check size={13} />
                    </Menu.RadioItemIndicator>
                  </span>
                  {say(shellText.themes[entry])}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
