import { vi } from 'vitest'

/** Waits until a check holds, however long that takes on a busy machine. Fails with the check's last error. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 100_000 })
