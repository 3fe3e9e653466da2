import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { openEngine } from '#engine'
import type { RunReport } from '../../../main/scenario/report.ts'
import { reportJunit } from '../../../main/scenario/reporters/junit.ts'
import { reportText } from '../../../main/scenario/reporters/text.ts'
import { type RunOptions, runFiles } from '../../../main/scenario/run-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'cascade-scenario-plugins-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

function written(text: string, name = `${++files}.yaml`): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const AUDIT = `export default {
  name: 'audit', version: '1.0.0', apiVersion: 1,
  steps: [
    { message: 'Update', table: 'account', stage: 'PreOperation', handler: ({ trace, target }) => trace(\`renamed to \${target.name}\`) },
    { message: 'Update', table: 'account', stage: 'PostOperation', mode: 'Async', async handler({ trace }) { await undefined; trace('later') } },
  ],
}`

const entry = (module: string) => `{ module: ${JSON.stringify(module)} }`

const scenario = (plugins: string, steps: string) => `scenario: Plug-ins
model: { tables: { account: { columns: { creditlimit: Money } } } }
plugins: [ ${plugins} ]
records: { account: [ { id: A } ] }
steps:
${steps}
`

const run = (text: string, options: RunOptions = {}) => runFiles([written(text)], options)

const missed = ({ scenarios }: RunReport) =>
  scenarios.flatMap(({ steps }) => steps.flatMap(({ expectations }) => expectations.filter(({ held }) => !held)))

describe('an expectation that does not hold', () => {
  test.each([
    ['events', 'events: [ { message: Update, count: 7 } ]', { path: 'events[0].Update', expected: 7, actual: 2 }],
    [
      'events of a stage',
      'events: [ { message: Update, stage: PreOperation, count: 2 } ]',
      { path: 'events[0].Update', expected: 2, actual: 1 },
    ],
    [
      'events of a plug-in',
      'events: [ { message: Create, plugin: audit, count: 1 } ]',
      { path: 'events[0].Create', expected: 1, actual: 0 },
    ],
    ['trace', 'trace: [^renamed, unheard]', { path: 'trace[1]', expected: '/unheard/', actual: ['renamed to X', 'later'] }],
  ])('shows expected and actual: %s', async (_, expectation, line) => {
    const report = await run(scenario(entry(AUDIT), `  - { update: { record: account/A, set: { name: X } }, expect: { ${expectation} } }`))

    expect(missed(report)).toEqual([{ ...line, held: false }])
  })

  test('of a long trace shows its beginning', async () => {
    const talker =
      "export default { name: 'talker', version: '1.0.0', apiVersion: 1, steps: [{ message: 'Update', stage: 'PreOperation', handler({ trace }) { for (let line = 1; line <= 32; line++) trace('line ' + line) } }] }"
    const report = await run(
      scenario(entry(talker), '  - { update: { record: account/A, set: { name: X } }, expect: { trace: [unheard] } }'),
    )

    const [line] = missed(report)
    expect(line?.actual).toEqual([...Array.from({ length: 20 }, (_, at) => `line ${at + 1}`), '… and 12 more'])
  })
})

describe('a name that no plug-in of the file has', () => {
  const late = `  - { installPlugin: ${entry(AUDIT.replace("'audit'", "'late'"))} }\n`

  test.each([
    ['an operation', '  - disablePlugin: { plugin: adit }', [6, 30], 'audit'],
    ['an expectation', '  - { check: {}, expect: { events: [ { message: Update, plugin: lat, count: 0 } ] } }', [6, 65], 'late'],
  ])('makes the file invalid at its place: %s', async (_, step, [line, column], near) => {
    const report = await run(scenario(entry(AUDIT), `${step}\n${late}`))

    expect(report.scenarios[0]).toMatchObject({
      outcome: 'invalid',
      error: { code: 'SCENARIO_INVALID', line, column, message: expect.stringContaining(`Did you mean "${near}"? Plug-ins: audit, late.`) },
    })
  })

  test('makes a file without plug-ins invalid', async () => {
    const report = await run('scenario: None\nmodel: {}\nsteps:\n  - enablePlugin: { plugin: audit }')

    expect(report.scenarios[0]?.error).toMatchObject({
      line: 4,
      column: 29,
      message: 'The file contains no plug-in "audit". Plug-ins: none.',
    })
  })

  test('cannot be known where one of its plug-ins does not say its name', async () => {
    const report = await run(
      scenario(
        '',
        '  - { installPlugin: { module: "throw 1" }, expect: { outcome: Refused } }\n  - { enablePlugin: { plugin: x }, expect: { outcome: Refused } }',
      ),
    )

    expect(report).toMatchObject({ passed: 1, failed: 0 })
  })

  test('is another thing than one that is not installed yet, or no more', async () => {
    const report = await run(
      scenario(
        entry(AUDIT),
        `  - { disablePlugin: { plugin: late }, expect: { outcome: Refused } }\n${late}  - disablePlugin: { plugin: late }\n  - removePlugin: { plugin: late }\n  - { removePlugin: { plugin: late }, expect: { outcome: Refused } }`,
      ),
    )

    expect(missed(report)).toEqual([])
    expect(report.scenarios[0]?.steps.map(({ outcome }) => outcome)).toEqual(['Refused', 'Completed', 'Completed', 'Completed', 'Refused'])
  })
})

