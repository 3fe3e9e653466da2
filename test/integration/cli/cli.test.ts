import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { column, customizations, relationship, table } from '../../support/made-files.ts'
import { cascade, start, startCut } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'cascade-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string) => join(folder, name)
function written(name: string, text: string): string {
  writeFileSync(at(name), text)
  return at(name)
}

const scenario = (name: string, steps: string) =>
  written(
    name,
    `scenario: ${name}
model:
  tables: { account: {}, contact: {}, salesorder: {} }
  relationships:
    - { name: contacts, referenced: account, referencing: contact, attribute: parentcustomerid, behavior: Parental }
    - { name: orders, referenced: account, referencing: salesorder, attribute: customerid, cascade: { Delete: Restrict } }
records:
  account: [ { id: A, name: Contoso, ownerid: alice }, { id: Twin, name: Twin }, { id: Twin2, name: Twin }, { id: B, name: Blocked }, { id: M, name: Master }, { id: S, name: Slave } ]
  contact: [ { id: C, name: Ann, parentcustomerid: account/A, ownerid: alice }, { id: D, parentcustomerid: account/S } ]
  salesorder: [ { id: O, name: Order, customerid: account/B } ]
steps:
${steps}`,
  )

/** Steps that leave a paused job behind, which the same delete planned anew would complete. */
const pausedDelete = `  - settings: { maxAttempts: 1 }
  - delete: { record: account/A }
    mode: Async
    during: [ { at: { afterPlan: true }, do: { delete: { record: contact/C } } } ]
    expect: { outcome: Paused }`

/** Lets no contact go to another owner. */
const KEEPER = `export default {
  name: 'keeper', version: '1.0.0', apiVersion: 1,
  steps: [ { message: 'Update', table: 'contact', stage: 'PreOperation', filteringAttributes: ['ownerid'], handler() { throw new Error('Not yet') } } ],
}
`

/** An environment with accounts, contacts and the users alice, bob and admin. */
async function environment(name: string): Promise<string> {
  const made = await cascade('run', scenario(`${name}.yaml`, '  - { check: {}, as: bob }\n'), '--env', at(name))
  expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining('1 passed') })
  return at(name)
}

test('links are added and removed by names, and what was there already is not counted [NN1]', async () => {
  const lab = at('links.cascade')
  const file = written(
    'links.yaml',
    `scenario: Links
model: { tables: { account: {}, region: {} }, manyToMany: [ { name: account_regions, table1: account, table2: region } ] }
records: { account: [ { id: A, name: Contoso } ], region: [ { id: N, name: North }, { id: S, name: South } ] }
links: [ { relationship: account_regions, record: account/A, with: [region/N] } ]
steps: []`,
  )
  await cascade('run', file, '--env', lab)

  expect(await cascade('associate', lab, 'account_regions', 'account/Contoso', 'region/North', 'region/South')).toMatchObject({
    code: 0,
    stdout: '1 of 2 links added.\n',
  })
  expect(await cascade('disassociate', lab, 'account_regions', 'region/South', 'account/Contoso', '--json')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('"changed": 1'),
  })
  expect(await cascade('associate', lab, 'account_regions', 'account/Contoso', 'account/Contoso')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('0x80040203'),
  })
})

