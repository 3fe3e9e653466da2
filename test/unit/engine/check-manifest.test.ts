import { expect, test } from 'vitest'
import { CompiledModel } from '#engine/model/compiled-model'
import { completeTable } from '#engine/model/system-model'
import { checkManifest } from '#engine/plugins/check-manifest'
import { modelOf, refusalOf } from '../../support/engine.ts'

const { tables } = modelOf({ tables: { account: { columns: { balance: 'Money' } }, contact: {} }, relationships: [] })
const model = new CompiledModel(
  1,
  tables.map((table, at) => ({ number: at + 1, definition: completeTable(table) })),
  [],
  [],
)

const BOB = { id: '00000000-0000-7000-8000-000000000005', name: 'bob' }
const handler = true
const update = { message: 'Update', stage: 'PreOperation', handler }
const plugin = (...steps: unknown[]) => ({ name: 'watch', version: '1.0.0', apiVersion: 1, steps })

/** Checks what a module exports; its text is written as an author would have. */
function check(definition: unknown, content = `export default ${JSON.stringify(definition, null, 2)}`) {
  return checkManifest(definition, {
    model,
    findUser: (name) => (name === 'bob' ? BOB : undefined),
    files: [{ path: 'index.ts', content, sha256: '' }],
    entry: 'index.ts',
  })
}

test('what is left out of a manifest has the default of the contract [PI3]', () => {
  expect(check(plugin(update))).toEqual({
    name: 'watch',
    version: '1.0.0',
    apiVersion: 1,
    permissions: [],
    steps: [
      {
        ordinal: 0,
        message: 'Update',
        table: null,
        stage: 'PreOperation',
        mode: 'Sync',
        rank: 1,
        filteringAttributes: null,
        preImage: null,
        postImage: null,
        runAs: 'CallingUser',
      },
    ],
  })
})

test('everything that a manifest can say is taken as it is [PI3]', () => {
  const step = {
    message: 'Update',
    table: 'account',
    stage: 'PostOperation',
    mode: 'Async',
    rank: -5,
    filteringAttributes: ['balance', 'ownerid'],
    preImage: true,
    postImage: ['name', 'statecode'],
    runAs: 'bob',
  }
  const announcement = { message: 'cascadeAsync_FailureAPI', stage: 'PostOperation', mode: 'Async' }

  const manifest = check({
    name: '@contoso/watch.owners_2-b',
    version: '2.0.0-beta',
    apiVersion: 1,
    permissions: ['fs:write', 'network', 'fs:write'],
    steps: [
      { ...step, handler },
      { ...announcement, handler },
      { ...announcement, handler },
    ],
  })

  expect(manifest).toMatchObject({ name: '@contoso/watch.owners_2-b', permissions: ['network', 'fs:write'] })
  expect(manifest.steps).toEqual([
    { ...step, ordinal: 0, runAs: BOB },
    ...[1, 2].map((ordinal) => ({
      ...announcement,
      ordinal,
      table: null,
      rank: 1,
      filteringAttributes: null,
      preImage: null,
      postImage: null,
      runAs: 'CallingUser',
    })),
  ])
})

test('a plug-in without steps, an image that is switched off, and columns of any table for a step on all of them are accepted', () => {
  expect(check(plugin()).steps).toEqual([])
  expect(check(plugin({ ...update, message: 'Create', preImage: false })).steps[0]?.preImage).toBeNull()
  expect(check(plugin({ ...update, preImage: ['balance', 'balance'] })).steps[0]?.preImage).toEqual(['balance'])
})

const STAGES = ['PreValidation', 'PreOperation', 'PostOperation']

