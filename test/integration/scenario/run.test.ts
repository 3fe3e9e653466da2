import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { openEngine } from '#engine'
import { runFiles } from '../../../main/scenario/run-files.ts'
import { column, customizations, relationship, table, writeFiles } from '../../support/made-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'cascade-scenario-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

const model = `model:
  tables: { account: {}, contact: {} }
  relationships: [ { name: contacts, referenced: account, referencing: contact, attribute: parentcustomerid, behavior: Parental } ]
records: { account: [ { id: A, ownerid: alice } ], contact: [ { id: C, parentcustomerid: account/A } ] }
`

function written(text: string, name = `${++files}.yaml`): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const scenario = (steps: string, title = 'A run') => written(`scenario: ${title}\n${model}steps:\n${steps}`)

describe('the report', () => {
  test('says of each step what happened and of each expectation whether it held', async () => {
    const path = scenario(`  - name: hand over
    assign: { record: account/A, to: bob }
    expect: { affected: 3, records: { contact/C: { ownerid: bob } } }
  - delete: { record: account/A }
  - delete: { record: contact/C }
    expect: { outcome: Refused, error: { code: "0x80040217" } }
`)

    const report = await runFiles([path])

    const found = JSON.parse(JSON.stringify(report, (key, value: unknown) => (key === 'durationMs' ? 'some' : value))) as unknown
    expect(found).toEqual({
      passed: 0,
      failed: 1,
      scenarios: [
        {
          file: path,
          scenario: 'A run',
          outcome: 'failed',
          steps: [
            {
              index: 1,
              name: 'hand over',
              operation: 'assign',
              outcome: 'Completed',
              mode: 'Sync',
              affected: 2,
              error: null,
              durationMs: 'some',
              expectations: [
                { path: 'outcome', expected: 'Completed', actual: 'Completed', held: true },
                { path: 'affected', expected: 3, actual: 2, held: false },
                { path: 'records.contact/C.ownerid', expected: 'bob', actual: 'bob', held: true },
              ],
            },
            {
              index: 2,
              name: null,
              operation: 'delete',
              outcome: 'Completed',
              mode: 'Sync',
              affected: 2,
              error: null,
              durationMs: 'some',
              expectations: [{ path: 'outcome', expected: 'Completed', actual: 'Completed', held: true }],
            },
            {
              index: 3,
              name: null,
              operation: 'delete',
              outcome: 'Refused',
              mode: null,
              affected: null,
              durationMs: 'some',
              error: {
                code: '0x80040217',
                message: 'contact With Id = contact/C Does Not Exist',
                record: 'contact/C',
                hint: expect.stringContaining('It was deleted'),
              },
              expectations: [
                { path: 'outcome', expected: 'Refused', actual: 'Refused', held: true },
                { path: 'error.code', expected: '0x80040217', actual: '0x80040217', held: true },
              ],
            },
          ],
        },
      ],
    })
  })

  test('says of an invalid file what is wrong and where, and goes on with the next', async () => {
    const invalid = written('scenario: Misspelt\nmodle: {}\nsteps: []')
    const valid = scenario('  - check: {}\n')

    const report = await runFiles([invalid, valid])

    expect(report).toMatchObject({ passed: 1, failed: 1 })
    expect(report.scenarios[0]).toEqual({
      file: invalid,
      scenario: 'Misspelt',
      outcome: 'invalid',
      steps: [],
      error: { code: 'SCENARIO_INVALID', message: expect.stringContaining('Did you mean "model"?'), line: 2, column: 1 },
    })
  })

  test('carries the code of the platform where a design-time rule is broken', async () => {
    const path = written(`scenario: Two parents
model:
  tables: { account: {}, contact: {}, incident: {} }
  relationships:
    - { name: a, referenced: account, referencing: incident, attribute: customerid, behavior: Parental }
    - { name: c, referenced: contact, referencing: incident, attribute: primarycontactid, behavior: Parental }
steps: []`)

    const report = await runFiles([path])

    expect(report.scenarios[0]?.error).toMatchObject({ code: '0x80047007', line: 6 })
  })

  test('names a file that is not there', async () => {
    const report = await runFiles([join(folder, 'nowhere.yaml')])

    expect(report.scenarios[0]).toMatchObject({ outcome: 'invalid', error: { code: 'FILE_UNREADABLE', line: 1, column: 1 } })
  })
})