describe('the exit status says how it went', () => {
  let lab = ''
  beforeAll(async () => {
    lab = await environment('lab.cascade')
  })

  test('0 when every expectation held', async () => {
    expect(await cascade('run', scenario('held.yaml', '  - check: {}\n'))).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 passed'),
    })
  })

  test('1 when an expectation failed', async () => {
    const { code, stdout } = await cascade('run', scenario('failed.yaml', '  - { delete: { record: account/B } }\n'))

    expect(code).toBe(1)
    expect(stdout).toContain('outcome: expected Completed, found Refused')
    expect(stdout).toContain('0x80040227')
  })

  test('1 when an operation is refused, with the code of the platform and what to do', async () => {
    const { code, stdout, stderr } = await cascade('delete', lab, 'account/Blocked')

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^Error \[CASCADE_REFUSED 0x80040227 CannotDeleteDueToAssociation\]: .+\n.+/)
  })

  test('2 when a file is not a valid scenario, even beside one that failed', async () => {
    const invalid = written('invalid.yaml', 'scenario: x\nmodel: {}\nstep: []')
    const failed = scenario('failed-too.yaml', '  - { delete: { record: account/B } }\n')

    const { code, stdout } = await cascade('run', failed, invalid)

    expect(code).toBe(2)
    expect(stdout).toContain(`${invalid}:3:1`)
    expect(stdout).toContain('Did you mean "steps"?')
  })

  test.each([
    ['an unknown command', ['asign']],
    ['a missing argument', ['assign']],
    ['a missing option', ['assign', 'x.cascade', 'account/A']],
    ['an unknown option', ['run', '--reportr', 'json', 'x.yaml']],
    ['an unknown reporter', ['run', '--reporter', 'xml', 'x.yaml']],
    ['a filter that is no regular expression', ['run', '--filter', '(', 'x.yaml']],
    ['no scenario to run', ['run', '--filter', 'nothing matches', join(import.meta.dirname, '../../scenarios/assign')]],
    ['a preview without its fields', ['preview', 'LAB', 'assign', 'account/Contoso']],
    ['a record that is no table/id', ['delete', 'LAB', 'Contoso']],
    ['a name that several rows have', ['delete', 'LAB', 'account/Twin']],
    ['a port that is none', ['serve', '--port', 'x']],
  ])('2 for %s', async (_, args) => {
    const { code, stderr } = await cascade(...args.map((arg) => (arg === 'LAB' ? lab : arg)))

    expect(code).toBe(2)
    expect(stderr).not.toBe('')
  })

  test.each([
    ['an environment that is not there', ['jobs', at('nowhere.cascade')]],
    ['a file of another kind', ['jobs', written('text.cascade', 'text')]],
    ['a new environment where one is', ['new', 'LAB']],
    [
      'an environment to keep over another kind of file',
      ['run', scenario('keep.yaml', '  - check: {}\n'), '--env', written('notes.txt', 'notes')],
    ],
  ])('3 for %s', async (_, args) => {
    const { code, stderr } = await cascade(...args.map((arg) => (arg === 'LAB' ? lab : arg)))

    expect(code).toBe(3)
    expect(stderr).toContain('ENVIRONMENT_UNUSABLE')
  })

  test('and --help lists all of it, with examples', async () => {
    const commands = [
      '',
      'new',
      'import',
      'generate',
      'preview',
      'assign',
      'delete',
      'merge',
      'bulk-delete',
      'reassign',
      'associate',
      'disassociate',
      'jobs',
      'commerce',
      'run',
      'serve',
    ]

    const helped = await Promise.all(
      commands.map(async (command) => ({ command, ...(await cascade(...(command === '' ? [] : [command]), '--help')) })),
    )

    for (const { command, code, stdout } of helped) {
      expect({ command, code }).toEqual({ command, code: 0 })
      expect(stdout).toContain('3    the environment is unusable or busy')
      if (command !== '') expect(stdout).toContain('Examples:')
    }
  })
})

describe('cascade run', () => {
  test('prints one JSON document and nothing else to stdout', async () => {
    const { stdout } = await cascade('run', scenario('json.yaml', '  - check: {}\n'), '--reporter', 'json')

    expect(JSON.parse(stdout)).toMatchObject({
      scenarios: [{ scenario: 'json.yaml', outcome: 'passed', steps: [{ operation: 'check' }] }],
      passed: 1,
      failed: 0,
    })
  })

  test('does not mind a reader who stops reading', async () => {
    const path = scenario('cut.yaml', `${'  - check: {}\n'.repeat(3_000)}`)

    const { code, stderr } = await startCut(['run', path, '--reporter', 'json'])

    expect({ code, stderr: stderr.replaceAll(/^Scenarios.*\n/gm, '') }).toEqual({ code: 0, stderr: '' })
  })

  test('prints JUnit for build servers', async () => {
    const { stdout } = await cascade(
      'run',
      scenario('junit.yaml', '  - { name: "<&>", delete: { record: account/B } }\n  - check: {}\n'),
      '--reporter',
      'junit',
    )

    expect(stdout).toMatch(/^<\?xml version="1\.0"/)
    expect(stdout).toContain('tests="2" failures="1" errors="0"')
    expect(stdout).toContain('name="1 &lt;&amp;&gt;"')
  })
})

