import type { Settings, Thresholds } from '#engine/contract/settings'
import { CommittedNumber } from '../../ui/CommittedNumber.tsx'
import { Select } from '../../ui/Select.tsx'
import { THRESHOLD_PROFILES } from './setting-list.ts'

type Choice = keyof typeof THRESHOLD_PROFILES | 'own'

interface ThresholdSettingProps {
  thresholds: Settings['thresholds']
  onChange: (thresholds: Settings['thresholds']) => void
}

const OPERATIONS = ['Assign', 'Delete', 'Merge'] as const

/** From how many affected records on an operation runs as a system job. */
export function ThresholdSetting({ thresholds, onChange }: ThresholdSettingProps) {
  const choice: Choice = typeof thresholds === 'string' ? thresholds : 'own'
  const values: Thresholds = typeof thresholds === 'string' ? THRESHOLD_PROFILES[thresholds].values : thresholds
  const options: { value: Choice; label: string }[] = [
    ...Object.entries(THRESHOLD_PROFILES).map(([value, profile]) => ({ value: value as Choice, label: profile.label })),
    { value: 'own', label: 'Own values' },
  ]
  return (
    <div className="settings-line">
      <div className="settings-text">
        <p className="settings-label">Profile</p>
        <p className="ui-muted">
          From how many affected records on an operation runs as a system job. Published numbers differ by year and language. Default:
          current documentation.
        </p>
        <div className="settings-thresholds">
          {OPERATIONS.map((operation) => (
            <span key={operation} className="settings-threshold">
              <span className="ui-field-label">{operation}</span>
              <CommittedNumber
                label={`Threshold for ${operation}`}
                value={values[operation]}
                min={0}
                disabled={choice !== 'own'}
                onCommit={(next) => onChange({ ...values, [operation]: next })}
              />
            </span>
          ))}
        </div>
      </div>
      <Select
        label="Thresholds profile"
        value={choice}
        options={options}
        onChange={(next) => onChange(next === 'own' ? { ...values } : next)}
      />
    </div>
  )
}