describe('an expectation that does not hold', () => {
  test.each([
    ['outcome', 'outcome: Refused', 'outcome', 'Refused', 'Completed'],
    ['mode', 'mode: Async', 'mode', 'Async', 'Sync'],
    ['affected', 'affected: 7', 'affected', 7, 2],
    ['error', 'error: { code: "0x80040227" }', 'error.code', '0x80040227', null],
    ['a message of an error', 'error: { message: gone }', 'error.message', '/gone/', null],
    ['a job where there is none', 'job: { batches: 1 }', 'job', 'a job', null],
    ['an absent record', 'records: { contact/C: absent }', 'records.contact/C', 'absent', 'present'],
    ['a lookup', 'records: { contact/C: { parentcustomerid: null } }', 'records.contact/C.parentcustomerid', null, 'account/A'],
    ['an owner', 'records: { contact/C: { ownerid: alice } }', 'records.contact/C.ownerid', 'alice', 'bob'],
    ['a scalar', 'records: { contact/C: { name: Ann } }', 'records.contact/C.name', 'Ann', null],
    ['count', 'count: [ { table: contact, where: { ownerid: bob }, equals: 2 } ]', 'count[0].contact', 2, 1],
    ['jobs', 'jobs: [ { outcome: Completed } ]', 'jobs.length', 1, 0],
    ['events', 'events: [ { message: cascadeAsync_SuccessAPI, count: 1 } ]', 'events[0].cascadeAsync_SuccessAPI', 1, 0],
  ])('shows expected and actual: %s', async (_, expectation, path, expected, actual) => {
    const report = await runFiles([scenario(`  - { assign: { record: account/A, to: bob }, expect: { ${expectation} } }\n`)])

    const lines = report.scenarios[0]?.steps[0]?.expectations.filter(({ held }) => !held)
    expect(lines?.[0]).toEqual({ path, expected, actual, held: false })
    expect(report).toMatchObject({ passed: 0, failed: 1 })
  })

  test('of a job shows each fact that differs', async () => {
    const report = await runFiles([
      scenario(
        '  - { assign: { record: account/A, to: bob }, mode: Async, expect: { job: { batches: 2, createdBy: alice, name: Delete, messages: [unheard] } } }\n',
      ),
    ])

    const lines = report.scenarios[0]?.steps[0]?.expectations.filter(({ held }) => !held)
    expect(lines?.map(({ path }) => path)).toEqual(['job.batches', 'job.name', 'job.createdBy', 'job.messages[0]'])
  })

  test('of a plan shows each fact that differs', async () => {
    const report = await runFiles([
      scenario(
        '  - { check: { preview: { delete: { record: account/A } } }, expect: { plan: { mode: Async, affected: 1, byTable: { account: 1 }, blockedBy: [contact/C], reasons: [unheard] } } }\n',
      ),
    ])

    const lines = report.scenarios[0]?.steps[0]?.expectations.filter(({ held }) => !held)
    expect(lines?.map(({ path }) => path)).toEqual(['plan.mode', 'plan.affected', 'plan.byTable', 'plan.blockedBy', 'plan.reasons[0]'])
  })
})

