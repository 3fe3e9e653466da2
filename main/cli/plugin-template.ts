import product from '../../package.json' with { type: 'json' }

interface TemplateOptions {
  language: 'ts' | 'js'
  /** The version of the product for package.json. */
  product: string
}

/**
 * Returns the files of a new plug-in by path: a step that refuses, one that traces, a test and scenarios for both. They
 * are stored as text, so that an author gets exactly what is written here.
 */
export function pluginFiles(name: string, { language, product: version }: TemplateOptions): Record<string, string> {
  return {
    'package.json': packageJson(name, language, version),
    [`index.${language}`]: indexModule(name),
    [`test/index.test.${language}`]: testModule(language),
    'scenarios/closed-account.yaml': closedAccount,
    'scenarios/in-a-job.yaml': inAJob(name),
    ...(language === 'ts' ? { 'tsconfig.json': tsconfig } : {}),
    'README.md': readme(name, language),
  }
}

function packageJson(name: string, language: 'ts' | 'js', version: string): string {
  const { vitest, typescript } = product.devDependencies
  const written = {
    name,
    version: '1.0.0',
    private: true,
    type: 'module',
    cascadeWorkbench: { plugin: `./index.${language}` },
    scripts: {
      test: 'vitest run',
      scenarios: 'cascade plugin test .',
      check: 'cascade plugin check .',
      ...(language === 'ts' ? { types: 'tsc --noEmit' } : {}),
    },
    devDependencies: {
      [product.name]: version,
      ...(language === 'ts' ? { typescript: `^${typescript}` } : {}),
      vitest: `^${vitest}`,
    },
  }
  return `${JSON.stringify(written, null, 2)}\n`
}

const indexModule = (name: string): string => `import { definePlugin, InvalidPluginExecutionError } from '${product.name}/plugin'

/** Closed accounts keep their owner; every other change of an owner is noted in the plug-in trace log. */
export default definePlugin({
  name: '${name}',
  version: '1.0.0',
  apiVersion: 1,
  steps: [
    {
      message: 'Update',
      table: 'account',
      stage: 'PreOperation',
      filteringAttributes: ['ownerid'],
      preImage: ['name', 'statecode'],
      handler({ preImage, trace }) {
        if (preImage.statecode === 1) throw new InvalidPluginExecutionError('Closed accounts keep their owner')
        trace(\`\${preImage.name} gets another owner\`)
      },
    },
  ],
})
`

const testModule = (language: 'ts' | 'js'): string => `import { expect, test } from 'vitest'
import { openTestEnvironment } from '${product.name}/testing'
import plugin from '../index.${language}'

const open = () =>
  openTestEnvironment({
    plugins: [plugin],
    model: {
      tables: { account: {}, contact: {} },
      relationships: [
        { name: 'account_contacts', referenced: 'account', referencing: 'contact', attribute: 'parentcustomerid', behavior: 'Parental' },
      ],
    },
    records: {
      account: [
        { id: 'Open', name: 'Open', ownerid: 'alice' },
        { id: 'Closed', name: 'Closed', ownerid: 'alice', statecode: 1 },
      ],
      contact: [{ id: 'Ann', parentcustomerid: 'account/Closed', ownerid: 'alice' }],
    },
  })

test('a closed account keeps its owner', async () => {
  await using lab = await open()

  await expect(lab.assign('account/Closed', 'bob')).rejects.toMatchObject({
    code: '0x80040265',
    message: 'Closed accounts keep their owner',
  })

  expect(lab.retrieve('account/Closed')).toMatchObject({ ownerid: 'alice' })
  expect(lab.retrieve('contact/Ann')).toMatchObject({ ownerid: 'alice' })
})

test('an open account gets its new owner, and the trace log says so', async () => {
  await using lab = await open()

  await lab.assign('account/Open', 'bob')

  expect(lab.retrieve('account/Open')).toMatchObject({ ownerid: 'bob' })
  expect(lab.trace()).toEqual(['Open gets another owner'])
})

test('a job pauses at a closed account, and goes on once the plug-in is disabled', async () => {
  await using lab = await open()

  const paused = await lab.assign('account/Closed', 'bob', { mode: 'Async' })
  expect(paused).toMatchObject({ outcome: 'Paused', error: { code: '0x80040265' } })

  await lab.disablePlugin(plugin.name)
  expect(await lab.resume()).toMatchObject({ outcome: 'Completed' })
  expect(lab.retrieve('contact/Ann')).toMatchObject({ ownerid: 'bob' })
})
`

const closedAccount = `scenario: A closed account keeps its owner, an open one does not
model:
  tables: { account: {} }
plugins:
  - { path: .. }
records:
  account:
    - { id: Open, name: Open, ownerid: alice }
    - { id: Closed, name: Closed, ownerid: alice, statecode: 1 }
steps:
  - assign: { record: account/Closed, to: bob }
    expect:
      outcome: Refused
      error: { code: "0x80040265", message: Closed accounts }
      records: { account/Closed: { ownerid: alice } }
  - assign: { record: account/Open, to: bob }
    expect:
      records: { account/Open: { ownerid: bob } }
      trace: [Open gets another owner]
`

const inAJob = (name: string): string => `scenario: A job pauses at a closed account, and goes on once the plug-in is disabled
model:
  tables: { account: {} }
  relationships:
    - { name: account_parent_account, referenced: account, referencing: account, attribute: parentaccountid, behavior: Parental }
settings: { retryDelaySeconds: 1 }
plugins:
  - { path: .. }
records:
  account:
    - { id: Parent, name: Parent, ownerid: alice }
    - { id: Child, name: Child, parentaccountid: account/Parent, ownerid: alice, statecode: 1 }
steps:
  - assign: { record: account/Parent, to: bob }
    mode: Async
    name: handover
    expect:
      outcome: Paused
      records: { account/Parent: { ownerid: bob }, account/Child: { ownerid: alice } }
  - disablePlugin: { plugin: ${name} }
  - resume: { job: handover }
    expect:
      outcome: Completed
      records: { account/Child: { ownerid: bob } }
`

const tsconfig = `${JSON.stringify(
  {
    compilerOptions: {
      target: 'ES2024',
      lib: ['ES2024', 'ESNext.Disposable'],
      module: 'nodenext',
      types: [],
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      erasableSyntaxOnly: true,
      verbatimModuleSyntax: true,
      allowImportingTsExtensions: true,
    },
    include: ['**/*.ts'],
  },
  null,
  2,
)}\n`

const readme = (name: string, language: 'ts' | 'js'): string => `# ${name}

A plug-in for Cascade Workbench: closed accounts keep their owner.

| step | what it does |
|---|---|
| Update of account, PreOperation | refuses another owner for a closed account, traces every other change of the owner |

It asks for no permissions.

## Work on it

\`\`\`
npm install
npm test                            # test/, with vitest; breakpoints and coverage work
npx cascade plugin test . --watch   # scenarios/, contained as in the product, again on every change
npx cascade plugin check .          # would it be accepted?
\`\`\`
${language === 'ts' ? '\nTypeScript needs no build step: types are stripped when the plug-in is loaded, so it may use only what can be stripped.\n' : ''}
## Use it

\`\`\`
npx cascade plugin install lab.cascade .
\`\`\`
`
