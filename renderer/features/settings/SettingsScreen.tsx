import { Screen } from '../../frame/Screen.tsx'
import { useApp, useStores } from '../../frame/stores-context.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { SkeletonLines } from '../../ui/Skeleton.tsx'
import { SettingLine } from './SettingLine.tsx'
import { SETTING_GROUPS } from './setting-list.ts'
import { ThresholdSetting } from './ThresholdSetting.tsx'

export function SettingsScreen() {
  const { settings: store } = useStores()
  const settings = useApp('settings', (state) => state.settings)
  const error = useApp('settings', (state) => state.error)
  return (
    <Screen title="Settings" sentence="These belong to the environment and are kept in its file. A change applies to the next operation.">
      {error !== null && (
        <ErrorNotice
          error={error}
          title={settings === null ? 'The settings could not be read' : 'The setting was not changed'}
          action={<Button onClick={() => void store.getState().load()}>Reload</Button>}
        />
      )}
      {settings === null && error === null && <SkeletonLines lines={12} label="Loading settings" />}
      {settings !== null && (
        <div className="settings">
          <section aria-labelledby="settings-thresholds">
            <h2 id="settings-thresholds" className="ui-heading">
              Thresholds
            </h2>
            <ThresholdSetting thresholds={settings.thresholds} onChange={(thresholds) => void store.getState().change({ thresholds })} />
          </section>
          {SETTING_GROUPS.map((group) => (
            <section key={group.title} aria-label={group.title}>
              <h2 className="ui-heading">{group.title}</h2>
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
