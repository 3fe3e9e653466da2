import type { StepTime } from '#engine/contract/trace'
import { stepText } from '../../frame/trace-words.ts'
import type { Words } from '../../text/words.ts'
import { jobText } from './texts.ts'

const { slowest: text } = jobText.times

export const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

/** Returns a sentence about the slowest step; empty if no step ran. */
export function slowestSentence({ say, share, microseconds }: Words, times: readonly StepTime[]): string {
  const [slowest] = times.toSorted((a, b) => b.totalMicroseconds - a.totalMicroseconds)
  if (slowest === undefined) return ''
  const mean = microseconds(slowest.totalMicroseconds / Math.max(1, slowest.runs))
  const isOnlyOfPlugin = times.every((time) => time === slowest || time.plugin !== slowest.plugin)
  const step = isOnlyOfPlugin ? slowest.plugin : text.stepOf({ plugin: slowest.plugin, step: stepText(slowest) })
  if (times.length === 1) return say(text.only({ step, mean }))
  const whole = times.reduce((sum, time) => sum + time.totalMicroseconds, 0)
  return say(text.ofSeveral({ step, mean, share: share(shareOf(slowest.totalMicroseconds, whole)) }))
}
