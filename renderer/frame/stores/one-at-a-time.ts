/**
 * Limits reads caused by events that come faster than the host answers: one read runs, at most one waits, and further calls share
 * the waiting one. The promise settles when no read waits.
 */
export function oneAtATime(read: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | null = null
  let again = false
  const run = async () => {
    do {
      again = false
      await read()
    } while (again)
  }
  return () => {
    if (underWay !== null) again = true
    else
      underWay = run().finally(() => {
        underWay = null
      })
    return underWay
  }
}
