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
  const withLatency = results.filter((result) => result.writes !== undefined)
  const throughput = results.filter((result) => result.writes === undefined && !result.name.startsWith('small'))
  const small = results.filter((result) => result.name.startsWith('small'))
  return [
    `# Benchmark ${label}, ${date}`,
    `${machine.cpu}, ${machine.memoryGb} GB, ${machine.system}; Node ${machine.node}, SQLite ${machine.sqlite}, better-sqlite3 ${machine.betterSqlite3}; ` +
      `fsync ${machine.fsyncMs.toFixed(2)} ms. Median of ${runs} run(s); stall and memory are the worst of them. ` +
      'Ratio: share of the throughput of raw SQLite (one statement per table, same columns, integer keys) in this run.',
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
        'ON DELETE CASCADE ms',
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
      'Foreground work meanwhile (100 writes/s, 200 reads/s)',
      ['meanwhile', 'size', 'writes', 'p50 ms', 'p99 ms', 'max ms', 'refused', 'read p99 ms', 'read max ms', 'longest stall ms', 'job ms'],
      withLatency.map((one) => [
        one.name.replace('foreground, ', ''),
        one.size,
        ...columnsOf(one.writes),
        one.failedWrites,
        one.reads?.p99Ms,
        one.reads?.maxMs,
        one.stallMs,
        one.ms,
      ]),
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

const columnsOf = (latency: Latency | undefined) => [latency?.count, latency?.p50Ms, latency?.p99Ms, latency?.maxMs]

type Cell = string | number | null | undefined

function section(title: string, headings: string[], rows: Cell[][]): string {
  if (rows.length === 0) return ''
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [
    `## ${title}`,
    '',
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
