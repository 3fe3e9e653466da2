import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { definePlugin } from '#plugin-api'
import { createNativeRuntime } from '../../../../main/plugins/native/index.ts'
import { hostOf, inputOf, LIMIT_MS, LIMITS, moduleOf, packageOf, refusalOf } from './packages.ts'
import { runtimeSuite } from './runtime-suite.ts'

const folder = mkdtempSync(join(tmpdir(), 'native-plugins-'))
afterAll(() => rmSync(folder, { recursive: true }))

let folders = 0
/** Node keeps every module that it has loaded, so that each package has a folder of its own. */
function writePackage(files: Record<string, string>): string {
  folders += 1
  const origin = join(folder, String(folders))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(origin, path)), { recursive: true })
    writeFileSync(join(origin, path), content)
  }
  return origin
}

describe('the native runtime', () => {
  runtimeSuite((files, configuration = '') =>
    createNativeRuntime().load(packageOf(files, { origin: writePackage(files), configuration }), [], LIMITS),
  )

  test('takes a live object for the origin of its package', () => {
    const seen: string[] = []
    const live = definePlugin((configuration) => ({
      name: configuration,
      steps: [{ message: 'Update', stage: 'PreOperation', handler: ({ messageName }) => void seen.push(messageName) }],
    }))
    const runtime = createNativeRuntime({ modules: new Map([['/here', live]]) })

    const plugin = runtime.load(packageOf('', { origin: '/here', configuration: 'live' }), [], LIMITS)
    plugin.run(0, inputOf(), hostOf(), LIMIT_MS)

    expect(plugin.definition).toMatchObject({ name: 'live' })
    expect(seen).toEqual(['Update'])
  })

  test('a package that is one file runs from that file', () => {
    const origin = join(writePackage({ 'single.ts': moduleOf('context.target.name = "One" as string') }), 'single.ts')

    const plugin = createNativeRuntime().load(packageOf({ 'single.ts': '' }, { origin }), [], LIMITS)

    expect(plugin.run(0, inputOf(), hostOf(), LIMIT_MS)).toMatchObject({ kind: 'done', output: expect.stringContaining('"One"') })
  })

  test('a package without files of its own is refused', () => {
    expect(refusalOf(() => createNativeRuntime().load(packageOf(moduleOf('')), [], LIMITS)).message).toMatch(/has no file of its own/)
  })
})
