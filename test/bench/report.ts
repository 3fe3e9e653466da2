import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { ROOT } from '../support/repository.ts'
import type { RunFacts } from './cases.ts'
import type { Latency } from './measure.ts'

export interface Result extends RunFacts {
  name: string
  size: number
  fileMb: number
  ms: number
  rawMs: number | null
  alsoRawMs: number | null
  /** Raw time / our time: our share of the raw throughput. */
  ratio: number | null
  target: [atLeast: number, aim: number] | null
  stallMs: number
  stallP99Ms: number
  memoryMb: number
}

export type Machine = ReturnType<typeof machineOf>

export function machineOf(fsyncMs: number) {
  const db = new Database(':memory:')
  const sqlite = db.prepare<[], { version: string }>('SELECT sqlite_version() AS version').get()?.version ?? ''
  db.close()
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/better-sqlite3/package.json'), 'utf8')) as { version: string }
  return {
    cpu: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    system: `${platform()} ${release()}`,
    node: process.version,
    sqlite,
    betterSqlite3: version,
    fsyncMs,
  }
}

/** Writes both files and answers the path of the readable one. */
export function writeReport(results: Result[], machine: Machine, { label, runs }: { label: string; runs: number }): string {
  const date = new Date().toISOString().slice(0, 10)
  mkdirSync(join(ROOT, 'bench/results'), { recursive: true })
  const name = `bench/results/${date}-${label}`
  writeFileSync(join(ROOT, `${name}.json`), `${JSON.stringify({ date, label, machine, runs, results }, null, 2)}\n`)
  writeFileSync(join(ROOT, `${name}.md`), asMarkdown(results, machine, { date, label, runs }))
  return `${name}.md`
}

function asMarkdown(results: Result[], machine: Machine, { date, label, runs }: { date: string; label: string; runs: number }): string {
  const withLatency = results.filter((result) => result.writesOutside !== undefined)
  const goingOn = results.filter((result) => result.nextBatchMs !== undefined)
  const throughput = results.filter(
    (result) => !withLatency.includes(result) && !goingOn.includes(result) && !result.name.startsWith('small'),
  )
  const small = results.filter((result) => result.name.startsWith('small'))
  return [
    `# Benchmark ${label}, ${date}`,
    `${machine.cpu}, ${machine.memoryGb} GB, ${machine.system}; Node ${machine.node}, SQLite ${machine.sqlite}, better-sqlite3 ${machine.betterSqlite3}; ` +
      `fsync ${machine.fsyncMs.toFixed(2)} ms. Median of ${runs} run(s); stall and memory are the worst of them. ` +
      'Ratio: share of the throughput of raw SQLite (one statement per table, same columns, integer keys) in this run. ' +
      'Raw runs as the product does, in WAL mode with synchronous NORMAL and a cache of 32 MB, and bringing a log of 16 MB and more into the file is inside its time, as it is inside ours. ' +
      'The second reference is ON DELETE CASCADE for a delete, and for steps a transaction for each record with nothing in it but the record; their first has the same writes as ours: record, row of the trace log, position of the job.',
    section(
      'Throughput',
      [
        'operation',
        'affected',
        'ms',
        'k records/s',
        'raw ms',
        'ratio',
        'at least',
        'aim',
        'second reference ms',
        'first batch ms',
        'longest stall ms',
        'memory +MB',
      ],
      throughput.map((one) => [
        one.name,
        one.affected,
        one.ms,
        one.affected / one.ms,
        one.rawMs,
        one.ratio,
        one.target?.[0],
        one.target?.[1],
        one.alsoRawMs,
        one.firstBatchMs,
        one.stallMs,
        one.memoryMb,
      ]),
    ),
    section(
      'Foreground work meanwhile',
      [
        'meanwhile',
        'affected',
        'k records/s',
        'writes/s',
        'outside: writes',
        'p50 ms',
        'p99 ms',
        'max ms',
        'inside: writes',
        'p50 ms',
        'p99 ms',
        'max ms',
        'refused',
        'reads',
        'p50 ms',
        'p99 ms',
        'max ms',
        'stall p99 ms',
        'longest stall ms',
        'ms',
      ],
      withLatency.map((one) => [
        one.name.replace('foreground, ', ''),
        one.affected,
        one.affected === 0 ? null : one.affected / one.ms,
        one.writesPerSecond,
        ...columnsOf(one.writesOutside),
        ...columnsOf(one.writesInside),
        one.failedWrites,
        ...columnsOf(one.reads),
        one.stallP99Ms,
        one.stallMs,
        one.ms,
      ]),
      `On the main thread, 100 writes a second, in turns on a record outside the cascade and on one that it reaches last, and 200 reads, in turns of one record (on the main thread) and of a page of 50 (in a worker of its own, as the app reads pages); each is counted from the moment at which it was due. fsync takes ${machine.fsyncMs.toFixed(2)} ms here. Few writes fit beside a small job: their p99 is their maximum.`,
    ),
    section(
      'Going on',
      ['after', 'affected', 'done before', 'open ms', 'next batch committed ms', 'longest stall ms'],
      goingOn.map((one) => [one.name, one.affected, one.doneBefore, one.openMs, one.nextBatchMs, one.stallMs]),
      'Killed: a process is killed in the middle of the job; from the call that opens the environment again, the start of its threads included, which here read their code from its sources. Paused: from the call that resumes the job.',
    ),
    section(
      'The same 1,000 records in files of different size',
      ['operation', 'rows under the large root', 'file MB', 'ms'],
      small.map((one) => [one.name, one.size, one.fileMb, one.ms]),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}

function columnsOf(latency: Latency | undefined): Cell[] {
  if (!latency || latency.count === 0) return [latency?.count, null, null, null]
  return [latency.count, latency.p50Ms, latency.p99Ms, latency.maxMs]
}

type Cell = string | number | null | undefined

function section(title: string, headings: string[], rows: Cell[][], note?: string): string {
  if (rows.length === 0) return ''
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [
    `## ${title}`,
    '',
    ...(note === undefined ? [] : [note, '']),
    line(headings),
    line(headings.map((_, n) => (n === 0 ? '---' : '---:'))),
    ...rows.map((row) => line(row.map(asText))),
  ].join('\n')
}

function asText(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return cell
  return cell.toLocaleString('en', { maximumFractionDigits: Math.abs(cell) < 10 ? 2 : 0 })
}
