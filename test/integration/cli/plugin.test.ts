import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cascade, cascadeAs, start } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'cascade-cli-plugin-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const at = (...names: string[]) => join(folder, ...names)
function written(name: string, text: string): string {
  mkdirSync(join(at(name), '..'), { recursive: true })
  writeFileSync(at(name), text)
  return at(name)
}

/** A module file whose default export has these fields besides the usual ones. */
const moduleFile = (name: string, fields: string) =>
  written(`${name}.js`, `export default {\n  name: '${name}', version: '1.2.0', apiVersion: 1,\n  ${fields}\n}\n`)

/** An environment with accounts, some of them closed, and users; made by a scenario, so without anybody's agreement. */
async function environment(name: string): Promise<string> {
  const scenario = written(
    `${name}.yaml`,
    `scenario: ${name}
model: { tables: { account: {}, task: {} } }
records:
  account: [ { id: O, name: Open, ownerid: alice }, { id: C, name: Closed, ownerid: alice, statecode: 1 } ]
steps: [ { check: {}, as: bob } ]
`,
  )
  expect(await cascade('run', scenario, '--env', at(name))).toMatchObject({ code: 0 })
  return at(name)
}

describe('cascade plugin new', () => {
  test.each([
    [
      'TypeScript',
      [],
      [
        'README.md',
        'index.ts',
        'package.json',
        'scenarios/closed-account.yaml',
        'scenarios/in-a-job.yaml',
        'test/index.test.ts',
        'tsconfig.json',
      ],
    ],
    [
      'JavaScript',
      ['--js'],
      ['README.md', 'index.js', 'package.json', 'scenarios/closed-account.yaml', 'scenarios/in-a-job.yaml', 'test/index.test.js'],
    ],
  ])('writes a plug-in in %s that is accepted and passes its own scenarios', async (language, options, files) => {
    const name = `close-guard-${language.toLowerCase()}`

    const made = await cascade('plugin', 'new', name, '--into', folder, '--json', ...options)
    const checked = await cascade('plugin', 'check', at(name), '--json')
    const tested = await cascade('plugin', 'test', at(name))

    expect(made).toMatchObject({ code: 0 })
    expect((JSON.parse(made.stdout) as { files: string[] }).files.sort()).toEqual(files)
    expect(checked).toMatchObject({ code: 0 })
    expect(JSON.parse(checked.stdout)).toMatchObject({ manifest: { name, version: '1.0.0', permissions: [] }, unchecked: [] })
    expect(tested).toMatchObject({ code: 0, stdout: expect.stringContaining('2 passed') })
  })

  test('touches nothing that is there already', async () => {
    const readme = written('taken/README.md', 'Mine')

    const { code, stderr } = await cascade('plugin', 'new', 'taken', '--into', folder)

    expect(code).toBe(2)
    expect(stderr).toContain('exists already')
    expect(readFileSync(readme, 'utf8')).toBe('Mine')
    expect(existsSync(at('taken', 'package.json'))).toBe(false)
  })

  test.each(['Close Guard', '../outside'])('refuses the name %j', async (name) => {
    expect(await cascade('plugin', 'new', '--into', folder, '--', name)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no name for a plug-in'),
    })
  })
})

describe('cascade plugin check', () => {
  test('says what would be installed: permissions, steps in order, and the hash of each file', async () => {
    const path = moduleFile(
      'shown',
      `permissions: ['env'], steps: [
    { message: 'Update', table: 'account', stage: 'PostOperation', handler() {} },
    { message: 'Update', table: 'account', stage: 'PreOperation', rank: 7, filteringAttributes: ['ownerid'], handler() {} },
  ],`,
    )

    const { code, stdout } = await cascade('plugin', 'check', path)

    expect(code).toBe(0)
    expect(stdout).toMatch(/plug-in +shown\nversion +1\.2\.0/)
    expect(stdout).toContain('env: read the environment variables')
    expect(stdout).toMatch(/PreOperation +7 .*ownerid.*PostOperation +1 /s)
    expect(stdout).toMatch(/shown\.js .*[0-9a-f]{64}/)
    expect(stdout).toContain('It would be accepted.')
  })

  test('says file, line and allowed values of what does not fit, with exit 2', async () => {
    const path = moduleFile('misspelt', `steps: [{ message: 'Updat', table: 'account', stage: 'PreOperation', handler() {} }],`)

    const { code, stdout, stderr } = await cascade('plugin', 'check', path)

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('PLUGIN_INVALID')
    expect(stderr).toContain('misspelt.js')
    expect(stderr).toContain('message')
    expect(stderr).toContain('SetState')
  })

  test('says where a syntax error is', async () => {
    const path = written('broken.ts', "export default {\n  name: 'broken',\n  steps: [}\n")

    const { code, stderr } = await cascade('plugin', 'check', path)

    expect(code).toBe(2)
    expect(stderr).toContain('broken.ts:3')
  })

  test('takes tables and columns as given, and refuses unknown ones against an environment', async () => {
    const lab = await environment('check.cascade')
    const path = moduleFile(
      'elsewhere',
      `steps: [{ message: 'Update', table: 'new_project', stage: 'PreOperation', filteringAttributes: ['new_phase'], runAs: 'Automation', handler() {} }],`,
    )

    const alone = await cascade('plugin', 'check', path)
    const against = await cascade('plugin', 'check', path, '--env', lab)

    expect(alone).toMatchObject({
      code: 0,
      stderr: 'Not checked without --env: table new_project, new_project.new_phase, user Automation.\n',
    })
    expect(against).toMatchObject({ code: 2, stderr: expect.stringContaining('new_project') })
  })
})

