import { Switch } from '@base-ui/react/switch'
import { useId } from 'react'
import type { Settings } from '#engine/model'
import { Badge } from '../ui/Badge.tsx'
import { formatCount } from '../ui/format.ts'
import { CommittedNumber } from './CommittedNumber.tsx'
import type { SettingEntry } from './setting-list.ts'

interface SettingLineProps {
  entry: SettingEntry
  settings: Settings
  onChange: (change: Partial<Settings>) => void
}

export function SettingLine({ entry, settings, onChange }: SettingLineProps) {
  const labelId = useId()
  const textId = useId()
  const value = settings[entry.key]
  const standard = entry.kind === 'switch' ? (entry.default ? 'on' : 'off') : `${formatCount(entry.default)} ${entry.unit}`
  return (
    <div className="settings-line">
      <div className="settings-text">
        <p className="settings-label">
          <span id={labelId}>{entry.label}</span>
          {entry.ourReading && <Badge hint="The platform’s documentation leaves this open">our reading</Badge>}
        </p>
        <p id={textId} className="ui-muted">
          {entry.explanation} Default: {standard}.
        </p>
      </div>
      {entry.kind === 'switch' ? (
        <Switch.Root
          className="settings-switch"
          checked={value === true}
          aria-labelledby={labelId}
          aria-describedby={textId}
          onCheckedChange={(checked) => onChange({ [entry.key]: checked })}
        >
          <Switch.Thumb className="settings-thumb" />
        </Switch.Root>
      ) : (
        <span className="settings-number">
          <CommittedNumber label={entry.label} value={Number(value)} min={entry.min} onCommit={(next) => onChange({ [entry.key]: next })} />
          <span className="ui-muted">{entry.unit}</span>
        </span>
      )}
    </div>
  )
}
