/** How much longer work takes on twice the input: 2 where the time rises with the input, 4 where it rises with its square. */
export function growth(make: (size: number) => () => unknown, size: number): number {
  const small = make(size)
  const large = make(size * 2)
  const timeOf = (work: () => unknown): number => {
    const begunMs = performance.now()
    work()
    return performance.now() - begunMs
  }
  const best = (work: () => unknown): number => Math.min(...Array.from({ length: 5 }, () => timeOf(work)))
  // Times under a millisecond say nothing: what is that short has not grown.
  return best(large) / Math.max(1, best(small))
}
