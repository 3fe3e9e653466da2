import { useEffect, useState } from 'react'
import { useWords } from '../text/words.ts'

/** A moment: relative to now and kept current, the exact one on hover. */
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