describe('cascade plugin test', () => {
  const guard = () => at('tested')
  beforeAll(async () => {
    expect(await cascade('plugin', 'new', 'tested', '--js', '--into', folder)).toMatchObject({ code: 0 })
  })

  test('fails with the plug-in that is wrong', async () => {
    const source = readFileSync(join(guard(), 'index.js'), 'utf8')
    writeFileSync(join(guard(), 'index.js'), source.replace('statecode === 1', 'statecode === 2'))

    const failed = await cascade('plugin', 'test', guard())

    writeFileSync(join(guard(), 'index.js'), source)
    expect(failed).toMatchObject({ code: 1, stdout: expect.stringContaining('expected Refused, found Completed') })
    expect(await cascade('plugin', 'test', guard())).toMatchObject({ code: 0 })
  })

  test('takes the scenarios beside a module file', async () => {
    const path = written('alone/alone.js', `export default { name: 'alone', version: '1.0.0', apiVersion: 1, steps: [] }\n`)
    written(
      'alone/one.yaml',
      'scenario: one\nmodel: { tables: { account: {} } }\nplugins: [ { path: alone.js } ]\nsteps: [ { check: {} } ]\n',
    )
    written('alone/node_modules/other/two.yaml', 'no scenario at all')

    expect(await cascade('plugin', 'test', path)).toMatchObject({ code: 0, stdout: expect.stringContaining('1 passed') })
  })

  test('without a scenario says so', async () => {
    mkdirSync(at('bare'))

    expect(await cascade('plugin', 'test', at('bare'))).toMatchObject({ code: 2, stderr: expect.stringContaining('no scenario to run') })
  })

  test('runs again after every change, and ends with Ctrl+C', async () => {
    const source = readFileSync(join(guard(), 'index.js'), 'utf8')
    const watching = start(['plugin', 'test', guard(), '--watch'])

    await watching.heard('2 passed')
    await watching.heard('Waiting for changes')
    writeFileSync(join(guard(), 'index.js'), source.replace('statecode === 1', 'statecode === 2'))
    await watching.heard('expected Refused, found Completed')
    writeFileSync(join(guard(), 'index.js'), source)
    await watching.heardTimes('2 passed', 2)
    watching.kill('SIGINT')

    expect(await watching.ended).toMatchObject({ code: 130 })
  })
})

