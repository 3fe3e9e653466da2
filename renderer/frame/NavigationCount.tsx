import type { Message } from '#text/message'
import { useWords } from '../text/words.ts'

/** A number beside a navigation entry; nothing where it is 0. One that waits for a person stands out. */
export function NavigationCount({ count, meaning, waits = false }: { count: number; meaning: Message; waits?: boolean }) {
  const words = useWords()
  if (count === 0) return null
  return (
    <span className={waits ? 'app-nav-count app-nav-paused' : 'app-nav-count'} title={words.say(meaning)}>
      {words.count(count)}
    </span>
  )
}
