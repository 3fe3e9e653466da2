import { useEffect, useState } from 'react'
import { formatExactTime, formatRemaining } from './format.ts'

/** Counts down to a moment. */
export function Remaining({ untilMs }: { untilMs: number }) {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={new Date(untilMs).toISOString()} title={formatExactTime(untilMs)}>
      {formatRemaining(untilMs - nowMs)}
    </time>
  )
}
