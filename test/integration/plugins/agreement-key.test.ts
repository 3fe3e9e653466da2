import { spawn } from 'node:child_process'
import { linkSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { agreementKey, secretsOf } from '../../../main/plugins/agreement-key.ts'
import { inlinePackage } from '../../../main/plugins/package/index.ts'
import { createSandbox } from '../../../main/plugins/sandbox/index.ts'
import { refusalOf, temporaryFolder } from '../../support/engine.ts'

test('the key is made once, for this user alone, and is another one elsewhere [PI5]', () => {
  const folder = join(temporaryFolder(), 'not', 'there', 'yet')

  const key = agreementKey(folder)

  expect(key).toMatch(/^[0-9a-f]{64}$/)
  expect(agreementKey(folder)).toBe(key)
  expect(agreementKey(temporaryFolder())).not.toBe(key)
  expect(readdirSync(folder)).toEqual(['agreement.key'])
  expect(statSync(join(folder, 'agreement.key')).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600)
})

test('a file that holds no key is refused and stays as it was: another key would forget every agreement [PI5]', () => {
  const folder = temporaryFolder()
  const path = join(folder, 'agreement.key')
  writeFileSync(path, 'short')

  expect(refusalOf(() => agreementKey(folder))).toEqual({ code: 'ENVIRONMENT_UNUSABLE', platformCode: null, details: { path } })

  expect(statSync(path).size).toBe(5)
})

test('a folder that cannot be made is said, with the path', () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')

  expect(refusalOf(() => agreementKey(join(file, 'data')))).toMatchObject({
    code: 'ENVIRONMENT_UNUSABLE',
    details: { path: join(file, 'data', 'agreement.key') },
  })
})

test('several programs that begin at the same time get one key [PI5]', async () => {
  const folder = temporaryFolder()
  const module = new URL('../../../main/plugins/agreement-key.ts', import.meta.url).href
  const script = `process.stdout.write((await import(${JSON.stringify(module)})).agreementKey(${JSON.stringify(folder)}))`

  const keys = await Promise.all(
    Array.from({ length: 4 }, () => {
      const program = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script])
      return text(program.stdout)
    }),
  )

  expect(keys[0]).toMatch(/^[0-9a-f]{64}$/)
  expect(new Set(keys).size).toBe(1)
  expect(readdirSync(folder)).toEqual(['agreement.key'])
})

test('no permission opens the key, under whatever name: in its folder, by a link, or by a second name of the same file [CT3]', async () => {
  const folder = temporaryFolder()
  const elsewhere = temporaryFolder()
  const key = agreementKey(folder)
  const names = [join(folder, 'agreement.key'), join(elsewhere, 'linked'), join(elsewhere, 'same')]
  symlinkSync(names[0] as string, names[1] as string)
  linkSync(names[0] as string, names[2] as string)
  const sandbox = createSandbox({ time: { kind: 'real' }, forbidden: () => secretsOf(folder) })
  await sandbox.ready()
  const read = `import { readFileSync } from 'node:fs'
    export default { name: 'thief', permissions: ['fs:read'], steps: [{ message: 'Update', stage: 'PreOperation', handler({ target, trace }) { trace(readFileSync(target.path, 'utf8')) } }] }`
  const plugin = sandbox.runtime.load(inlinePackage(read), ['fs:read'], { timeMs: 10_000, memoryMegabytes: 64 })
  const lines: string[] = []
  const host = { call: () => ({ ok: true as const, value: undefined }), trace: (line: string) => void lines.push(line) }
  const input = (path: string) => JSON.stringify({ messageName: 'Update', stage: 'PreOperation', target: { path }, inputParameters: {} })

  const answers = names.map((path) => plugin.run(0, input(path), host, 10_000))

  expect(answers.map(({ kind }) => kind)).toEqual(['failed', 'failed', 'failed'])
  expect(lines.join()).not.toContain(key)
  sandbox.close()
})
