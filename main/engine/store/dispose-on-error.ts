/** Returns what `work` returns. Where it throws, the resource, which then has no owner, is disposed of. */
export function disposeOnError<T>(resource: Disposable, work: () => T): T {
  try {
    return work()
  } catch (error) {
    resource[Symbol.dispose]()
    throw error
  }
}
