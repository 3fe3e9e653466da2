import { Worker } from 'node:worker_threads'
import { beforeEach } from 'vitest'

/** Seconds of processor time, not of the clock: a machine that is busy with something else ends no test. */
const MOST_SECONDS = 120

/**
 * Ends the process of a test that never gives the event loop back, such as one in a loop without end. A test's time limit cannot:
 * its timer is never called, so the whole suite would hang. Vitest reports the file as failed and goes on with the others.
 */
const WATCHDOG = `
  const { workerData: { beats, name, mostSeconds } } = require('node:worker_threads')
  let seen = -1
  let usedBefore = 0
  setInterval(() => {
    const { user, system } = process.cpuUsage()
    const used = (user + system) / 1e6
    if (Atomics.load(beats, 0) !== seen) {
      seen = Atomics.load(beats, 0)
      usedBefore = used
    } else if (used - usedBefore > mostSeconds) {
      const test = Buffer.from(name).toString().replace(/\\0.*/s, '')
      require('node:fs').writeSync(2, 'A test never ended, after ' + mostSeconds + ' seconds of computing: ' + test + '\\n')
      process.kill(process.pid, 'SIGKILL')
    }
  }, 1_000)
`

/** One for all files of a process, which this file is read for each time. */
const watched = globalThis as { nameOfTest?: Uint8Array }
watched.nameOfTest ??= startWatchdog()

/** Starts the watchdog. Returns where it reads the name of the test that runs. */
function startWatchdog(): Uint8Array {
  const beats = new Int32Array(new SharedArrayBuffer(4))
  const name = new Uint8Array(new SharedArrayBuffer(500))
  new Worker(WATCHDOG, { eval: true, workerData: { beats, name, mostSeconds: MOST_SECONDS } }).unref()
  setInterval(() => Atomics.add(beats, 0, 1), 1_000).unref()
  return name
}

beforeEach(({ task }) => {
  const { nameOfTest: name = startWatchdog() } = watched
  name.fill(0)
  new TextEncoder().encodeInto(`${task.file.name} > ${task.name}`, name)
})
