import { Menu } from '@base-ui/react/menu'
import { Check, Monitor, Moon, Sun } from 'lucide-react'
import type { Theme } from '../frame/stores/view.ts'
import { useApp, useStores } from '../frame/stores-context.ts'

const THEMES: { theme: Theme; label: string }[] = [
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
  { theme: 'system', label: 'As the system' },
]

export function ThemeButton() {
  const { view } = useStores()
  const theme = useApp('view', (state) => state.theme)
  const Icon = { light: Sun, dark: Moon, system: Monitor }[theme]
  return (
    <Menu.Root>
      <Menu.Trigger className="ui-icon-button" aria-label="Theme">
        <Icon size={15} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="ui-layer" sideOffset={6} align="end">
          <Menu.Popup className="ui-popup">
            <Menu.RadioGroup value={theme} onValueChange={(value: Theme) => view.getState().chooseTheme(value)}>
              {THEMES.map((entry) => (
                <Menu.RadioItem key={entry.theme} value={entry.theme} className="ui-item" closeOnClick>
                  <span className="ui-item-check">
                    <Menu.RadioItemIndicator>
                      <Check size={13} />
                    </Menu.RadioItemIndicator>
                  </span>
                  {entry.label}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