describe('a cascade', () => {
  test('is previewed, done, and seen afterwards', async () => {
    const lab = await environment('assign.cascade')

    const preview = await cascade('preview', lab, 'assign', 'account/Contoso', '--to', 'bob', '--json')
    const done = await cascade('assign', lab, 'account/Contoso', '--to', 'bob', '--as', 'alice', '--json')
    const again = await cascade('preview', lab, 'assign', 'account/Contoso', '--to', 'bob')

    expect(JSON.parse(preview.stdout)).toMatchObject({ mode: 'Sync', affected: 2, byTable: { account: 1, contact: 1 } })
    expect(JSON.parse(done.stdout)).toMatchObject({ outcome: 'Completed', mode: 'Sync', affected: 2 })
    expect(again.stdout).toMatch(/affected +0/)
  })

  test('as a job shows its progress on stderr, ends with it, and stays in the list', async () => {
    const lab = await environment('job.cascade')

    const done = await cascade('assign', lab, 'account/Contoso', '--to', 'bob', '--mode', 'Async', '--json')
    const { jobId } = JSON.parse(done.stdout) as { jobId: string }
    const list = await cascade('jobs', lab, '--view', 'cascade')
    const shown = await cascade('jobs', lab, 'show', jobId, '--json')

    expect(done).toMatchObject({ code: 0, stderr: expect.stringContaining('2 of 2') })
    expect(list.stdout).toMatch(/^id +name +status +done +records/)
    expect(list.stdout).toContain('Completed')
    expect(JSON.parse(shown.stdout)).toMatchObject({ job: { id: jobId, status: 'Completed', processed: 2, total: 2 } })
  })

  test('that pauses is resumed, executed again or cancelled by hand', async () => {
    await cascade('run', scenario('paused.yaml', pausedDelete), '--env', at('paused.cascade'))
    const lab = at('paused.cascade')
    const { jobs } = JSON.parse((await cascade('jobs', lab, '--json')).stdout) as { jobs: { id: string }[] }
    const [job] = jobs
    const id = job?.id ?? ''

    const resumed = await cascade('jobs', lab, 'resume', id, '--as', 'alice')
    const executed = await cascade('jobs', lab, 'reexecute', id, '--json')
    const cancelled = await cascade('jobs', lab, 'cancel', id)

    expect(resumed).toMatchObject({ code: 4, stdout: expect.stringMatching(/status +Paused[\s\S]*Resumed by alice after 0 of 2 records/) })
    expect(executed.code).toBe(0)
    expect(JSON.parse(executed.stdout)).toMatchObject({ job: { id, status: 'Completed', total: 1 } })
    expect(cancelled).toMatchObject({ code: 1, stderr: expect.stringContaining('0x80044F00') })
  })

  test('that is given up ends Cancelled, by a user who may act and with an id that is one', async () => {
    await cascade('run', scenario('given-up.yaml', pausedDelete), '--env', at('given-up.cascade'))
    const lab = at('given-up.cascade')
    const { jobs } = JSON.parse((await cascade('jobs', lab, '--json')).stdout) as { jobs: { id: string }[] }
    const [job] = jobs

    const nobody = await cascade('jobs', lab, 'cancel', job?.id ?? '', '--as', 'nobody')
    const unknown = await cascade('jobs', lab, 'cancel', crypto.randomUUID())
    const missing = await cascade('jobs', lab, 'resume')
    const misspelt = await cascade('jobs', lab, 'rezume', job?.id ?? '')
    const cancelled = await cascade('jobs', lab, 'cancel', job?.id ?? '')

    expect([nobody.code, unknown.code, missing.code, misspelt.code]).toEqual([2, 1, 2, 2])
    expect(cancelled).toMatchObject({ code: 0, stdout: expect.stringMatching(/status +Cancelled/) })
  })

  test('of two rows merges them', async () => {
    const lab = await environment('merge.cascade')

    const merged = await cascade('merge', lab, '--target', 'account/Master', '--subordinate', 'account/Slave', '--set', 'name=Merged')
    const again = await cascade('merge', lab, '--target', 'account/Merged', '--subordinate', 'account/Slave', '--no-parenting-check')

    expect(merged).toMatchObject({ code: 0, stdout: 'Merge completed: 2 records, in one transaction.\n' })
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('0x80045304') })
  })

  test('that is interrupted closes safely, and goes on at the next open, to its end where somebody waits for it', async () => {
    // The plug-in keeps the job from its end, however fast the machine is: the next try follows after one second, after two, after four …
    await cascade(
      'run',
      scenario('interrupted.yaml', '  - settings: { maxAttempts: 1000, retryDelaySeconds: 1 }\n  - { check: {}, as: bob }\n'),
      '--env',
      at('interrupted.cascade'),
    )
    const lab = at('interrupted.cascade')
    const keeper = written('keeper.js', KEEPER)
    expect(await cascade('plugin', 'install', lab, keeper, '--yes')).toMatchObject({ code: 0 })

    const running = start(['assign', lab, 'account/Contoso', '--to', 'bob', '--mode', 'Async'])
    await running.heard('1 of 2')
    running.kill('SIGINT')
    const ended = await running.ended

    expect(ended).toMatchObject({ code: 130, stderr: expect.stringContaining('continues when the environment is opened again') })
    expect(ended.stderr).not.toContain('2 of 2')
    expect(existsSync(`${lab}-wal`)).toBe(false)

    expect(await cascade('plugin', 'disable', lab, 'keeper')).toMatchObject({ code: 0 })
    const { jobs } = JSON.parse((await cascade('jobs', lab, '--json')).stdout) as { jobs: { id: string }[] }
    const [job] = jobs
    const waited = await cascade('jobs', lab, 'wait', job?.id ?? '', '--json')

    expect(waited.code).toBe(0)
    expect(JSON.parse(waited.stdout)).toMatchObject({ job: { status: 'Completed', processed: 2 } })
  })
})