describe('what others do during a step', () => {
  const points = (points: string, mode = 'Async') =>
    scenario(`  - { assign: { record: account/A, to: bob }, mode: ${mode}, during: [ ${points} ] }\n`)
  const missed = async (path: string) => {
    const report = await runFiles([path])
    return report.scenarios[0]?.steps.flatMap(({ expectations }) => expectations.filter(({ held }) => !held))
  }

  test('is reported with the step, each with its place', async () => {
    const path = points(
      '{ at: { beforeBatch: 1 }, do: { update: { record: contact/C, set: { name: X } } }, expect: { mode: Sync, affected: 2 } }',
    )

    const report = await runFiles([path])

    expect(report.scenarios[0]?.steps[0]?.expectations).toEqual([
      { path: 'outcome', expected: 'Completed', actual: 'Completed', held: true },
      { path: 'during[0].outcome', expected: 'Completed', actual: 'Completed', held: true },
      { path: 'during[0].mode', expected: 'Sync', actual: 'Sync', held: true },
      { path: 'during[0].affected', expected: 2, actual: 1, held: false },
    ])
    expect(report).toMatchObject({ passed: 0, failed: 1 })
  })

  test('must come to its end unless it says otherwise', async () => {
    const path = points('{ at: { insideBatch: 1 }, do: { update: { record: contact/C, set: { name: X } } } }')

    expect(await missed(path)).toEqual([{ path: 'during[0].outcome', expected: 'Completed', actual: 'Refused', held: false }])
  })

  test.each([
    ['beforeBatch: 2', 'Async'],
    ['insideBatch: 7', 'Async'],
    ['afterBatch: 2', 'Async'],
    ['beforeAttempt: 2', 'Async'],
    ['beforeRecord: account/Elsewhere', 'Async'],
    ['beforeBatch: 1', 'Sync'],
    ['insideBatch: 2', 'Sync'],
    ['afterBatch: 1', 'Sync'],
    ['beforeRecord: contact/C', 'Sync'],
    ['beforeAttempt: 2', 'Sync'],
  ])('fails the step where its moment never comes: %s of a cascade that is %s', async (place, mode) => {
    const path = written(`scenario: Never\n${model.replace('{ id: A,', '{ id: Elsewhere }, { id: A,')}steps:
  - { assign: { record: account/A, to: bob }, mode: ${mode}, during: [ { at: { ${place} }, do: { check: {} } } ] }\n`)

    expect(await missed(path)).toEqual([{ path: 'during[0].at', expected: place, actual: 'never', held: false }])
  })

  test('fails a detached step as well, whose job the run waits for', async () => {
    const path = scenario(
      '  - { assign: { record: account/A, to: bob }, mode: Async, detach: true, during: [ { at: { afterBatch: 1 }, do: { check: {} } }, { at: { beforeBatch: 2 }, do: { check: {} } } ] }\n',
    )

    expect(await missed(path)).toEqual([{ path: 'during[1].at', expected: 'beforeBatch: 2', actual: 'never', held: false }])
  })

  test('fails a step that is refused before its first moment', async () => {
    const path = scenario(
      '  - { delete: { record: contact/C } }\n  - { delete: { record: contact/C }, expect: { outcome: Refused }, during: [ { at: { afterPlan: true }, do: { check: {} } } ] }\n',
    )

    expect(await missed(path)).toEqual([{ path: 'during[0].at', expected: 'afterPlan: true', actual: 'never', held: false }])
  })
})

describe('a step that speaks of a job', () => {
  test.each(['wait', 'resume', 'reexecute', 'cancel'])('is refused where no step has started one: %s', async (operation) => {
    const report = await runFiles([scenario(`  - { name: first, ${operation}: { job: last } }\n  - { ${operation}: { job: first } }\n`)])

    expect(report.scenarios[0]?.steps.map(({ outcome, error }) => [outcome, error?.message])).toEqual([
      ['Refused', 'No step has started a job yet.'],
      ['Refused', 'Step "first" started no job.'],
    ])
  })
})

describe('the environment', () => {
  test('is fresh for each file and gone afterwards', async () => {
    // Others make temporary folders of the same kind at the same time.
    const temporary = mkdtempSync(join(folder, 'temporary-'))
    vi.stubEnv('TMPDIR', temporary)
    onTestFinished(() => void vi.unstubAllEnvs())
    const first = scenario('  - create: { record: contact/Extra }\n')
    const second = scenario('  - { check: {}, expect: { count: [ { table: contact, equals: 1 } ] } }\n')

    const report = await runFiles([first, second])

    expect(report.passed).toBe(2)
    expect(readdirSync(temporary).filter((name) => !name.startsWith('cascade-workbench-locks'))).toEqual([])
  })

  test('of the last file can be kept, in place of an older one', async () => {
    const kept = join(folder, 'kept.cascade')
    const countOf = () => {
      const engine = openEngine({ path: kept, mode: 'open', now: Date.now, newId: () => crypto.randomUUID() })
      const count = engine.as('admin').countRecords('contact')
      engine.close()
      return count
    }

    await runFiles([scenario('  - create: { record: contact/Extra }\n')], { environment: kept })
    const first = countOf()
    await runFiles([scenario('  - check: {}\n')], { environment: kept })

    expect([first, countOf()]).toEqual([2, 1])
    expect(readdirSync(folder).filter((name) => name.startsWith('kept.cascade'))).toEqual(['kept.cascade'])
  })

  test('never takes the place of another kind of file', async () => {
    const precious = written('precious', 'precious.txt')
    const path = scenario('  - check: {}\n')

    await expect(runFiles([path], { environment: precious })).rejects.toMatchObject({ code: 'ENVIRONMENT_UNUSABLE' })

    expect(readFileSync(precious, 'utf8')).toBe('precious')
  })

  test('is not kept where every file is invalid', async () => {
    const kept = join(folder, 'never.cascade')

    await runFiles([written('scenario: x')], { environment: kept })

    expect(existsSync(kept)).toBe(false)
  })
})

