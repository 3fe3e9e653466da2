import { Switch } from '@base-ui/react/switch'
import { useId } from 'react'
import type { Settings } from '#engine/contract/settings'
import { Badge } from '../../ui/Badge.tsx'
import { CommittedNumber } from '../../ui/CommittedNumber.tsx'
import { formatCount } from '../../ui/format.ts'
import { Select } from '../../ui/Select.tsx'
import type { SettingEntry } from './setting-list.ts'

interface SettingLineProps {
  entry: SettingEntry
  settings: Settings
  onChange: (change: Partial<Settings>) => void
}

export function SettingLine({ entry, settings, onChange }: SettingLineProps) {
  const labelId = useId()
  const textId = useId()
  return (
    <div className="settings-line">
      <div className="settings-text">
        <p className="settings-label">
          <span id={labelId}>{entry.label}</span>
          {entry.ourReading && <Badge hint="The platform’s documentation leaves this open">our reading</Badge>}
        </p>
        <p id={textId} className="ui-muted">
          {entry.explanation} Default: {defaultOf(entry)}.
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
  switch (entry.kind) {
    case 'switch':
      return (
        <Switch.Root
          className="settings-switch"
          checked={settings[entry.key]}
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
            label={entry.label}
            value={settings[entry.key]}
            min={entry.min}
            onCommit={(next) => onChange({ [entry.key]: next })}
          />
          <span className="ui-muted">{entry.unit}</span>
        </span>
      )
    case 'choice':
      return (
        <Select
          label={entry.label}
          value={settings[entry.key]}
          options={entry.options}
          onChange={(next) => onChange({ [entry.key]: next })}
        />
      )
  }
}

function defaultOf(entry: SettingEntry): string {
  switch (entry.kind) {
    case 'switch':
      return entry.default ? 'on' : 'off'
    case 'number':
      return `${formatCount(entry.default)} ${entry.unit}`
    case 'choice':
      return entry.default
  }
}
