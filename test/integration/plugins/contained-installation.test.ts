import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { organizationService } from '#engine/api/organization-service'
import { pluginMethods } from '#engine/api/plugins'
import { bind } from '#engine/contract/method'
import { Pipeline } from '#engine/pipeline/pipeline'
import { Session } from '#engine/session/session'
import { inlinePackage, readPluginPackage } from '../../../main/plugins/package/index.ts'
import { createSandbox } from '../../../main/plugins/sandbox/index.ts'
import { countedIds, refusalOf, START_MS } from '../../support/engine.ts'
import { ROOT } from '../../support/repository.ts'
import { openStore } from '../../support/store.ts'

const methodsOf = (session: Session) => bind(pluginMethods, () => ({ session, pipeline: new Pipeline(session, organizationService) }))

/** The verbs of plug-ins over the contained runtime of the product. */
async function openContained() {
  let nowMs = START_MS
  const sandbox = createSandbox({
    time: {
      kind: 'virtual',
      now: () => nowMs,
      spend: (ms) => {
        nowMs += ms
      },
    },
  })
  onTestFinished(() => sandbox.close())
  await sandbox.ready()
  const { connection, path } = openStore()
  const options = { path, now: () => nowMs, newId: countedIds(), mode: 'open' as const, plugins: sandbox.runtime, agreementKey: 'key' }
  return methodsOf(new Session(connection, options))
}

const FILES = `import { readFileSync } from 'node:fs'`
const definition = (more = '') => `export default { name: 'watch', version: '1.0.0', apiVersion: 1, steps: [], ${more} }`

test('an example of the product is installed, enabled after agreement, and read again [PI1, PI8]', async () => {
  const verbs = await openContained()
  const pluginPackage = await readPluginPackage(join(ROOT, 'plugins', 'explain-changes'))
  const { contentHash, manifest } = verbs.checkPlugin(pluginPackage)

  const installed = verbs.installPlugin(pluginPackage, { isEnabled: true, agreedTo: contentHash })

  expect(installed).toMatchObject({ name: 'explain-changes', status: 'Enabled', contentHash })
  expect(installed.steps).toHaveLength(manifest.steps.length)
  expect(verbs.pluginPackage('explain-changes')).toEqual(pluginPackage)
})

test('a configuration decides what a module exports, and is covered by what is agreed to [PI5]', async () => {
  const verbs = await openContained()
  const source = `export default (configuration) => ({ name: configuration, version: '1.0.0', apiVersion: 1, steps: [] })`

  const [one, other] = [verbs.checkPlugin(inlinePackage(source, 'one')), verbs.checkPlugin(inlinePackage(source, 'other'))]

  expect([one.manifest.name, other.manifest.name]).toEqual(['one', 'other'])
  expect(one.contentHash).not.toBe(other.contentHash)
})

test('what a plug-in asks for is known before anybody has agreed to it [PI8]', async () => {
  const verbs = await openContained()

  const { manifest } = verbs.checkPlugin(inlinePackage(`${FILES}\n${definition(`permissions: ['fs:read']`)}`))

  expect(manifest.permissions).toEqual(['fs:read'])
})

const refused: [what: string, source: string, details: object][] = [
  ['files that are not asked for', `\n${FILES}\n${definition()}`, { file: 'index.ts', line: 2 }],
  ['files where only the network is asked for', `${FILES}\n${definition(`permissions: ['network']`)}`, { file: 'index.ts', line: 1 }],
  ['a module of Node', `import 'node:child_process'\n${definition()}`, { file: 'index.ts', line: 1 }],
  ['a package', `\nimport 'left-pad'\n${definition()}`, { file: 'index.ts', line: 2 }],
  ['a missing module', `import './rules.ts'\n${definition()}`, { file: 'index.ts', line: 1 }],
  ['a syntax error', `const a = 1\nexport default {`, { file: 'index.ts', line: 2 }],
  ['a module that throws', `\n\nthrow new Error('no')`, { file: 'index.ts', line: 3 }],
  ['a module without end', `while (true) {}`, {}],
  ['a module without a definition', `export const name = 'watch'`, { field: '' }],
  [
    'an unknown stage',
    `export default {\n  name: 'watch', version: '1', apiVersion: 1,\n  steps: [{ message: 'Create', stage: 'Before', handler() {} }],\n}`,
    { field: 'steps[0].stage', file: 'index.ts', line: 3, allowed: ['PreValidation', 'PreOperation', 'PostOperation'] },
  ],
]
for (const [what, source, details] of refused)
  test(`${what}: refused, and nothing is installed [PI3, PI4]`, async () => {
    const verbs = await openContained()

    const refusal = refusalOf(() => verbs.installPlugin(inlinePackage(source), { isEnabled: false }))

    expect(refusal).toMatchObject({ code: 'PLUGIN_INVALID', details })
    expect(verbs.findPlugins()).toEqual([])
  })
