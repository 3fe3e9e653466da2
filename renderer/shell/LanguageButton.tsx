import { Menu } from '@base-ui/react/menu'
import { Check, Languages } from 'lucide-react'
import { viewStore } from '../frame/stores/view.ts'
import { useStore, useStoreState } from '../frame/stores-context.ts'
import { languageName } from '../text/language-texts.ts'
import { LANGUAGES, type LanguageCode, useWords } from '../text/words.ts'
import { shellText } from './texts.ts'

/** Chooses the language of the app. */
export function LanguageButton() {
  const view = useStore(viewStore)
  const { say } = useWords()
  const language = useStoreState(viewStore, (state) => state.language)
  return (
    <Menu.Root>
      <Menu.Trigger className="ui-icon-button" aria-label={say(shellText.language)}>
        <Languages size={15} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="ui-layer" sideOffset={6} align="end">
          <Menu.Popup className="ui-popup">
            <Menu.RadioGroup value={language} onValueChange={(value: LanguageCode) => view.getState().chooseLanguage(value)}>
              {LANGUAGES.map((code) => (
                <Menu.RadioItem key={code} value={code} className="ui-item" closeOnClick>
                  <span className="ui-item-check">
                    <Menu.RadioItemIndicator>
                      <Check size={13} />
                    </Menu.RadioItemIndicator>
                  </span>
                  {say(languageName[code])}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
