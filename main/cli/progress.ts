import { SingleBar } from 'cli-progress'
import { inEnglish } from '#text/english'
import { terminalLine } from '#text/terminal-text'
import type { Workbench } from '../workbench/workbench.ts'
import { grouped } from './output.ts'
import { printAside } from './terminal.ts'

/** Shows the progress of long work on stderr: a bar on a terminal, occasional lines in a pipe. */
export interface ProgressDisplay {
  show(label: string, done: number, total: number | null): void
  stop(): void
}

export const createProgress = (stream: NodeJS.WriteStream = process.stderr): ProgressDisplay => (stream.isTTY ? bar(stream) : lines())

function bar(stream: NodeJS.WriteStream): ProgressDisplay {
  let shown: { bar: SingleBar; label: string } | null = null
  const stop = () => {
    shown?.bar.stop()
    shown = null
  }
  return {
    show(label, done, total) {
      if (total === null || total === 0) return
      if (shown?.label !== label) {
        stop()
        const format = `${terminalLine(label).replaceAll('{', '(')} [{bar}] {percentage} % | {value} of {total} | {eta_formatted} left`
        shown = { label, bar: new SingleBar({ format, stream, hideCursor: true, clearOnComplete: false, etaBuffer: 50 }) }
        shown.bar.start(total, done)
        return
      }
      shown.bar.setTotal(total)
      shown.bar.update(done)
    },
    stop,
  }
}

/** Prints a line for each tenth of the work, so that a build's log stays short. */
function lines(): ProgressDisplay {
  const tenths = new Map<string, number>()
  return {
    show(label, done, total) {
      if (total === null || total === 0) return
      const tenth = Math.floor((done / total) * 10)
      if ((tenths.get(label) ?? 0) >= tenth) return
      tenths.set(label, tenth)
      printAside(`${terminalLine(label)}: ${grouped(done)} of ${grouped(total)}\n`)
    },
    stop: () => {},
  }
}

/** Shows the progress that a workbench reports. Returns a function that stops it. */
export function followProgress(workbench: Workbench, display: ProgressDisplay): () => void {
  const unsubscribe = workbench.subscribe((event) => {
    if (event.kind === 'progress') display.show(inEnglish(event.progress.label), event.progress.done, event.progress.total)
    if (event.kind === 'job') display.show(event.job.name, event.job.processed, event.job.total)
    if (event.kind === 'jobProgress') display.show(event.progress.name, event.progress.processed, event.progress.total)
  })
  return () => {
    unsubscribe()
    display.stop()
  }
}