describe('an imported model', () => {
  writeFiles(join(folder, 'solution'), {
    'customizations.xml': customizations(
      table('lab_Parent') + table('lab_Child', column('lab_ParentId', 'lookup')),
      relationship('lab_r', 'lab_Parent', 'lab_Child', 'lab_ParentId', { Assign: 'Cascade', Delete: 'Cascade' }),
    ),
  })

  test('is used with what the file adds and overrides', async () => {
    const path = written(`scenario: Imported
model:
  import: ./solution/customizations.xml
  tables: { lab_child: { columns: { size: Integer } }, note: {} }
  relationships: [ { name: notes, referenced: lab_child, referencing: note, attribute: childid, cascade: { Assign: Cascade } } ]
records:
  lab_parent: [ { id: P, lab_name: Parent } ]
  lab_child: [ { id: C, lab_parentid: lab_parent/P, size: 3 } ]
  note: [ { id: N, childid: lab_child/C } ]
steps:
  - assign: { record: lab_parent/P, to: bob }
    expect: { affected: 3, records: { lab_child/C: { ownerid: bob, size: 3 }, note/N: { ownerid: bob } } }
`)

    const report = await runFiles([path])

    expect(report.scenarios[0]).toMatchObject({ outcome: 'passed' })
  })

  test('keeps Remove Link on a lookup that cannot be empty, and refuses the delete that would empty it [DL10, RC5, RC6, RC7]', async () => {
    writeFiles(join(folder, 'required'), {
      'customizations.xml': customizations(
        table('lab_Parent') +
          table(
            'lab_Child',
            column('lab_ParentId', 'lookup', '<RequiredLevel>required</RequiredLevel>') +
              column('lab_Code', 'nvarchar', '<RequiredLevel>required</RequiredLevel><MaxLength>3</MaxLength>') +
              column('lab_Key', 'nvarchar', '<RequiredLevel>systemrequired</RequiredLevel>') +
              column('lab_Kind', 'picklist', '<optionset><options><option value="1" /></options></optionset>') +
              column('IndustryCode', 'picklist', '<optionset><options><option value="100000000" /></options></optionset>'),
          ),
        relationship('lab_r', 'lab_Parent', 'lab_Child', 'lab_ParentId', { Delete: 'RemoveLink' }),
      ),
    })
    const path = written(`scenario: Imported
model: { import: ./required/customizations.xml }
records: { lab_parent: [ { id: P } ] }
steps:
  - create: { record: lab_child/C, set: { lab_parentid: lab_parent/P, industrycode: 5 } }
  - delete: { record: lab_parent/P }
    expect: { outcome: Refused, error: { code: "0x80048104", message: "lab_child" }, records: { lab_child/C: { lab_parentid: lab_parent/P } } }
  - update: { record: lab_child/C, set: { lab_code: long } }
    expect: { outcome: Refused, error: { code: "0x80044331" } }
  - update: { record: lab_child/C, set: { lab_key: null } }
    expect: { outcome: Refused, error: { code: "0x80040203" } }
  - update: { record: lab_child/C, set: { lab_kind: 2 } }
    expect: { outcome: Refused, error: { code: "0x8004431A" } }
`)

    const report = await runFiles([path])

    expect(report.scenarios[0]).toMatchObject({ outcome: 'passed' })
  })

  test('brings N:N relationships that rows can be linked by [NN1]', async () => {
    const manyToMany = (name: string, first: string, second: string, intersect: string) =>
      `<EntityRelationship Name="${name}"><EntityRelationshipType>ManyToMany</EntityRelationshipType><FirstEntityName>${first}</FirstEntityName><SecondEntityName>${second}</SecondEntityName><IntersectEntityName>${intersect}</IntersectEntityName></EntityRelationship>`
    writeFiles(join(folder, 'many'), {
      'customizations.xml': customizations(table('lab_A') + table('lab_B'), manyToMany('lab_A_B', 'lab_A', 'lab_B', 'lab_ab_cross')),
    })
    const path = written(`scenario: Imported
model: { import: ./many/customizations.xml }
records: { lab_a: [ { id: A } ], lab_b: [ { id: B }, { id: C } ] }
links: [ { relationship: lab_a_b, record: lab_b/B, with: [lab_a/A] } ]
steps:
  - associate: { relationship: lab_A_B, record: lab_a/A, with: [lab_b/C] }
    expect: { links: [ { relationship: lab_A_B, record: lab_a/A, with: [lab_b/B, lab_b/C] } ] }
  - delete: { record: lab_b/B }
    expect: { links: [ { relationship: lab_A_B, record: lab_a/A, with: [lab_b/C] } ], integrity: true }
`)

    const report = await runFiles([path])

    expect(report.scenarios[0]).toMatchObject({ outcome: 'passed' })
  })

  test('gives its names to the checks', async () => {
    const path = written(`scenario: Imported\nmodel: { import: ./solution/customizations.xml }\nrecords: { lab_parnt: [] }\nsteps: []`)

    const report = await runFiles([path])

    expect(report.scenarios[0]?.error).toMatchObject({ line: 3, column: 12, message: expect.stringContaining('Did you mean "lab_parent"') })
  })

  test('that is not there makes the file invalid at its path', async () => {
    const report = await runFiles([written(`scenario: Imported\nmodel: { import: ./nothing.zip }\nsteps: []`)])

    expect(report.scenarios[0]).toMatchObject({ outcome: 'invalid', error: { line: 2, column: 18 } })
  })
})

