import { useEffect, useState } from 'react'
import { formatExactTime, formatRelativeTime } from './format.ts'

/** A moment: relative to now and kept current, the exact one on hover. */
export function Time({ ms }: { ms: number }) {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 20_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={new Date(ms).toISOString()} title={formatExactTime(ms)}>
      {formatRelativeTime(ms, Math.max(nowMs, ms))}
    </time>
  )
}
