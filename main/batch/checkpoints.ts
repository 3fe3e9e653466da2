import type { Checkpoints, FileLook } from '#engine/contract/engine'

/** Which thread is at a checkpoint; 0 for none. */
const HOLDER = 0
const NOBODY = 0
/** Where the last look lies, in words of 8 bytes. */
const IS_SEEN = 1n
const LOOK = { isSeen: 1, size: 2, modifiedNs: 3, checkpointed: 4 } as const

/** Makes the memory in which the threads of a process agree who checkpoints. */
export const makeCheckpoints = (): SharedArrayBuffer => new SharedArrayBuffer(5 * BigInt64Array.BYTES_PER_ELEMENT)

/** Returns the checkpoints of one thread. Threads have numbers from 1. */
export function threadCheckpoints(buffer: SharedArrayBuffer, thread: number): Checkpoints {
  const holder = new Int32Array(buffer)
  const look = new BigInt64Array(buffer)
  return {
    get seen(): FileLook | undefined {
      if (look[LOOK.isSeen] !== IS_SEEN) return undefined
      return {
        size: look[LOOK.size] as bigint,
        modifiedNs: look[LOOK.modifiedNs] as bigint,
        checkpointed: Number(look[LOOK.checkpointed]),
      }
    },
    set seen(seen) {
      look[LOOK.isSeen] = 0n
      if (seen === undefined) return
      look[LOOK.size] = seen.size
      look[LOOK.modifiedNs] = seen.modifiedNs
      look[LOOK.checkpointed] = BigInt(seen.checkpointed)
      look[LOOK.isSeen] = IS_SEEN
    },
    alone(work) {
      if (Atomics.compareExchange(holder, HOLDER, NOBODY, thread) !== NOBODY) return false
      try {
        work()
        return true
      } finally {
        endCheckpoint(buffer, thread)
      }
    },
  }
}

/** Ends the checkpoint of a thread, if it is at one: also of a thread that was terminated. */
export function endCheckpoint(buffer: SharedArrayBuffer, thread: number): void {
  Atomics.compareExchange(new Int32Array(buffer), HOLDER, thread, NOBODY)
}