describe('a path', () => {
  test('that leads nowhere makes the file invalid at the path, in a step as well', async () => {
    const first = await run(scenario('{ path: ./nowhere }', '  - check: {}'))
    const later = await run(scenario('', '  - installPlugin: { path: ./nowhere }'))

    expect(first.scenarios[0]?.error).toMatchObject({
      code: 'SCENARIO_INVALID',
      line: 3,
      column: 20,
      message: expect.stringContaining('./nowhere'),
    })
    expect(later.scenarios[0]?.error).toMatchObject({ line: 6, column: 28 })
  })

  test('that leads to no plug-in makes the file invalid at the entry', async () => {
    mkdirSync(join(folder, 'empty'), { recursive: true })
    const report = await run(scenario('{ path: ./empty }', '  - check: {}'))

    expect(report.scenarios[0]?.error).toMatchObject({
      code: 'PLUGIN_INVALID',
      line: 3,
      column: 12,
      message: expect.stringContaining('empty'),
    })
  })

  test('that a step installs and that leads to no plug-in is refused', async () => {
    writeFileSync(join(folder, 'notes.txt'), 'no plug-in')
    const report = await run(
      scenario('', '  - { installPlugin: { path: notes.txt }, expect: { outcome: Refused, error: { code: PLUGIN_INVALID } } }'),
    )

    expect(missed(report)).toEqual([])
  })
})

test('two plug-ins of one name make the file invalid at the second', async () => {
  const report = await run(scenario(`${entry(AUDIT)}, ${entry(AUDIT)}`, '  - check: {}'))

  expect(report.scenarios[0]?.error).toMatchObject({
    code: 'PLUGIN_INVALID',
    line: 3,
    column: 12 + entry(AUDIT).length + 2,
    message: expect.stringContaining('audit'),
  })
})

test('whoever a step runs as exists', async () => {
  const runAs = AUDIT.replace("stage: 'PreOperation',", "stage: 'PreOperation', runAs: 'zoe',")
  const report = await run(
    scenario(entry(runAs), '  - { update: { record: account/A, set: { name: X } }, expect: { trace: [^renamed to X$] } }'),
  )

  expect(missed(report)).toEqual([])
})

test('two runs of one file give the same report but for the time they took', async () => {
  const chance = `export default {
    name: 'chance', version: '1.0.0', apiVersion: 1,
    steps: [
      { message: 'Update', stage: 'PreOperation', handler({ target, trace }) {
        target.creditlimit = Math.random()
        trace(\`\${Date.now()} \${Math.random()}\`)
        if (target.name === 'loop') for (;;);
      } },
      { message: 'Update', stage: 'PostOperation', mode: 'Async', handler: ({ trace }) => trace(String(Date.now())) },
    ],
  }`
  const path = written(
    scenario(
      entry(chance),
      `  - { update: { record: account/A, set: { name: X } }, expect: { trace: [never], records: { account/A: { creditlimit: 0 } } } }
  - { update: { record: account/A, set: { name: loop } }, expect: { trace: [never], outcome: Refused } }
  - { update: { record: account/A, set: { name: Y } }, expect: { trace: [never] } }`,
    ),
  )
  const withoutTime = async () => JSON.stringify(await runFiles([path]), (key, value: unknown) => (key === 'durationMs' ? 0 : value))

  const [first, second] = [await withoutTime(), await withoutTime()]

  expect(first).toContain('0.')
  expect(second).toBe(first)
})

test('two runs of scenarios with crashes, endless loops and asynchronous steps give the same report', async () => {
  const scenarios = join(import.meta.dirname, '../../scenarios/plugins')
  const paths = ['jobs/crash.yaml', 'async', 'containment/endless-loop-in-a-job.yaml'].map((name) => join(scenarios, name))
  const withoutTime = async () => JSON.stringify(await runFiles(paths), (key, value: unknown) => (key === 'durationMs' ? 0 : value))

  const [first, second] = [await withoutTime(), await withoutTime()]

  expect(second).toBe(first)
})

