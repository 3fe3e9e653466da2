import { describe, expect, test } from 'vitest'
import { LINES_BEFORE, refusalOf, withAccounts } from './read.ts'

interface InvalidCase {
  title: string
  /** Added to the scenario of accounts and contacts. */
  text: string
  /** Place in the added text. */
  at: [line: number, column: number]
  message: RegExp
}

const record = 'records: { account: [ { id: A } ] }\n'

const CASES: InvalidCase[] = [
  {
    title: 'an unknown key at the top',
    text: 'setings: {}',
    at: [1, 1],
    message: /Unknown key "setings" in a scenario\. Did you mean "settings"\?/,
  },
  { title: 'an unknown setting', text: 'settings: { batchsize: 5 }', at: [1, 13], message: /Did you mean "batchSize"/ },
  {
    title: 'a setting of a wrong type',
    text: 'settings: { asyncCascades: 1 }',
    at: [1, 28],
    message: /Expected true or false, found the number 1/,
  },
  {
    title: 'explicit thresholds without all three',
    text: 'settings: { thresholds: { Assign: 1, Delete: 2 } }',
    at: [1, 25],
    message: /"Merge" is missing in thresholds/,
  },
  { title: 'an unknown thresholds profile', text: 'settings: { thresholds: docs-2021 }', at: [1, 25], message: /Did you mean "docs-20/ },
  {
    title: 'a misspelt key in security',
    text: 'security: { users: { alice: { busnessUnit: root } } }',
    at: [1, 31],
    message: /Did you mean "businessUnit"/,
  },
  { title: 'an undeclared role', text: 'security: { users: { alice: { roles: [Sales] } } }', at: [1, 39], message: /no role "Sales"/ },
  {
    title: 'an undeclared unit',
    text: 'security: { users: { alice: { businessUnit: emea } } }',
    at: [1, 45],
    message: /no business unit "emea"/,
  },
  { title: 'an undeclared team member', text: 'security: { teams: { t: { members: [bob] } } }', at: [1, 37], message: /no user "bob"/ },
  {
    title: 'a plug-in with both path and module',
    text: 'plugins: [ { path: x, module: y } ]',
    at: [1, 12],
    message: /either "path" or "module"/,
  },
  { title: 'a misspelt key in a plug-in', text: 'plugins: [ { pth: x } ]', at: [1, 14], message: /Did you mean "path"/ },

  {
    title: 'records of an undeclared table',
    text: 'records: { acount: [] }',
    at: [1, 12],
    message: /no table "acount".*Did you mean "account"/,
  },
  { title: 'a record without id', text: 'records: { account: [ { name: X } ] }', at: [1, 23], message: /"id" is missing/ },
  {
    title: 'an unknown column',
    text: 'records: { account: [ { id: A, nmae: X } ] }',
    at: [1, 32],
    message: /no column "nmae".*Did you mean "name"/,
  },
  {
    title: 'an owner on a table without owners',
    text: 'records: { region: [ { id: R, ownerid: alice } ] }',
    at: [1, 31],
    message: /no column "ownerid"/,
  },
  { title: 'a duplicate alias', text: 'records: { account: [ { id: A }, { id: A } ] }', at: [1, 40], message: /two records account\/A/ },
  {
    title: 'a text where money belongs',
    text: 'records: { account: [ { id: A, creditlimit: much } ] }',
    at: [1, 45],
    message: /Expected a number for creditlimit \(Money\), found "much"/,
  },
  { title: 'a date that is none', text: 'records: { account: [ { id: A, opened: tomorrow } ] }', at: [1, 40], message: /Expected a date/ },
  { title: 'a number where a flag belongs', text: 'records: { account: [ { id: A, vip: 1 } ] }', at: [1, 37], message: /true or false/ },
  {
    title: 'a fraction where a whole number belongs',
    text: 'records: { account: [ { id: A, size: 1.5 } ] }',
    at: [1, 38],
    message: /whole number/,
  },
  {
    title: 'a lookup to a record that the file does not define',
    text: 'records: { contact: [ { id: C, parentcustomerid: account/Z } ] }',
    at: [1, 50],
    message: /does not define a record account\/Z/,
  },
  {
    title: 'a lookup to a record that only a step makes',
    text: 'records: { contact: [ { id: C, parentcustomerid: account/Z } ] }\nsteps: [ { create: { record: account/Z } } ]',
    at: [1, 50],
    message: /does not define/,
  },
  {
    title: 'a lookup to a table that it does not take',
    text: 'records: { region: [ { id: R } ], contact: [ { id: C, parentcustomerid: region/R } ] }',
    at: [1, 73],
    message: /takes account, not region/,
  },
  {
    title: 'a lookup that is no table/id',
    text: 'records: { contact: [ { id: C, parentcustomerid: A } ] }',
    at: [1, 50],
    message: /table\/id/,
  },

  {
    title: 'chain beside per',
    text: 'generate: [ { table: account, id: G, chain: 3, per: account, attribute: parentaccountid } ]',
    at: [1, 53],
    message: /either "chain" or "per"/,
  },
  {
    title: 'chain beside count',
    text: 'generate: [ { table: account, id: G, chain: 3, count: 2, attribute: parentaccountid } ]',
    at: [1, 55],
    message: /either "chain" or "count"/,
  },
  {
    title: 'chain without attribute',
    text: 'generate: [ { table: account, id: G, chain: 3 } ]',
    at: [1, 13],
    message: /"attribute" is missing/,
  },
  {
    title: 'per without attribute',
    text: 'generate: [ { table: contact, id: G, per: account } ]',
    at: [1, 13],
    message: /"attribute" is missing/,
  },
  { title: 'a rule without a number of rows', text: 'generate: [ { table: contact, id: G } ]', at: [1, 13], message: /"count" is missing/ },
  {
    title: 'where without per',
    text: 'generate: [ { table: contact, id: G, count: 1, where: {} } ]',
    at: [1, 55],
    message: /"where" needs "per"/,
  },
  {
    title: 'an attribute that leads elsewhere',
    text: 'generate: [ { table: contact, id: G, per: contact, attribute: parentcustomerid } ]',
    at: [1, 63],
    message: /not a lookup to contact/,
  },
  {
    title: 'set and per on one lookup',
    text: `${record}generate: [ { table: contact, id: G, per: account, attribute: parentcustomerid, set: { parentcustomerid: account/A } } ]`,
    at: [2, 88],
    message: /both say/,
  },
  {
    title: 'a generated alias that exists already',
    text: 'records: { account: [ { id: G2 } ] }\ngenerate: [ { table: account, id: G, count: 2 } ]',
    at: [2, 35],
    message: /two records account\/G2/,
  },
  { title: 'a count of none', text: 'generate: [ { table: account, id: G, count: 0 } ]', at: [1, 45], message: /from 1 to/ },

  {
    title: 'a step without an operation',
    text: 'steps:\n  - { name: nothing }',
    at: [2, 5],
    message: /holds exactly one operation, and this one holds none/,
  },
  {
    title: 'a step with two operations',
    text: `${record}steps:\n  - { delete: { record: account/A }, check: {} }`,
    at: [3, 38],
    message: /exactly one operation/,
  },
  {
    title: 'a misspelt operation',
    text: 'steps:\n  - { asign: { record: account/A, to: bob } }',
    at: [2, 7],
    message: /Did you mean "assign"/,
  },
  {
    title: 'a misspelt field of an operation',
    text: `${record}steps: [ { assign: { record: account/A, too: bob } } ]`,
    at: [2, 41],
    message: /Unknown key "too" in assign\. Did you mean "to"/,
  },
  {
    title: 'a missing field of an operation',
    text: `${record}steps: [ { assign: { record: account/A } } ]`,
    at: [2, 20],
    message: /"to" is missing in assign/,
  },
  {
    title: 'a record that the file neither defines nor creates',
    text: `${record}steps: [ { delete: { record: account/B } } ]`,
    at: [2, 30],
    message: /neither defines nor creates a record account\/B/,
  },
  { title: 'a record of an undeclared table', text: 'steps: [ { delete: { record: lead/B } } ]', at: [1, 30], message: /no table "lead"/ },
  {
    title: 'a user where a record belongs',
    text: 'steps: [ { delete: { record: systemuser/admin } } ]',
    at: [1, 30],
    message: /use "setUser", "setTeam" or "setBusinessUnit"/,
  },
  {
    title: 'a role that is not declared, where one of nearly its name is',
    text: 'security: { users: { alice: { roles: [Seler] } }, roles: { Seller: {} } }\nsteps: []',
    at: [1, 39],
    message: /no role "Seler".*Seller/,
  },
  {
    title: 'an undeclared business unit of a user',
    text: 'security: { users: { alice: { businessUnit: emea } } }\nsteps: []',
    at: [1, 45],
    message: /no business unit "emea"/,
  },
  {
    title: 'an undeclared member of a team',
    text: 'security: { teams: { crew: { members: [bob] } } }\nsteps: []',
    at: [1, 40],
    message: /no user "bob"/,
  },
  {
    title: 'a business unit below itself',
    text: 'security: { businessUnits: { a: { parent: b }, b: { parent: a } } }\nsteps: []',
    at: [1, 30],
    message: /below itself/,
  },
  {
    title: 'an access team with roles',
    text: 'security: { roles: { R: {} }, teams: { helpers: { kind: Access, roles: [R] } } }\nsteps: []',
    at: [1, 73],
    message: /access team, which cannot hold roles/,
  },
  {
    title: 'an access team as an owner',
    text: 'security: { teams: { helpers: { kind: Access } } }\nrecords: { account: [ { id: A, ownerid: helpers } ] }\nsteps: []',
    at: [2, 29],
    message: /access team, which can own nothing/,
  },
  {
    title: 'a team with the name of a business unit',
    text: 'security: { teams: { root: {} } }\nsteps: []',
    at: [1, 22],
    message: /default team/,
  },
  {
    title: 'a role for an unknown table',
    text: 'security: { roles: { R: { acount: { Read: Basic } } } }\nsteps: []',
    at: [1, 27],
    message: /no table "acount"/,
  },
  {
    title: 'an unknown depth',
    text: 'security: { roles: { R: { account: { Read: Bsic } } } }\nsteps: []',
    at: [1, 44],
    message: /Did you mean "Basic"/,
  },
  {
    title: 'the role that always exists',
    text: 'security: { roles: { System Administrator: {} } }\nsteps: []',
    at: [1, 22],
    message: /always exists/,
  },
  {
    title: 'a step that gives an unknown role to a team',
    text: 'security: { teams: { crew: {} } }\nsteps: [ { setTeam: { team: crew, roles: [X] } } ]',
    at: [2, 43],
    message: /no role "X"/,
  },
  {
    title: 'a business unit that a step does not find',
    text: 'steps: [ { setBusinessUnit: { unit: emea, disabled: true } } ]',
    at: [1, 37],
    message: /no business unit "emea"/,
  },
  {
    title: 'records of users',
    text: 'records: { systemuser: [ { id: bob } ] }',
    at: [1, 12],
    message: /people exist when they are named/,
  },
  {
    title: 'an alias that is made twice',
    text: `${record}steps: [ { create: { record: account/A } } ]`,
    at: [2, 30],
    message: /two records account\/A/,
  },
  { title: 'an unknown mode', text: 'steps: [ { check: {}, mode: Asink } ]', at: [1, 29], message: /Did you mean "Async"/ },
  {
    title: 'a wait for a step that nobody named',
    text: 'steps: [ { wait: { job: first } } ]',
    at: [1, 25],
    message: /No step before this one is named "first"/,
  },
  {
    title: 'a relationship that is not in the model',
    text: 'steps: [ { relationship: { name: contact_customer_account, cascade: {} } } ]',
    at: [1, 34],
    message: /Did you mean "contact_customer_accounts"/,
  },
  {
    title: 'an unknown action',
    text: 'steps: [ { relationship: { name: contact_manager, cascade: { Asign: Cascade } } } ]',
    at: [1, 62],
    message: /Did you mean "Assign"/,
  },
  {
    title: 'an unknown cascade type',
    text: 'steps: [ { relationship: { name: contact_manager, cascade: { Assign: Cascde } } } ]',
    at: [1, 70],
    message: /Did you mean "Cascade"/,
  },
  {
    title: 'a preview of two operations',
    text: `${record}steps: [ { check: { preview: { delete: { record: account/A }, assign: { record: account/A, to: bob } } } } ]`,
    at: [2, 30],
    message: /exactly one of assign, delete and merge/,
  },
  {
    title: 'a misspelt right in a share',
    text: `${record}steps: [ { share: { record: account/A, with: bob, rights: [Raed] } } ]`,
    at: [2, 60],
    message: /Did you mean "Read"/,
  },
  {
    title: 'a misspelt field of setUser',
    text: 'steps: [ { setUser: { user: bob, disbled: true } } ]',
    at: [1, 34],
    message: /Did you mean "disabled"/,
  },
  { title: 'setUser that changes nothing', text: 'steps: [ { setUser: { user: bob } } ]', at: [1, 21], message: /at least one of/ },
  {
    title: 'a misspelt commerce operation',
    text: 'steps: [ { commerce: { runJb: { job: "1010" } } } ]',
    at: [1, 24],
    message: /Did you mean "runJob"/,
  },

  {
    title: 'a point of during that is none',
    text: 'steps: [ { check: {}, during: [ { at: { beforeBach: 1 }, do: { check: {} } } ] } ]',
    at: [1, 41],
    message: /Did you mean "beforeBatch"/,
  },
  {
    title: 'two points at once',
    text: 'steps: [ { check: {}, during: [ { at: { beforeBatch: 1, afterPlan: true }, do: { check: {} } } ] } ]',
    at: [1, 39],
    message: /exactly one of afterPlan/,
  },
  {
    title: 'a first attempt as a point',
    text: 'steps: [ { check: {}, during: [ { at: { beforeAttempt: 1 }, do: { check: {} } } ] } ]',
    at: [1, 56],
    message: /at least 2/,
  },
  {
    title: 'a misspelt operation in during',
    text: 'steps: [ { check: {}, during: [ { at: { afterPlan: true }, do: { chek: {} } } ] } ]',
    at: [1, 66],
    message: /Did you mean "check"/,
  },

  {
    title: 'an unknown expectation',
    text: 'steps: [ { check: {}, expect: { record: {} } } ]',
    at: [1, 33],
    message: /Did you mean "records"/,
  },
  {
    title: 'an error code that is a number',
    text: 'steps: [ { check: {}, expect: { error: { code: 0x80040227 } } } ]',
    at: [1, 48],
    message: /quoted string: "0x80040227"/,
  },
  {
    title: 'a pattern that is no regular expression',
    text: 'steps: [ { check: {}, expect: { error: { message: "(" } } } ]',
    at: [1, 51],
    message: /not a regular expression/,
  },
  {
    title: 'a plan expected of what plans nothing',
    text: 'steps: [ { check: {}, expect: { plan: { affected: 1 } } } ]',
    at: [1, 33],
    message: /"plan" can be expected of a check with a preview only/,
  },
  {
    title: 'an expectation on an unknown record',
    text: 'steps: [ { check: {}, expect: { records: { account/B: absent } } } ]',
    at: [1, 44],
    message: /neither defines nor creates/,
  },
  {
    title: 'an expectation on an unknown column',
    text: `${record}steps: [ { check: {}, expect: { records: { account/A: { nam: x } } } } ]`,
    at: [2, 57],
    message: /Did you mean "name"/,
  },
  {
    title: 'a record that is neither absent nor present',
    text: `${record}steps: [ { check: {}, expect: { records: { account/A: gone } } } ]`,
    at: [2, 55],
    message: /absent, present, or a mapping/,
  },
  {
    title: 'a count over an unknown table',
    text: 'steps: [ { check: {}, expect: { count: [ { table: acount, equals: 1 } ] } } ]',
    at: [1, 51],
    message: /Did you mean "account"/,
  },
  {
    title: 'a misspelt fact of a job',
    text: 'steps: [ { check: {}, expect: { job: { retries: 1 } } } ]',
    at: [1, 40],
    message: /Unknown key "retries" in a job/,
  },
  {
    title: 'integrity that is false',
    text: 'steps: [ { check: {}, expect: { integrity: false } } ]',
    at: [1, 44],
    message: /Expected true/,
  },
  {
    title: 'an unknown outcome',
    text: 'steps: [ { check: {}, expect: { outcome: Refuse } } ]',
    at: [1, 42],
    message: /Did you mean "Refused"/,
  },
  { title: 'a key that stands twice', text: 'settings: {}\nsettings: {}', at: [2, 1], message: /occurs twice/ },
]

describe('a file is not a valid scenario with', () => {
  test.each(CASES)('$title', ({ text, at: [line, column], message }) => {
    const refusal = refusalOf(withAccounts(text))

    expect(refusal).toMatchObject({ line: line + LINES_BEFORE, column })
    expect(refusal.message).toMatch(message)
  })
})

describe('a text is no scenario at all', () => {
  test.each([
    ['when it is empty', '', 1, 1, /empty/],
    ['when it holds comments only', '# later\n', 1, 1, /empty/],
    ['when it is not YAML', 'a: [', 1, 5, /not valid YAML/],
    ['when it is a list', '- scenario: x', 1, 1, /Expected a mapping/],
    ['when it is a binary file', 'PK\u0003\u0004\0\0', 1, 1, /not a text file/],
    ['when it holds two documents', 'scenario: a\n---\nscenario: b', 2, 1, /multiple documents/i],
    ['when it has tags of a program', '!!js/function x', 1, 1, /not valid YAML/],
    ['when an alias leads back to itself', 'scenario: &a [*a]', 1, 15, /refers to itself/],
    ['when its aliases multiply', bomb(), 1, 1, /multiply into too much data/],
    ['when brackets are nested too deeply', '['.repeat(50_000), 1, 1, /YAML|deep/],
    ['when it is huge', `#${'x'.repeat(17 * 1024 * 1024)}`, 1, 1, /larger than 16 MB/],
    ['without a title', 'model: {}\nsteps: []', 1, 1, /"scenario" is missing/],
    ['without a model', 'scenario: x\nsteps: []', 1, 1, /"model" is missing/],
    ['without steps', 'scenario: x\nmodel: {}', 1, 1, /"steps" is missing/],
  ])('%s', (_, text, line, column, message) => {
    const refusal = refusalOf(text)

    expect(refusal.message).toMatch(message)
    if (line > 1 || column > 1) expect(refusal).toMatchObject({ line, column })
  })
})

function bomb(): string {
  const levels = Array.from(
    { length: 9 },
    (_, level) =>
      `l${level}: &l${level} [${Array(9)
        .fill(level === 0 ? 'x' : `*l${level - 1}`)
        .join(', ')}]`,
  )
  return levels.join('\n')
}
