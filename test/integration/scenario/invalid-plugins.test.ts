import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runFiles } from '../../../main/scenario/run-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'cascade-invalid-plugins-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

const model = `model:
  tables: { account: { columns: { creditlimit: Money } }, contact: {} }
`

function written(text: string): string {
  const path = join(folder, `${++files}.yaml`)
  writeFileSync(path, text)
  return path
}

interface InvalidModule {
  title: string
  module: string
  message: RegExp
}

const plugin = (fields: string) => `export default {\n  name: 'bad',\n  version: '1.0.0',\n  apiVersion: 1,\n  ${fields}\n}`
const step = (fields: string) => plugin(`steps: [\n    { ${fields}, handler() {} },\n  ],`)
const update = "message: 'Update', table: 'account'"

const CASES: InvalidModule[] = [
  {
    title: 'a syntax error, with its line',
    module: "export default {\n  name: 'bad',\n  version '1.0.0',\n}",
    message: /index\.ts(:|, line )3/,
  },
  { title: 'no default export', module: 'export const plugin = {}', message: /default/ },
  { title: 'a default export that is no object', module: 'export default 7', message: /The default export|default.*7/ },
  {
    title: 'a module that throws',
    module: "const ready = false\nif (!ready) throw new Error('not today')\nexport default {}",
    message: /not today/,
  },
  {
    title: 'a function that throws',
    module: "export default () => {\n  throw new Error('no configuration')\n}",
    message: /no configuration/,
  },
  { title: 'a function that gives nothing', module: 'export default () => undefined', message: /default export/ },
  { title: 'an endless loop at the top', module: 'for (;;);\nexport default {}', message: /did not finish.*\(index\.ts\)/ },
  { title: 'an endless loop in the function', module: 'export default () => {\n  for (;;);\n}', message: /did not finish/ },
  {
    title: 'too much memory at the top',
    module: 'const kept = []\nfor (;;) kept.push(new Uint8Array(1_000_000))\nexport default {}',
    message: /memory/,
  },
  { title: 'a promise that never settles at the top', module: 'await new Promise(() => {})\nexport default {}', message: /never/ },
  { title: 'an unknown package', module: `import _ from 'lodash'\n${plugin('steps: [],')}`, message: /"lodash".*index\.ts:1/ },
  { title: 'a module of Node', module: `import net from 'node:net'\n${plugin('steps: [],')}`, message: /"node:net".*index\.ts:1/ },
  { title: 'files without the permission', module: `import fs from 'node:fs'\n${plugin('steps: [],')}`, message: /permission.*fs:read/ },
  { title: 'a module that is not there', module: `import './other.ts'\n${plugin('steps: [],')}`, message: /\.\/other\.ts/ },
  { title: 'more than types', module: `enum Colour { Red }\n${plugin('steps: [],')}`, message: /index\.ts:1/ },

  { title: 'a missing name', module: "export default { version: '1.0.0', apiVersion: 1, steps: [] }", message: /name is missing/ },
  { title: 'an empty name', module: "export default { name: '', version: '1.0.0', apiVersion: 1, steps: [] }", message: /name/ },
  { title: 'a name that is no text', module: "export default { name: 7, version: '1.0.0', apiVersion: 1, steps: [] }", message: /name/ },
  {
    title: 'another API version',
    module: "export default {\n  name: 'bad',\n  version: '1.0.0',\n  apiVersion: 2,\n  steps: [],\n}",
    message: /line 4.*apiVersion.*\b1\b/,
  },
  { title: 'an unknown field', module: plugin('step: [],'), message: /line 5.*step .*Allowed.*steps.*Did you mean "steps"/s },
  { title: 'an unknown permission', module: plugin("permissions: ['fs'], steps: [],"), message: /line 5.*permissions.*fs:read/s },
  { title: 'steps that are no list', module: plugin('steps: {},'), message: /line 5.*steps.*list/s },
  { title: 'no steps at all', module: plugin(''), message: /steps is missing/ },

  { title: 'an unknown field of a step', module: step(`${update}, stage: 'PreOperation', order: 1`), message: /line 6.*order/s },
  { title: 'no message', module: step("stage: 'PreOperation'"), message: /steps\[0\]\.message.*Create, Update, Delete/s },
  {
    title: 'an unknown message',
    module: step("message: 'Updated', stage: 'PreOperation'"),
    message: /line 6.*message.*"Updated".*Create, Update, Delete.*Did you mean "Update"/s,
  },
  { title: 'no stage', module: step(update), message: /steps\[0\]\.stage.*PreValidation, PreOperation, PostOperation/s },
  {
    title: 'an unknown stage',
    module: step(`${update}, stage: 'Post'`),
    message: /line 6.*stage.*"Post".*PreValidation, PreOperation, PostOperation/s,
  },
  { title: 'an unknown mode', module: step(`${update}, stage: 'PostOperation', mode: 'Later'`), message: /line 6.*mode.*Sync, Async/s },
  {
    title: 'an unknown table',
    module: step("message: 'Update', table: 'acount', stage: 'PreOperation'"),
    message: /line 6.*"acount".*"account"/s,
  },
  {
    title: 'an unknown column of a filter',
    module: step(`${update}, stage: 'PreOperation', filteringAttributes: ['creditlimt']`),
    message: /line 6.*"creditlimt".*"creditlimit"/s,
  },
  {
    title: 'an unknown column of an image',
    module: step(`${update}, stage: 'PreOperation', preImage: ['nmae']`),
    message: /line 6.*"nmae".*"name"/s,
  },
  {
    title: 'an asynchronous step before PostOperation',
    module: step(`${update}, stage: 'PreOperation', mode: 'Async'`),
    message: /line 6.*mode.*PostOperation/s,
  },
  {
    title: 'a post-image before PostOperation',
    module: step(`${update}, stage: 'PreOperation', postImage: true`),
    message: /line 6.*postImage.*PostOperation/s,
  },
  {
    title: 'a pre-image of Create',
    module: step("message: 'Create', stage: 'PostOperation', preImage: true"),
    message: /line 6.*preImage.*Create/s,
  },
  {
    title: 'a post-image of Delete',
    module: step("message: 'Delete', stage: 'PostOperation', postImage: true"),
    message: /line 6.*postImage.*Delete/s,
  },
  {
    title: 'a filter on another message than Update',
    module: step("message: 'Create', stage: 'PostOperation', filteringAttributes: ['name']"),
    message: /line 6.*filteringAttributes.*Update/s,
  },
  { title: 'a rank that is no whole number', module: step(`${update}, stage: 'PreOperation', rank: 1.5`), message: /line 6.*rank/s },
  { title: 'a user whose name is no text', module: step(`${update}, stage: 'PreOperation', runAs: 7`), message: /line 6.*runAs/s },
  {
    title: 'a job message before the job has ended',
    module: step("message: 'cascadeAsync_SuccessAPI', stage: 'PreOperation', mode: 'Async'"),
    message: /line 6.*stage.*PostOperation/s,
  },
  {
    title: 'a job message in a synchronous step',
    module: step("message: 'cascadeAsync_FailureAPI', stage: 'PostOperation'"),
    message: /mode.*Async/s,
  },
  {
    title: 'a job message on a table',
    module: step("message: 'cascadeAsync_FailureAPI', table: 'account', stage: 'PostOperation', mode: 'Async'"),
    message: /line 6.*table/s,
  },
  {
    title: 'no handler',
    module: plugin(`steps: [{ ${update}, stage: 'PreOperation' }],`),
    message: /steps\[0\]\.handler is missing/,
  },
  {
    title: 'a handler that is no function',
    module: plugin(`steps: [{ ${update}, stage: 'PreOperation', handler: 'run' }],`),
    message: /line 5.*handler/s,
  },
]

describe('a plug-in of the section "plugins" makes the file invalid, at its entry', () => {
  test.each(CASES)('$title', async ({ module, message }) => {
    const path = written(`scenario: Invalid\n${model}plugins:\n  - { module: ${JSON.stringify(module)} }\nsteps: []`)

    const report = await runFiles([path])

    expect(report.scenarios[0]).toEqual({
      file: path,
      scenario: 'Invalid',
      outcome: 'invalid',
      steps: [],
      error: { code: 'PLUGIN_INVALID', message: expect.stringMatching(message), line: 5, column: 5 },
    })
  })
})

describe('a plug-in that a step installs is refused', () => {
  test.each(CASES)('$title', async ({ module, message }) => {
    const path = written(
      `scenario: Refused\n${model}steps:\n  - installPlugin: { module: ${JSON.stringify(module)} }\n    expect: { outcome: Refused }`,
    )

    const report = await runFiles([path])

    expect(report.scenarios[0]?.steps[0]).toMatchObject({
      outcome: 'Refused',
      error: { code: 'PLUGIN_INVALID', message: expect.stringMatching(message) },
    })
  })
})