describe('asynchronous steps', () => {
  const slow = `export default {
    name: 'slow', version: '1.0.0', apiVersion: 1,
    steps: [{ message: 'Create', table: 'account', stage: 'PostOperation', mode: 'Async', async handler({ service, primaryEntityId }) {
      for (let turn = 0; turn < 100; turn++) await undefined
      service.update('account', primaryEntityId, { name: 'later' })
    } }],
  }`

  test('are waited for before anything is compared, and belong to the step that caused them', async () => {
    const report = await run(
      scenario(
        entry(slow),
        `  - { create: { record: account/B }, expect: { records: { account/B: { name: later } }, events: [ { message: Create, count: 1 } ] } }
  - { check: {}, expect: { events: [ { message: Create, count: 0 } ] } }`,
      ),
    )

    expect(missed(report)).toEqual([])
  })
})

describe('where plug-ins run', () => {
  const text = scenario(
    entry(AUDIT),
    '  - { update: { record: account/A, set: { name: X } }, expect: { trace: [^renamed to X$, ^later$], events: [ { message: Update, count: 2 } ] } }',
  )
  const REACH =
    "export default { name: 'reach', version: '1.0.0', apiVersion: 1, steps: [{ message: 'Update', stage: 'PreOperation', handler: ({ trace }) => trace(typeof process) }] }"
  const reach = (plugin: string, type: string) =>
    scenario(plugin, `  - { update: { record: account/A, set: { name: X } }, expect: { trace: [^${type}$] } }`)

  test.each(['contained', 'native'] as const)('makes no difference to what steps do: %s', async (plugins) => {
    written(AUDIT, 'audit.mjs')

    expect(await run(text.replace(entry(AUDIT), '{ path: audit.mjs }'), { plugins })).toMatchObject({ passed: 1, failed: 0 })
  })

  test('decides what they reach', async () => {
    written(REACH, 'reach.mjs')

    expect(missed(await run(reach('{ path: reach.mjs }', 'object'), { plugins: 'native' }))).toEqual([])
    expect(missed(await run(reach('{ path: reach.mjs }', 'undefined'), { plugins: 'contained' }))).toEqual([])
  })

  test('is contained for what has no file in any case', async () => {
    expect(missed(await run(reach(entry(REACH), 'undefined'), { plugins: 'native' }))).toEqual([])
  })

  test('is loaded only for scenarios that have plug-ins', async () => {
    vi.doMock('../../../main/plugins/sandbox/index.ts', () => ({
      createSandbox: () => {
        throw new Error('The sandbox was loaded')
      },
    }))
    onTestFinished(() => vi.doUnmock('../../../main/plugins/sandbox/index.ts'))
    vi.resetModules()
    const fresh = await import('../../../main/scenario/run-files.ts')
    const without = written('scenario: None\nmodel: { tables: { account: {} } }\nsteps: [ { create: { record: account/A } } ]')

    expect(await fresh.runFiles([without])).toMatchObject({ passed: 1 })
    expect((await fresh.runFiles([written(text)])).scenarios).toMatchObject([
      { error: { message: expect.stringContaining('The sandbox was loaded') } },
    ])
  })

  test('a file whose run breaks off is reported with its stack, and the files after it run', async () => {
    vi.doMock('../../../main/plugins/sandbox/index.ts', () => ({
      createSandbox: () => {
        throw new TypeError('Broken')
      },
    }))
    onTestFinished(() => vi.doUnmock('../../../main/plugins/sandbox/index.ts'))
    vi.resetModules()
    const fresh = await import('../../../main/scenario/run-files.ts')
    const without = written('scenario: None\nmodel: { tables: { account: {} } }\nsteps: [ { create: { record: account/A } } ]')

    const report = await fresh.runFiles([written(text), without])

    const [broken, other] = report.scenarios
    expect(broken).toMatchObject({
      outcome: 'failed',
      steps: [],
      error: { code: 'UNEXPECTED', stack: expect.stringMatching(/^TypeError: Broken\n/) },
    })
    expect(other).toMatchObject({ outcome: 'passed' })
    expect(reportText(report)).toMatch(/FAILED .*\n {2}broken off after step 0: TypeError: Broken\n[\s\S]*passed {2}None/)
    expect(reportJunit(report)).toMatch(/<testsuites name="cascade" tests="2" failures="0" errors="1">[\s\S]*<error type="UNEXPECTED"/)
  })
})

test('an environment that is kept holds its plug-ins, enabled and agreed to', async () => {
  const kept = join(folder, 'kept.cascade')

  await runFiles([written(scenario(entry(AUDIT), '  - check: {}'))], { environment: kept })

  const engine = openEngine({ path: kept, mode: 'open', now: Date.now, newId: () => crypto.randomUUID() })
  onTestFinished(() => engine.close())
  expect(engine.findPlugins().map(({ name, version, source, status }) => ({ name, version, source, status }))).toEqual([
    { name: 'audit', version: '1.0.0', source: 'inline module', status: 'Enabled' },
  ])
})
