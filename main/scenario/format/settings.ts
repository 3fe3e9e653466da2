import { forEachThreshold, THRESHOLD_PROFILES } from '#engine/contract/cascades'
import { forEachSetting, type SettingRow, type Settings } from '#engine/contract/settings'
import { choice, fields, flag, type Shape, wholeNumber } from '../shape.ts'

const count = wholeNumber(0)
const profile = choice(...THRESHOLD_PROFILES)
const explicit = fields(
  'thresholds',
  forEachThreshold(() => count),
  {},
)

const thresholds: Shape<Settings['thresholds']> = (node) => (node.kind === 'mapping' ? explicit(node) : profile(node))

function shapeOf(row: SettingRow): Shape<unknown> {
  switch (row.kind) {
    case 'switch':
      return flag
    case 'number':
      return wholeNumber(row.min, row.max)
    case 'choice':
      return choice(...row.choices)
  }
}

/** Environment settings, any of them. */
export const settingsShape = fields('the settings', {}, { thresholds, ...forEachSetting(shapeOf) }) as Shape<Partial<Settings>>
