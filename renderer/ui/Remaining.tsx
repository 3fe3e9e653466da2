import { useEffect, useState } from 'react'
import { useWords } from '../text/words.ts'

/** Shows the time left until a moment. */
export function Remaining({ untilMs }: { untilMs: number }) {
  const { exactTime, remaining } = useWords()
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={new Date(untilMs).toISOString()} title={exactTime(untilMs)}>
      {remaining(untilMs - nowMs)}
    </time>
  )
}
