import { useEffect, useState } from 'react'
import { useWords } from '../text/words.ts'

/** Shows a time relative to now and keeps it current, with the exact time as a tooltip. */
export function Time({ ms }: { ms: number }) {
  const { exactTime, relativeTime } = useWords()
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 20_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={new Date(ms).toISOString()} title={exactTime(ms)}>
      {relativeTime(ms, Math.max(nowMs, ms))}
    </time>
  )
}
