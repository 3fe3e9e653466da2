const FACTOR = 8
const TRIES = 5

/**
 * Returns the power of its size with which the time of some work rises: 1 where it is linear, 2 where it is quadratic. Measures the time
 * of this thread on the processor, which other programs do not change.
 */
export function growth(make: (size: number) => () => unknown, size: number): number {
  const small = make(size / FACTOR)
  const large = make(size)
  // Times under a millisecond say nothing: what is that short has not grown.
  return Math.log(bestMs(large) / Math.max(1, bestMs(small))) / Math.log(FACTOR)
}

const bestMs = (work: () => unknown): number => Math.min(...Array.from({ length: TRIES }, () => timeMs(work)))

function timeMs(work: () => unknown): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}