describe('in an environment', () => {
  let lab = ''
  let guard = ''
  beforeAll(async () => {
    lab = await environment('installed.cascade')
    expect(await cascade('plugin', 'new', 'guard', '--into', folder)).toMatchObject({ code: 0 })
    guard = at('guard')
  })

  test('nothing is installed without a yes, and what it is about is shown', async () => {
    const { code, stdout, stderr } = await cascade('plugin', 'install', lab, guard)

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('none: it reaches nothing but the records')
    expect(stderr).toMatch(/index\.ts .*[0-9a-f]{64}/)
    expect(stderr).toContain('Add --yes')
    expect(await cascade('plugin', 'list', lab)).toMatchObject({ code: 0, stdout: 'There are no plug-ins.\n' })
  })

  test('an installed plug-in takes part in cascades, and the trace log has its runs', async () => {
    const installed = await cascade('plugin', 'install', lab, guard, '--yes')
    const refused = await cascade('assign', lab, 'account/Closed', '--to', 'bob')
    const done = await cascade('assign', lab, 'account/Open', '--to', 'bob')
    const traced = await cascade('plugin', 'trace', lab)
    const errors = await cascade('plugin', 'trace', lab, '--errors', '--json')

    expect(installed).toMatchObject({ code: 0, stdout: 'Installed guard 1.0.0: Enabled.\n' })
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('0x80040265') })
    expect(refused.stderr).toContain('Closed accounts keep their owner')
    expect(done).toMatchObject({ code: 0 })
    expect(traced.stdout).toMatch(
      /guard {2}Update of account "Closed" .* refused 0x80040265.*guard {2}Update of account "Open".*Open gets another owner/s,
    )
    expect((JSON.parse(errors.stdout) as { outcome: string }[]).map(({ outcome }) => outcome)).toEqual(['refused'])
  })

  test('a name that is taken needs --replace', async () => {
    const again = await cascade('plugin', 'install', lab, guard, '--yes')
    const replaced = await cascade('plugin', 'install', lab, guard, '--yes', '--replace')

    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('guard') })
    expect(replaced).toMatchObject({ code: 0 })
  })

  test('its steps are listed in order, for a table and a message', async () => {
    const found = await cascade('plugin', 'steps', lab, '--table', 'account', '--message', 'Update', '--json')

    expect(JSON.parse(found.stdout)).toMatchObject([{ plugin: 'guard', stage: 'PreOperation', message: 'Update', status: 'Enabled' }])
    expect(await cascade('plugin', 'steps', lab, '--message', 'Delete')).toMatchObject({ code: 0, stdout: 'No step runs here.\n' })
    expect(await cascade('plugin', 'steps', lab, '--table', 'nowhere')).toMatchObject({ code: 2 })
  })

  test('a disabled plug-in takes no part, and is enabled again without a question', async () => {
    const disabled = await cascade('plugin', 'disable', lab, 'guard')
    const done = await cascade('assign', lab, 'account/Closed', '--to', 'bob')
    const enabled = await cascade('plugin', 'enable', lab, 'guard')

    expect(disabled).toMatchObject({ code: 0, stdout: 'guard 1.0.0: Disabled.\n' })
    expect(done).toMatchObject({ code: 0 })
    expect(enabled).toMatchObject({ code: 0, stdout: 'guard 1.0.0: Enabled.\n' })
  })

  test('whoever gets the environment must agree before its plug-ins run', async () => {
    const elsewhere = mkdtempSync(join(folder, 'elsewhere-'))

    const listed = await cascadeAs(elsewhere, 'plugin', 'list', lab, '--json')
    const refused = await cascadeAs(elsewhere, 'assign', lab, 'account/Open', '--to', 'alice')
    const asked = await cascadeAs(elsewhere, 'plugin', 'enable', lab, 'guard')
    const enabled = await cascadeAs(elsewhere, 'plugin', 'enable', lab, 'guard', '--yes')
    const done = await cascadeAs(elsewhere, 'assign', lab, 'account/Open', '--to', 'alice')

    expect(JSON.parse(listed.stdout)).toMatchObject([{ name: 'guard', status: 'Waiting for agreement' }])
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('PLUGIN_NOT_AGREED') })
    expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining('Add --yes') })
    expect(enabled).toMatchObject({ code: 0, stdout: 'guard 1.0.0: Enabled.\n' })
    expect(done).toMatchObject({ code: 0 })
  })

  test('what asynchronous steps do is done when the command ends, and their jobs are listed with --all', async () => {
    const note = moduleFile(
      'note',
      `steps: [{ message: 'Assign', table: 'account', stage: 'PostOperation', mode: 'Async', async handler({ service, primaryEntityId }) {
    await Promise.resolve()
    service.create('task', { name: 'Call ' + primaryEntityId })
  } }],`,
    )
    const own = await environment('async.cascade')
    await cascade('plugin', 'install', own, note, '--yes')

    const done = await cascade('assign', own, 'account/Open', '--to', 'bob')
    const listed = await cascade('jobs', own, 'list', '--json')
    const failed = await cascade('jobs', own, 'list', '--view', 'step', '--status', 'Failed', '--json')

    expect(done).toMatchObject({ code: 0 })
    expect(JSON.parse(listed.stdout)).toMatchObject({ jobs: [{ kind: 'step', plugin: 'note', status: 'Completed' }], total: 1 })
    expect(JSON.parse(failed.stdout)).toEqual({ jobs: [], total: 0 })
  })

  test('a removed plug-in is gone, and a second time there is nothing to remove', async () => {
    const removed = await cascade('plugin', 'remove', lab, 'guard')
    const again = await cascade('plugin', 'remove', lab, 'guard')

    expect(removed).toMatchObject({ code: 0, stdout: 'Removed guard.\n' })
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('guard') })
    expect(await cascade('plugin', 'list', lab)).toMatchObject({ stdout: 'There are no plug-ins.\n' })
  })
})
