import { Screen } from '../../frame/Screen.tsx'
import { settingsStore } from '../../frame/stores/settings.ts'
import { useStore, useStoreState } from '../../frame/stores-context.ts'
import { useWords } from '../../text/words.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { SettingLine } from './SettingLine.tsx'
import { SETTING_GROUPS } from './setting-list.ts'
import { ThresholdSetting } from './ThresholdSetting.tsx'
import { settingsText } from './texts.ts'

export function SettingsScreen() {
  const store = useStore(settingsStore)
  const { say } = useWords()
  const settings = useStoreState(settingsStore, (state) => state.settings)
  const error = useStoreState(settingsStore, (state) => state.error)
  return (
    <Screen title={say(settingsText.title)} sentence={say(settingsText.sentence)}>
      {error !== null && (
        <ErrorNotice
          error={error}
          title={say(settings === null ? settingsText.notRead : settingsText.notChanged)}
          action={<Button onClick={() => void store.getState().load()}>{say(settingsText.reload)}</Button>}
        />
      )}
      {settings === null && error === null && <SkeletonLines lines={12} label={say(settingsText.loading)} />}
      {settings !== null && (
        <div className="settings">
          <section aria-labelledby="settings-thresholds">
            <h2 id="settings-thresholds" className="ui-heading">
              {say(settingsText.thresholds.heading)}
            </h2>
            <ThresholdSetting thresholds={settings.thresholds} onChange={(thresholds) => void store.getState().change({ thresholds })} />
          </section>
          {SETTING_GROUPS.map((group) => (
            <section key={group.name} aria-label={say(settingsText.group[group.name])}>
              <h2 className="ui-heading">{say(settingsText.group[group.name])}</h2>
              {group.entries.map((entry) => (
                <SettingLine
                  key={entry.key}
                  entry={entry}
                  settings={settings}
                  onChange={(change) => void store.getState().change(change)}
                />
              ))}
            </section>
          ))}
        </div>
      )}
    </Screen>
  )
}