describe('folders and filters', () => {
  test('a folder stands for its YAML files in order, and a filter looks at path and title', async () => {
    const nested = join(folder, 'nested')
    const text = (title: string) => `scenario: ${title}\nmodel: {}\nsteps: []`
    writeFiles(nested, { 'b.yaml': text('Second'), 'a/z.yml': text('First'), 'notes.txt': 'no' })

    const all = await runFiles([nested])
    const second = await runFiles([nested], { filter: /^Second$/m })
    const zed = await runFiles([nested], { filter: /z\.yml/ })

    expect(all.scenarios.map(({ scenario: title }) => title)).toEqual(['First', 'Second'])
    expect(second.scenarios.map(({ scenario: title }) => title)).toEqual(['Second'])
    expect(zed.scenarios.map(({ scenario: title }) => title)).toEqual(['First'])
  })
})

test('two users of one name are two users, each given by GUID, as caller, owner and author of a job [ID1, ID2]', async () => {
  const [anna, other] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b']
  const users = [anna, other].map((id) => `<record id="${id}"><field name="fullname" value="Anna Lee" /></record>`).join('')
  writeFiles(join(folder, 'twins'), {
    'data_schema.xml': `<entities><entity name="systemuser" displayname="User" primaryidfield="systemuserid" primarynamefield="fullname"><fields>
      <field displayname="User" name="systemuserid" type="guid" primaryKey="true" /><field displayname="Name" name="fullname" type="string" />
    </fields></entity></entities>`,
    'data.xml': `<entities timestamp="2026"><entity name="systemuser" displayname="User"><records>${users}</records></entity></entities>`,
  })
  const twins = (steps: string) =>
    written(`scenario: Twins
model:
  import: ./twins
  tables: { account: {}, contact: {} }
  relationships: [ { name: contacts, referenced: account, referencing: contact, attribute: parentcustomerid, behavior: Parental } ]
records: { account: [ { id: A, ownerid: ${anna} } ], contact: [ { id: C, parentcustomerid: account/A, ownerid: ${other} } ] }
steps:
${steps}`)

  const byId = await runFiles([
    twins(`  - assign: { record: account/A, to: ${other} }
    as: ${anna}
    mode: Async
    expect: { job: { createdBy: ${anna} }, records: { account/A: { ownerid: ${other}, modifiedby: ${anna} } } }
  - setUser: { user: ${anna}, disabled: true }
  - update: { record: contact/C, set: { name: N } }
    as: ${other}
    expect: { records: { contact/C: { modifiedby: ${other}, ownerid: ${other} } } }
  - update: { record: contact/C, set: { name: N } }
    as: ${anna}
    expect: { outcome: Refused, error: { code: "0x80040225" } }
`),
  ])
  const byName = await runFiles([
    twins(`  - update: { record: account/A, set: { name: N } }
    as: Anna Lee
`),
  ])

  expect(byId.scenarios).toMatchObject([{ outcome: 'passed' }])
  expect(byName.scenarios).toMatchObject([
    { outcome: 'invalid', error: { code: 'NAME_AMBIGUOUS', message: expect.stringContaining('Anna Lee') } },
  ])
})