/** What is exported, the field that is refused, what the message says of it, and the details that go with it. */
const refused: [what: string, definition: unknown, field: string, says: string, details?: object][] = [
  ['no default export', undefined, '', 'is missing. It is an object'],
  ['a class or a function that came to nothing', null, '', 'is missing. It is an object'],
  ['a list', [], '', 'is a list. It is an object'],
  ['an unknown field', { ...plugin(), permision: [] }, 'permision', 'is not a known field', { nearest: 'permissions', line: 6 }],
  ['no name', { version: '1', apiVersion: 1, steps: [] }, 'name', 'is missing'],
  ['a name that is a number', { ...plugin(), name: 5 }, 'name', 'is 5. It is a text', { line: 2 }],
  ['a name that begins with a space', { ...plugin(), name: ' watch' }, 'name', 'is " watch". A name has'],
  ['a name with a line break', { ...plugin(), name: 'my\nwatch' }, 'name', 'A name has 1 to 100'],
  ['an empty name', { ...plugin(), name: '' }, 'name', 'is "". A name has', { line: 2 }],
  ['a name that is too long', { ...plugin(), name: 'n'.repeat(101) }, 'name', 'A name has 1 to 100'],
  ['an empty version', { ...plugin(), version: ' ' }, 'version', 'is a text of 1 to 100', { line: 3 }],
  ['another apiVersion', { ...plugin(), apiVersion: 2 }, 'apiVersion', 'is 2. This version', { allowed: ['1'], line: 4 }],
  ['permissions that are a text', { ...plugin(), permissions: 'env' }, 'permissions', 'is "env". It is a list', { line: 6 }],
  ['an unknown permission', { ...plugin(), permissions: ['env', 'files'] }, 'permissions[1]', 'is "files"', { line: 8 }],
  ['no steps', { name: 'watch', version: '1', apiVersion: 1 }, 'steps', 'is missing'],
  ['steps that are an object', { ...plugin(), steps: {} }, 'steps', 'is an object. It is a list', { line: 5 }],
  ['a step that is a text', plugin(update, 'Update'), 'steps[1]', 'is "Update", not an object'],
  [
    'an unknown field of a step',
    plugin({ ...update, tabel: 'account' }),
    'steps[0].tabel',
    'is not a known field',
    { nearest: 'table', line: 10 },
  ],
  ['no message', plugin({ stage: 'PreOperation', handler }), 'steps[0].message', 'is missing'],
  ['an unknown message', plugin({ ...update, message: 'update' }), 'steps[0].message', 'is "update"', { nearest: 'Update', line: 7 }],
  ['no stage', plugin({ message: 'Update', handler }), 'steps[0].stage', 'is missing', { allowed: STAGES }],
  ['an unknown stage', plugin({ ...update, stage: 'PreOp' }), 'steps[0].stage', 'is "PreOp"', { allowed: STAGES, line: 8 }],
  [
    'an unknown mode',
    plugin({ ...update, mode: 'async' }),
    'steps[0].mode',
    'is "async"',
    { nearest: 'Async', allowed: ['Sync', 'Async'] },
  ],
  ['an asynchronous step before the commit', plugin({ ...update, mode: 'Async' }), 'steps[0].mode', 'PostOperation only', { line: 10 }],
  ['an unknown table', plugin({ ...update, table: 'acount' }), 'steps[0].table', 'not a table', { nearest: 'account', line: 10 }],
  ['a table that is null', plugin({ ...update, table: null }), 'steps[0].table', 'is null, or a function. It is a text', { line: 10 }],
  ['a rank with a fraction', plugin({ ...update, rank: 1.5 }), 'steps[0].rank', 'is 1.5. It is a whole number', { line: 10 }],
  ['a rank that is a text', plugin({ ...update, rank: '1' }), 'steps[0].rank', 'is "1". It is a whole number', { line: 10 }],
  [
    'a filter on another message than Update',
    plugin({ ...update, message: 'Create', filteringAttributes: ['name'] }),
    'steps[0].filteringAttributes',
    'does not go with Create',
    { line: 10 },
  ],
  ['an empty filter', plugin({ ...update, filteringAttributes: [] }), 'steps[0].filteringAttributes', 'is empty', { line: 10 }],
  [
    'a filter on an unknown column',
    plugin({ ...update, table: 'account', filteringAttributes: ['name', 'balanc'] }),
    'steps[0].filteringAttributes[1]',
    'not a column of account',
    { nearest: 'balance', line: 13 },
  ],
  ['a filter that is no text', plugin({ ...update, filteringAttributes: [1] }), 'steps[0].filteringAttributes[0]', 'is not a text'],
  [
    'a column of another table in an image',
    plugin({ ...update, table: 'contact', preImage: ['balance'] }),
    'steps[0].preImage[0]',
    'not a column of contact',
    { line: 12 },
  ],
  ['a column that no table has', plugin({ ...update, preImage: ['balanc'] }), 'steps[0].preImage[0]', 'any table', { nearest: 'balance' }],
  ['an image that is a text', plugin({ ...update, preImage: 'name' }), 'steps[0].preImage', 'is "name". It is a list', { line: 10 }],
  [
    'a pre-image on Create',
    plugin({ ...update, message: 'Create', preImage: true }),
    'steps[0].preImage',
    'no row before it',
    { line: 10 },
  ],
  [
    'a post-image on Delete',
    plugin({ ...update, message: 'Delete', stage: 'PostOperation', postImage: ['name'] }),
    'steps[0].postImage',
    'no row after it',
    { line: 10 },
  ],
  ['a post-image before PostOperation', plugin({ ...update, postImage: true }), 'steps[0].postImage', 'not changed yet', { line: 10 }],
  [
    'an announcement before PostOperation',
    plugin({ ...update, message: 'cascadeAsync_SuccessAPI' }),
    'steps[0].stage',
    'the job has ended',
    { line: 8 },
  ],
  [
    'an announcement in a transaction',
    plugin({ ...update, message: 'cascadeAsync_SuccessAPI', stage: 'PostOperation' }),
    'steps[0].mode',
    'no transaction',
    { allowed: ['Async'] },
  ],
  [
    'an announcement with a table',
    plugin({ message: 'cascadeAsync_FailureAPI', stage: 'PostOperation', mode: 'Async', table: 'account', handler }),
    'steps[0].table',
    'leave it out',
    { line: 10 },
  ],
  [
    'an announcement with an image',
    plugin({ message: 'cascadeAsync_FailureAPI', stage: 'PostOperation', mode: 'Async', preImage: true, handler }),
    'steps[0].preImage',
    'has no record',
    { line: 10 },
  ],
  ['an unknown user', plugin({ ...update, runAs: 'rob' }), 'steps[0].runAs', 'is "rob", which is not a user', { line: 10 }],
  ['no handler', plugin({ message: 'Update', stage: 'PreOperation' }), 'steps[0].handler', 'is missing. It is a function'],
  ['a handler that is a text', plugin({ ...update, handler: 'go' }), 'steps[0].handler', 'It is a function', { line: 9 }],
]
for (const [what, definition, field, says, details = {}] of refused)
  test(`${what} is refused, naming the field and what would be right [PI3]`, () => {
    const refusal = refusalOf(() => check(definition))

    expect(refusal).toMatchObject({ code: 'PLUGIN_INVALID', details: { field, file: 'index.ts', ...details } })
    expect(() => check(definition)).toThrow(says)
  })

