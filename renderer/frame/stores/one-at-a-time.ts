/**
 * For answering events that come faster than the host can: one reading is under way, one may wait, and what is asked for meanwhile
 * is covered by the one that waits. The promise ends when nothing waits any more.
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
