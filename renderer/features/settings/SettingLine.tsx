import { Switch } from '@base-ui/react/switch'
import { useId } from 'react'
import type { Settings } from '#engine/contract/settings'
import { useWords, type Words } from '../../text/words.ts'
import { Badge } from '../../ui/Badge.tsx'
import { CommittedNumber } from '../../ui/CommittedNumber.tsx'
import { Select } from '../../ui/Select.tsx'
import type { SettingEntry } from './setting-list.ts'
import { settingsText } from './texts.ts'

type Choice = keyof typeof settingsText.choice

interface SettingLineProps {
  entry: SettingEntry
  settings: Settings
  onChange: (change: Partial<Settings>) => void
}

export function SettingLine({ entry, settings, onChange }: SettingLineProps) {
  const words = useWords()
  const { say } = words
  const { label, explanation } = settingsText.setting[entry.key]
  const labelId = useId()
  const textId = useId()
  return (
    <div className="settings-line">
      <div className="settings-text">
        <p className="settings-label">
          <span id={labelId}>{say(label)}</span>
          {entry.isOurReading && <Badge hint={say(settingsText.ourReadingHint)}>{say(settingsText.ourReading)}</Badge>}
        </p>
        <p id={textId} className="ui-muted">
          {say(settingsText.withDefault({ explanation, value: defaultOf(entry, words) }))}
        </p>
      </div>
      <Control entry={entry} settings={settings} labelId={labelId} textId={textId} onChange={onChange} />
    </div>
  )
}

interface ControlProps extends SettingLineProps {
  labelId: string
  textId: string
}

function Control({ entry, settings, labelId, textId, onChange }: ControlProps) {
  const { say } = useWords()
  const label = say(settingsText.setting[entry.key].label)
  switch (entry.kind) {
    case 'switch':
      return (
        <Switch.Root
          className="settings-switch"
          checked={settings[entry.key] === true}
          aria-labelledby={labelId}
          aria-describedby={textId}
          onCheckedChange={(checked) => onChange({ [entry.key]: checked })}
        >
          <Switch.Thumb className="settings-thumb" />
        </Switch.Root>
      )
    case 'number':
      return (
        <span className="settings-number">
          <CommittedNumber
            label={label}
            value={Number(settings[entry.key])}
            min={entry.min}
            onCommit={(next) => onChange({ [entry.key]: next })}
          />
          <span className="ui-muted">{say(settingsText.unit[entry.unit]({ count: Number(settings[entry.key]) }))}</span>
        </span>
      )
    case 'choice':
      return (
        <Select
          label={label}
          value={String(settings[entry.key])}
          options={entry.choices.map((value) => ({ value, label: say(settingsText.choice[value as Choice]) }))}
          onChange={(next) => onChange({ [entry.key]: next })}
        />
      )
  }
}

function defaultOf(entry: SettingEntry, { say }: Words): string {
  switch (entry.kind) {
    case 'switch':
      return say(entry.default ? settingsText.on : settingsText.off)
    case 'number':
      return say(settingsText.amount({ count: entry.default, unit: settingsText.unit[entry.unit]({ count: entry.default }) }))
    case 'choice':
      return say(settingsText.choice[entry.default as Choice])
  }
}