describe('data comes in', () => {
  test('from a solution into a new environment, with a report', async () => {
    const source = written(
      'customizations.xml',
      customizations(
        table('lab_Parent') + table('lab_Child', column('lab_ParentId', 'lookup')),
        relationship('lab_r', 'lab_Parent', 'lab_Child', 'lab_ParentId', { Assign: 'Cascade' }),
      ),
    )

    const { code, stdout } = await cascade('import', source, '--into', at('imported.cascade'), '--report', at('report.json'), '--json')

    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ sources: [{ format: 'customizations-xml', oneToMany: 1 }] })
    expect(JSON.parse(readFileSync(at('report.json'), 'utf8'))).toEqual(JSON.parse(stdout))
  })

  test('not at all from a source that cannot be read: no environment is left behind', async () => {
    const { code } = await cascade('import', at('nothing.zip'), '--into', at('none.cascade'))

    expect(code).toBe(2)
    expect(existsSync(at('none.cascade'))).toBe(false)
  })

  test('from a CSV file, by headings or by mapping', async () => {
    const lab = await environment('csv.cascade')
    const source = written('people.csv', 'Full Name,Name\nAnn Ray,Ann\nBob Ray,Bob\n')

    const mapped = await cascade('import', source, '--into', lab, '--table', 'contact', '--map', 'Full Name=name', '--json')
    const unmapped = await cascade('import', source, '--into', lab, '--table', 'contact', '--json')
    const nonsense = await cascade('import', source, '--into', lab, '--table', 'contact', '--map', 'Full Name')

    expect(JSON.parse(mapped.stdout)).toMatchObject({ recordsInserted: 2 })
    expect(JSON.parse(unmapped.stdout)).toMatchObject({ recordsInserted: 2 })
    expect(nonsense.code).toBe(2)
  })

  test('by rules from a file or from options', async () => {
    const lab = await environment('generate.cascade')
    const rules = written('rules.yaml', '- { table: contact, per: account, attribute: parentcustomerid, count: 2, owners: [alice, bob] }\n')
    const misspelt = written('misspelt.yaml', '- { table: contact, cuont: 2 }\n')

    const fromFile = await cascade('generate', rules, '--into', lab, '--json')
    const fromOptions = await cascade(
      'generate',
      '--into',
      lab,
      '--table',
      'contact',
      '--count',
      '3',
      '--set',
      'parentcustomerid=account/Contoso',
      '--json',
    )
    const wrong = await cascade('generate', misspelt, '--into', lab)

    expect(JSON.parse(fromFile.stdout)).toMatchObject({ total: 12, inserted: { contact: 12 } })
    expect(JSON.parse(fromOptions.stdout)).toMatchObject({ total: 3 })
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('Line 1, column 21: Unknown key "cuont"') })
  })

  test('in the name of one of two users of one name, who is given by GUID [ID2, ID4]', async () => {
    const lab = await environment('twins.cascade')
    const source = written('names.csv', 'name\nAnn Ray\n')
    await cascade('generate', '--into', lab, '--table', 'systemuser', '--count', '2', '--set', 'fullname=Anna Lee')

    const byName = await cascade('import', source, '--into', lab, '--table', 'contact', '--as', 'anna lee')
    const [, anna = ''] = byName.stderr.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []
    const byId = await cascade('import', source, '--into', lab, '--table', 'contact', '--as', anna, '--json')
    const assigned = await cascade('assign', lab, 'contact/Ann Ray', '--to', anna, '--as', anna)

    expect(byName).toMatchObject({ code: 2, stderr: expect.stringContaining('"anna lee"') })
    expect(JSON.parse(byId.stdout)).toMatchObject({ recordsInserted: 1 })
    expect(assigned.code).toBe(0)
  })

  test('as a sample', async () => {
    const { code, stdout } = await cascade('new', at('sample.cascade'), '--sample', '--json')

    expect(code).toBe(0)
    expect((JSON.parse(stdout) as { tables: number }).tables).toBeGreaterThan(3)
  })
})

