import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

export interface Measured<T> {
  value: T
  ms: number
  /** Longest time in which this thread did nothing else: the largest gap between two ticks of a 1 ms timer. */
  stallMs: number
  stallP99Ms: number
  /** Highest memory of the whole process (threads included) above what it was before. */
  memoryMb: number
}

const MB = 1024 * 1024

/** Runs something and watches time, main thread and memory meanwhile. */
export async function measure<T>(work: () => Promise<T>): Promise<Measured<T>> {
  globalThis.gc?.()
  const idleBytes = process.memoryUsage.rss()
  let peakBytes = idleBytes
  let lastTick = performance.now()
  let stallMs = 0
  const ticks = setInterval(() => {
    const tick = performance.now()
    stallMs = Math.max(stallMs, tick - lastTick)
    lastTick = tick
  }, 1)
  const memory = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss())
  }, 20)
  const delays = monitorEventLoopDelay({ resolution: 1 })
  delays.enable()

  const startedMs = performance.now()
  try {
    const value = await work()
    const ms = performance.now() - startedMs
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss())
    return {
      value,
      ms,
      stallMs: Math.max(stallMs, performance.now() - lastTick),
      stallP99Ms: delays.percentile(99) / 1e6,
      memoryMb: (peakBytes - idleBytes) / MB,
    }
  } finally {
    clearInterval(ticks)
    clearInterval(memory)
    delays.disable()
  }
}

export interface Latency {
  count: number
  p50Ms: number
  p99Ms: number
  maxMs: number
}

export function latencyOf(samplesMs: number[]): Latency {
  const sorted = samplesMs.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) }
}

export const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

/**
 * Starts `work` this often until stopped, whether or not the one before has ended, and keeps how long each took from the moment at
 * which it was due; `false` says that there was nothing to do. The first comes after `firstMs`.
 */
export function everySecond(
  times: number,
  work: () => Promise<unknown> | unknown,
  firstMs = 0,
): { stop(): Promise<{ samplesMs: number[]; failed: number }> } {
  const samplesMs: number[] = []
  const running = new Set<Promise<void>>()
  let failed = 0
  const once = async (dueMs: number) => {
    try {
      if ((await work()) !== false) samplesMs.push(performance.now() - dueMs)
    } catch {
      failed += 1
    }
  }
  const beganMs = performance.now()
  let begun = 0
  // A main thread that stood still catches up, and what waited for it has waited.
  const timer = setInterval(() => {
    for (let dueMs = dueAt(begun); dueMs <= performance.now(); dueMs = dueAt(begun)) {
      begun += 1
      const run = once(dueMs).finally(() => running.delete(run))
      running.add(run)
    }
  }, 1)
  const dueAt = (number: number) => beganMs + firstMs + (number * 1_000) / times
  return {
    async stop() {
      clearInterval(timer)
      await Promise.all(running)
      return { samplesMs, failed }
    },
  }
}

/** What the disk takes to make 4 kB durable: latencies mean little without it. */
export function fsyncMs(folder: string): number {
  const path = `${folder}/fsync-probe`
  const file = openSync(path, 'w')
  const samples = Array.from({ length: 50 }, () => {
    writeSync(file, Buffer.alloc(4096))
    const startedMs = performance.now()
    fsyncSync(file)
    return performance.now() - startedMs
  })
  closeSync(file)
  rmSync(path)
  return median(samples)
}
