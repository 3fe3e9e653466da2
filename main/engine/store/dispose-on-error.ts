/** Returns what `work` returns. If it throws, disposes of the resource, which has no owner then. */
export function disposeOnError<T>(resource: Disposable, work: () => T): T {
  try {
    return work()
  } catch (error) {
    resource[Symbol.dispose]()
    throw error
  }
}
