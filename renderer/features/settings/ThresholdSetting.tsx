import { THRESHOLD_OPERATIONS, THRESHOLD_PROFILES, type ThresholdProfile } from '#engine/contract/cascades'
import { type Settings, thresholdsOf } from '#engine/contract/settings'
import { useWords } from '../../text/words.ts'
import { CommittedNumber } from '../../ui/CommittedNumber.tsx'
import { Select } from '../../ui/Select.tsx'
import { settingsText } from './texts.ts'

type Choice = ThresholdProfile | 'own'

interface ThresholdSettingProps {
  thresholds: Settings['thresholds']
  onChange: (thresholds: Settings['thresholds']) => void
}

const CHOICES: Choice[] = [...THRESHOLD_PROFILES, 'own']
const { thresholds: text } = settingsText

/** Edits the number of affected records from which on an operation runs as a system job. */
export function ThresholdSetting({ thresholds, onChange }: ThresholdSettingProps) {
  const { say } = useWords()
  const choice: Choice = typeof thresholds === 'string' ? thresholds : 'own'
  const values = thresholdsOf({ thresholds })
  const options = CHOICES.map((value) => ({ value, label: say(text.choice[value]) }))
  return (
    <div className="settings-line">
      <div className="settings-text">
        <p className="settings-label">{say(text.profile)}</p>
        <p className="ui-muted">{say(text.explanation)}</p>
        <div className="settings-thresholds">
          {THRESHOLD_OPERATIONS.map((operation) => (
            <span key={operation} className="settings-threshold">
              <span className="ui-field-label">{operation}</span>
              <CommittedNumber
                label={say(text.thresholdFor({ operation }))}
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
        label={say(text.profiles)}
        value={choice}
        options={options}
        onChange={(next) => onChange(next === 'own' ? { ...values } : next)}
      />
    </div>
  )
}