test('the message says where it is, what is wrong, and what would be right [PI3]', () => {
  const content = `import { definePlugin } from 'cascade-workbench/plugin'

export default definePlugin({
  name: 'watch',
  steps: [
    { message: 'Update', stage: "PreOp", handler() {} },
    { message: 'Update', stage: 'PreOperation', handler() {} },
  ],
})`

  expect(() => check(plugin({ ...update, stage: 'PreOp' }, update), content)).toThrow(
    'index.ts, line 6: steps[0].stage is "PreOp". Allowed: PreValidation, PreOperation, PostOperation.',
  )
})

test('a line is looked for in the entry, then in the other modules, and is not guessed where there are several [PI3]', () => {
  const lineOf = (files: Record<string, string>) =>
    refusalOf(() =>
      checkManifest(plugin({ ...update, stage: 'PreOp' }), {
        model,
        findUser: () => BOB,
        files: Object.entries(files).map(([path, content]) => ({ path, content, sha256: '' })),
        entry: 'index.ts',
      }),
    ).details

  expect([
    lineOf({ 'index.ts': `\n{ 'stage': \`PreOp\` }`, 'steps.ts': `stage: 'PreOp'` }),
    lineOf({ 'index.ts': `import './steps.ts'`, 'steps.ts': `\n\nconst early = 'PreOp'`, 'README.md': `'PreOp'` }),
    lineOf({ 'index.ts': `const stages = ['PreOp', 'PreOp']` }),
    lineOf({ 'index.ts': `const stage = 'Pre' + 'Op'` }),
  ]).toMatchObject([
    { file: 'index.ts', line: 2 },
    { file: 'steps.ts', line: 3 },
    { file: 'index.ts', line: null },
    { file: 'index.ts', line: null },
  ])
})