describe('who may do what', () => {
  test('a record is shared, its access explained, and the share taken back [SH1, SH2, SC19]', async () => {
    const lab = await environment('access.cascade')

    const before = await cascade('access', lab, '--user', 'bob', '--record', 'contact/Ann')
    expect(before.stdout).toMatch(/Read\s+yes\s+Role bob by System Administrator \(Global from root\)/)
    expect(await cascade('share', lab, 'account/Contoso', '--with', 'bob', '--rights', 'read,Write')).toMatchObject({ code: 0 })
    const shared = JSON.parse((await cascade('access', lab, '--user', 'bob', '--record', 'contact/Ann', '--json')).stdout)
    expect(shared).toMatchObject({ shares: [{ principal: { name: 'bob' }, direct: [], inherited: ['Read', 'Write'] }] })
    const [read] = shared.rights
    expect(read.sources.map(({ origin }: { origin: string }) => origin)).toEqual(['Role', 'Inherited'])
    expect(read.sources[1].from).toMatchObject([{ record: { name: 'Contoso' }, relationship: 'contacts' }])
    expect(await cascade('unshare', lab, 'account/Contoso', '--with', 'bob')).toMatchObject({ code: 0 })
    const after = JSON.parse((await cascade('access', lab, '--user', 'bob', '--record', 'contact/Ann', '--json')).stdout)
    expect(after.shares).toEqual([])
  })

  test('roles are listed, and an unknown one is refused [SC3]', async () => {
    const lab = await environment('roles.cascade')

    expect((await cascade('roles', lab)).stdout).toMatch(/System Administrator/)
    expect((await cascade('roles', lab, '--role', 'System Administrator')).stdout).toMatch(/\*\s+Global/)
    const refused = await cascade('roles', lab, '--user', 'bob', '--set', 'Nobody')
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no role "Nobody"') })
  })
})
