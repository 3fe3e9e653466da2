import { formatCount } from '../ui/format.ts'

/** A number beside a navigation entry; nothing where it is 0. One that waits for a person stands out. */
export function NavigationCount({ count, word, waits = false }: { count: number; word: string; waits?: boolean }) {
  if (count === 0) return null
  return (
    <span className={waits ? 'app-nav-count app-nav-paused' : 'app-nav-count'} title={`${formatCount(count)} ${word}`}>
      {formatCount(count)}
    </span>
  )
}
