import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { CASES, type Case, type RunFacts } from './cases.ts'
import { copyOf, createEnvironment, generateTrees } from './environment.ts'
import { fsyncMs, type Measured, median } from './measure.ts'
import { buildRaw, type RawOperation, runRaw } from './raw.ts'
import { machineOf, type Result, writeReport } from './report.ts'
import { rowsOf, type Shape, treesOf } from './shape.ts'
import { STEP_CASES } from './step-cases.ts'

/** `npm run bench`: the product against SQLite with nothing around it, in one run, on the same rows. */

interface Options {
  sizes: number[]
  label: string
  only: RegExp
  runs: number
}

const options = new Command('bench')
  .description('Measures cascades against raw SQLite and writes bench/results/<date>-<label>.md and .json')
  .option('--sizes <list>', 'affected records', readSizes, [1_000, 10_000, 100_000])
  .option('--label <name>', 'part of the name of the report', 'local')
  .option('--only <pattern>', 'cases whose name matches', (text: string) => new RegExp(text, 'i'), /./)
  .option('--runs <count>', 'runs of each case; the median is reported', Number, 3)
  .parse()
  .opts<Options>()

const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'cascade-bench-'))
const results: Result[] = []
const chosen = [...CASES, ...STEP_CASES].filter(({ name }) => options.only.test(name))
try {
  const disk = fsyncMs(folder)
  for (const size of options.sizes) {
    for (const shape of ['deep', 'wide'] as const) {
      const cases = chosen.filter((one) => one.shape === shape)
      const wantsImport = shape === 'deep' && options.only.test('import')
      if (cases.length > 0 || wantsImport) await benchFile(size, shape, cases, wantsImport)
    }
  }
  const path = writeReport(results, machineOf(disk), options)
  console.log(`\nWritten to ${path}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Builds the data once, then runs each case on copies of it. */
async function benchFile(size: number, shape: Shape, cases: Case[], wantsImport: boolean): Promise<void> {
  const trees = treesOf(size, shape)
  const path = join(folder, `${shape}-${size}.cascade`)
  const raw = { plain: join(folder, `${shape}-${size}.raw`), foreignKeys: join(folder, `${shape}-${size}.raw-fk`) }
  console.log(`\n${size.toLocaleString('en')} affected of ${rowsOf(trees).toLocaleString('en')} rows, ${shape}`)

  createEnvironment(path)
  const imported = await generateTrees(path, trees)
  const rawImportMs = buildRaw(raw.plain, trees, 'plain')
  if (cases.some(({ alsoRaw }) => alsoRaw === 'cascadeDelete')) buildRaw(raw.foreignKeys, trees, 'foreignKeys')
  const fileMb = statSync(path).size / 1024 / 1024
  if (wantsImport) {
    keep({
      name: 'import',
      size,
      fileMb,
      rawMs: rawImportMs,
      alsoRawMs: null,
      target: null,
      measured: [{ ...imported, value: { affected: rowsOf(trees) } }],
    })
  }

  const runOn = (operation: RawOperation) => runRaw(copyOf(operation === 'cascadeDelete' ? raw.foreignKeys : raw.plain), operation)
  for (const one of cases) {
    const measured: Measured<RunFacts>[] = []
    const rawMs: number[] = []
    const alsoRawMs: number[] = []
    // In turns, so that a noisy minute of the machine hits both sides.
    for (let n = 0; n < options.runs; n += 1) {
      if (one.raw !== null) rawMs.push(runOn(one.raw))
      if (one.alsoRaw !== undefined) alsoRawMs.push(runOn(one.alsoRaw))
      measured.push(await one.run(copyOf(path)))
    }
    keep({ name: one.name, size, fileMb, rawMs: medianOf(rawMs), alsoRawMs: medianOf(alsoRawMs), target: one.target ?? null, measured })
  }
  for (const file of [path, raw.plain, raw.foreignKeys])
    for (const ending of ['', '-run', '-run-wal', '-run-shm', '-wal', '-shm']) rmSync(file + ending, { force: true })
}

function keep(
  entry: Pick<Result, 'name' | 'size' | 'fileMb' | 'rawMs' | 'alsoRawMs' | 'target'> & { measured: Measured<RunFacts>[] },
): void {
  const { measured, ...rest } = entry
  const typical = measured.toSorted((a, b) => a.ms - b.ms)[Math.floor(measured.length / 2)] as Measured<RunFacts>
  const result: Result = {
    ...rest,
    ...typical.value,
    ms: typical.ms,
    stallMs: Math.max(...measured.map(({ stallMs }) => stallMs)),
    stallP99Ms: typical.stallP99Ms,
    memoryMb: Math.max(...measured.map(({ memoryMb }) => memoryMb)),
    ratio: rest.rawMs === null ? null : rest.rawMs / typical.ms,
  }
  results.push(result)
  const ratio = result.ratio === null ? '' : `, ${result.ratio.toFixed(2)} of raw`
  console.log(
    `  ${result.name}: ${result.ms.toFixed(0)} ms${ratio}, stall ${result.stallMs.toFixed(0)} ms, memory +${result.memoryMb.toFixed(0)} MB`,
  )
}

function medianOf(numbers: number[]): number | null {
  return numbers.length === 0 ? null : median(numbers)
}

function readSizes(text: string): number[] {
  return text.split(',').map((part) => {
    const factor = { k: 1_000, m: 1_000_000 }[part.trim().slice(-1).toLowerCase()] ?? 1
    const size = Number.parseFloat(part) * factor
    if (!Number.isInteger(size) || size < 100)
      throw new InvalidArgumentError('Sizes are numbers of records from 100 on, for instance 1k,10k,1M')
    return size
  })
}
