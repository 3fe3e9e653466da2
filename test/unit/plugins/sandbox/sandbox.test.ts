import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { PluginPackage, StepAnswer } from '#engine/contract/plugin-runtime'
import type { Permission } from '#engine/contract/plugins'
import { createSandbox } from '../../../../main/plugins/sandbox/index.ts'
import { faultOf, hostOf, inputOf, LIMIT_MS, LIMITS, moduleOf, packageOf, refusalOf } from './packages.ts'
import { runtimeSuite } from './runtime-suite.ts'

const sandbox = createSandbox({ time: { kind: 'real' } })
await sandbox.ready()
const load = (pluginPackage: PluginPackage | string, permissions: Permission[] = []) =>
  sandbox.runtime.load(typeof pluginPackage === 'string' ? packageOf(pluginPackage) : pluginPackage, permissions, LIMITS)

const targetOf = (answer: StepAnswer): Record<string, unknown> => {
  expect(answer).toMatchObject({ kind: 'done' })
  return answer.kind === 'done' ? (JSON.parse(answer.output) as { target: Record<string, unknown> }).target : {}
}

describe('the contained runtime', () => {
  runtimeSuite((files, configuration = '') => load(packageOf(files, { configuration })))
})

test('nothing is loaded before the sandbox is ready', () => {
  const early = createSandbox({ time: { kind: 'real' } })

  expect(() => early.runtime.load(packageOf(moduleOf('')), [], LIMITS)).toThrow(/wait for ready\(\)/)
})

describe('modules', () => {
  test('the plug-in module is what authors import, and a class of it makes refusals', () => {
    const answer = load(
      moduleOf(
        'const error = new InvalidPluginExecutionError("no"); context.target.is = [error instanceof Error, error.name, error.message, definePlugin(7)]',
      ),
    ).run(0, inputOf(), hostOf(), LIMIT_MS)

    expect(targetOf(answer).is).toEqual([true, 'InvalidPluginExecutionError', 'no', 7])
  })

  test.each([
    ['./rules.js', 'rules.ts'],
    ['./rules', 'rules.ts'],
    ['./rules', 'rules/index.ts'],
    ['./deep/../rules.mjs', 'rules.mts'],
    ['./rules.js', 'rules.js'],
  ])('%s finds %s', (specifier, path) => {
    const plugin = load(packageOf({ 'index.ts': `export { rule as default } from '${specifier}'`, [path]: `export const rule = 'found'` }))

    expect(plugin.definition).toBe('found')
  })

  test.each([
    ['node:child_process', /is a module of Node, which a plug-in does not reach/],
    ['lodash', /packages are not installed for plug-ins/],
    ['/etc/passwd', /is no module of the package/],
    ['file:///etc/passwd', /is no module of the package/],
    ['https://example.com/a.js', /is no module of the package/],
    ['../outside.ts', /lies outside of the package/],
    ['./missing.ts', /is not in the package/],
  ])('the import of %s is refused with file, line and column [CT1, CT13]', (specifier, message) => {
    const refusal = refusalOf(() => load(packageOf({ 'index.ts': `import './lib.ts'`, 'lib.ts': `\nexport * from '${specifier}'` })))

    expect(refusal).toMatchObject({
      code: 'PLUGIN_INVALID',
      message: expect.stringMatching(message),
      details: { file: 'lib.ts', line: 2, column: 15 },
    })
    expect(refusal.hint).not.toBeNull()
  })

  test('a module of the package can be imported while a step runs, others are refused', async () => {
    const plugin = load(
      packageOf({
        'index.ts': moduleOf(
          `context.target.answer = (await import('./later.ts')).answer
           try { await import('node:fs/promises') } catch (error) { context.trace(error.message) }`,
          { isAsync: true },
        ),
        'later.ts': 'export const answer: number = 42',
      }),
    )
    const host = hostOf()

    const answer = await plugin.runAsync(0, inputOf(), host, LIMIT_MS)

    expect(targetOf(answer).answer).toBe(42)
    expect(host.lines).toEqual([expect.stringMatching(/"node:fs\/promises" cannot be imported/)])
  })

  test.each([
    ['an enum', 'index.ts', 'export default {}\n  enum Color { Red }', { line: 2, column: 3 }, /const Color = /],
    ['a parameter property', 'index.ts', 'class A { constructor(private x: number) {} }', { line: 1, column: 31 }, /Declare the field/],
    ['a namespace', 'index.ts', 'namespace A { export const x = 1 }', { line: 1, column: 1 }, /module of its own/],
    ['an error of syntax in TypeScript', 'index.ts', 'const a: = 1', { line: 1, column: 10 }, null],
    ['an error of syntax in JavaScript', 'index.js', 'const a = 1\nconst b = = 1', { line: 2, column: 11 }, null],
  ])('%s is refused with its place, and what to write instead [CT13]', (_, file, source, place, hint) => {
    const refusal = refusalOf(() => load(packageOf({ [file]: source })))

    expect(refusal).toMatchObject({ code: 'PLUGIN_INVALID', details: { file, ...place } })
    if (hint !== null) expect(refusal.hint).toMatch(hint)
  })

  test('types are taken out wherever they stand, and places stay what they are', () => {
    const answer = load(
      moduleOf(
        `const row = context.preImage as unknown as Row
         const amount: number = (row!.amount satisfies number) + (null as unknown as { missing: number }).missing`,
        { head: 'interface Row { amount: number }\nimport type { StepContext } from "cascade-workbench/plugin"' },
      ),
    ).run(0, inputOf({ preImage: { amount: 1 } }), hostOf(), LIMIT_MS)

    expect(answer).toMatchObject({ kind: 'failed', stack: expect.stringMatching(/handler \(index\.ts:8:\d+\)/) })
  })

  test('TypeScript that nests too deeply is refused, and the next module is read as before [CT6]', () => {
    for (let time = 0; time < 6; time += 1) expect(refusalOf(() => load('('.repeat(20_000))).message).toMatch(/nested too deeply/)

    expect(load('export default 1 as number').definition).toBe(1)
  })

  test('another kind of file is no module', () => {
    expect(refusalOf(() => load(packageOf({ 'index.ts': `import './data.json'`, 'data.json': '{}' }))).message).toMatch(
      /A module is JavaScript or TypeScript/,
    )
  })

  test('await at the top of a module is waited for while there is something to wait for', () => {
    expect(load('const value = await Promise.resolve(3)\nexport default value').definition).toBe(3)
    expect(refusalOf(() => load('await new Promise(() => {})')).message).toMatch(/waits at its top level for something that never settles/)
  })
})

describe('globals', () => {
  test('the console writes into the trace', () => {
    const host = hostOf()

    load(moduleOf('console.log("a", 1, { b: 2 }); console.error(new TypeError("no"))')).run(0, inputOf(), host, LIMIT_MS)

    expect(host.lines[0]).toBe('a 1 {"b":2}')
    expect(host.lines[1]).toMatch(/^TypeError: no\n {4}at handler \(index\.ts:6:\d+\)$/)
  })

  test('ids are made up', () => {
    const answer = load(moduleOf('context.target.ids = [crypto.randomUUID(), crypto.randomUUID()]')).run(0, inputOf(), hostOf(), LIMIT_MS)

    const [one, other] = targetOf(answer).ids as string[]
    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(one).not.toBe(other)
  })

  test('what a timer throws is the step’s failure', async () => {
    const answer = await load(
      moduleOf('setTimeout(() => { throw new Error("too late") }, 1); await new Promise((resolve) => setTimeout(resolve, 1000))', {
        isAsync: true,
      }),
    ).runAsync(0, inputOf(), hostOf(), LIMIT_MS)

    expect(answer).toMatchObject({ kind: 'failed', message: 'too late' })
  })

  test.each(['setTimeout(() => {}, 1)', 'fetch("http://127.0.0.1/")'])('a synchronous step waits for nothing: %s', (body) => {
    expect(load(moduleOf(body), ['network']).run(0, inputOf(), hostOf(), LIMIT_MS)).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/works in asynchronous steps only/),
    })
  })

  test('two asynchronous steps of one plug-in run one after another', async () => {
    const plugin = load(
      moduleOf('console.log("in"); await new Promise((resolve) => setTimeout(resolve, 2)); console.log("out")', { isAsync: true }),
    )
    const lines: string[] = []
    const hosts = ['a', 'b'].map((name) => ({ ...hostOf(), trace: (text: string) => void lines.push(`${name} ${text}`) }))

    await Promise.all(hosts.map((host) => plugin.runAsync(0, inputOf(), host, LIMIT_MS)))

    expect(lines).toEqual(['a in', 'a out', 'b in', 'b out'])
  })

  test('a synchronous step runs while an asynchronous one of the same plug-in waits', async () => {
    const plugin = load(
      `export default { steps: [
         { async handler() { console.log('waits'); await new Promise((resolve) => setTimeout(resolve, 2)); console.log('goes on') } },
         { handler() { console.log('in between') } } ] }`,
    )
    const [waiting, other] = [hostOf(), hostOf()]

    const settled = plugin.runAsync(0, inputOf(), waiting, LIMIT_MS)
    await new Promise((resolve) => setImmediate(resolve))
    plugin.run(1, inputOf(), other, LIMIT_MS)
    await settled

    expect(waiting.lines).toEqual(['waits', 'goes on'])
    expect(other.lines).toEqual(['in between'])
  })
})

describe('permissions', () => {
  const FILES = `import fs, { readFileSync, writeFileSync } from 'node:fs'`
  const withFiles = (body: string) => moduleOf(body, { head: FILES }).replace('steps:', `permissions: ['fs:read', 'fs:write'], steps:`)
  const openFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-files-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    return folder
  }

  test('files are written, read, listed and removed [CT2]', () => {
    const folder = openFolder()

    const answer = load(
      withFiles(`const path = '${folder}/deep/a.txt'
        fs.mkdirSync('${folder}/deep', { recursive: true })
        writeFileSync(path, 'one')
        fs.appendFileSync(path, ' ünd two')
        const stats = fs.statSync(path)
        context.target.seen = [readFileSync(path, 'utf8'), readFileSync(path, { encoding: 'utf8' }), fs.readdirSync('${folder}/deep'), fs.existsSync(path),
          stats.size, stats.isFile(), stats.isDirectory(), stats.mtime instanceof Date]
        fs.rmSync('${folder}/deep', { recursive: true })
        context.target.left = fs.readdirSync('${folder}')`),
      ['fs:read', 'fs:write'],
    ).run(0, inputOf(), hostOf(), LIMIT_MS)

    expect(targetOf(answer)).toMatchObject({ seen: ['one ünd two', 'one ünd two', ['a.txt'], true, 12, true, false, true], left: [] })
  })

  test.each([
    ['a file that is not there', 'readFileSync("/nowhere/a.txt", "utf8")', 'ENOENT'],
    ['bytes', 'readFileSync("/nowhere/a.txt")', 'ERR_INVALID_ARG_VALUE'],
    ['something that is no path', 'readFileSync({}, "utf8")', 'ERR_INVALID_ARG_VALUE'],
    ['bytes to write', 'writeFileSync("/nowhere/a.txt", new Uint8Array(3))', 'ERR_INVALID_ARG_TYPE'],
  ])('%s throws an error with a code, as in Node', (_, body, code) => {
    const answer = load(withFiles(`try { ${body} } catch (error) { context.target.code = [error instanceof Error, error.code] }`), [
      'fs:read',
      'fs:write',
    ]).run(0, inputOf(), hostOf(), LIMIT_MS)

    expect(targetOf(answer).code).toEqual([true, code])
  })

  test('fs:read does not write, and says which permission would [CT2]', () => {
    const folder = openFolder()

    const answer = load(withFiles(`writeFileSync('${folder}/a.txt', 'x')`), ['fs:read']).run(0, inputOf(), hostOf(), LIMIT_MS)

    expect(answer).toMatchObject({ kind: 'failed', message: 'writeFileSync needs the permission "fs:write": list it in the definition' })
  })

  test('a module that imports files without asking for them is refused, with the line [CT2, CT13]', () => {
    expect(refusalOf(() => load(moduleOf('', { head: FILES })))).toMatchObject({
      code: 'PLUGIN_INVALID',
      message: expect.stringMatching(/"node:fs" cannot be imported: it needs the permission "fs:read" or "fs:write"/),
      details: { file: 'index.ts', line: 2 },
    })
  })

  test('the environment is a frozen copy [CT2]', () => {
    const answer = load(
      moduleOf(
        'try { process.env.PATH = "x" } catch (error) { context.target.error = error.name } context.target.seen = [process.env.PATH, Object.keys(process)]',
      ),
      ['env'],
    ).run(0, inputOf(), hostOf(), LIMIT_MS)

    expect(targetOf(answer)).toMatchObject({ error: 'TypeError', seen: [process.env.PATH, ['env']] })
  })

  test('a request goes out and its response comes in [CT2]', async () => {
    const server = createServer((request, response) => {
      request.on('data', (body: Buffer) => {
        response.writeHead(201, { 'x-answer': 'yes' })
        response.end(JSON.stringify({ method: request.method, type: request.headers['content-type'], body: body.toString() }))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

    const answer = await load(
      moduleOf(
        `const response = await fetch('${url}', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'hello' })
         context.target.seen = [response.ok, response.status, response.headers.get('X-Answer'), response.headers.get('nothing'), await response.json(), typeof (await response.text())]`,
        { isAsync: true },
      ),
      ['network'],
    ).runAsync(0, inputOf(), hostOf(), LIMIT_MS)

    expect(targetOf(answer).seen).toEqual([true, 201, 'yes', null, { method: 'POST', type: 'text/plain', body: 'hello' }, 'string'])
  })

  test.each([
    ['another protocol', 'fetch("file:///etc/passwd")', /http: and https: only/],
    ['no address', 'fetch("nowhere")', /Invalid URL/],
  ])('a request to %s is rejected', async (_, body, message) => {
    const answer = await load(moduleOf(`await ${body}`, { isAsync: true }), ['network']).runAsync(0, inputOf(), hostOf(), LIMIT_MS)

    expect(answer).toMatchObject({ kind: 'failed', message: expect.stringMatching(message) })
  })
})

describe('virtual time', () => {
  async function openVirtual() {
    let nowMs = Date.UTC(2026, 0, 1)
    const virtual = createSandbox({
      time: {
        kind: 'virtual',
        now: () => nowMs,
        spend: (ms) => {
          nowMs += ms
        },
      },
      random: () => 0.25,
    })
    await virtual.ready()
    return { virtual, now: () => nowMs - Date.UTC(2026, 0, 1) }
  }

  test('timers run in the order in which they are due, and a cleared one does not', async () => {
    const { virtual } = await openVirtual()
    const plugin = virtual.runtime.load(
      packageOf(
        moduleOf(
          `const order = []
         setTimeout(() => order.push('later'), 4_000)
         clearTimeout(setTimeout(() => order.push('never'), 1_000))
         setTimeout((text) => order.push(text), 0, 'first')
         await new Promise((resolve) => setTimeout(resolve, 8_000))
         context.target.order = order`,
          { isAsync: true },
        ),
      ),
      [],
      LIMITS,
    )

    const answer = await plugin.runAsync(0, inputOf(), hostOf(), LIMIT_MS)

    expect(targetOf(answer).order).toEqual(['first', 'later'])
  })

  test('the date and chance are those given [CT12]', async () => {
    const { virtual } = await openVirtual()

    const answer = virtual.runtime
      .load(
        packageOf(
          moduleOf(`context.target.seen = [new Date(), Date.now(), Date().slice(0, 15), new Date(0), new Date(2020, 1, 1).getMonth(), new Date() instanceof Date,
            new Date().constructor === Date, Math.random(), crypto.randomUUID(), class extends Date {}.now()]`),
        ),
        [],
        LIMITS,
      )
      .run(0, inputOf(), hostOf(), LIMIT_MS)

    const now = Date.UTC(2026, 0, 1)
    expect(targetOf(answer).seen).toEqual([
      '2026-01-01T00:00:00.000Z',
      now,
      new Date(now).toString().slice(0, 15),
      '1970-01-01T00:00:00.000Z',
      1,
      true,
      true,
      0.25,
      '44444444-4444-4444-8444-444444444444',
      now,
    ])
  })

  test.each([
    'for (;;);',
    'for (;;) context.trace("")',
    'for (;;) try { context.service.retrieve("account", "x") } catch {}',
    '[].indexOf.call({ length: 2 ** 53 - 1 }, 1)',
  ])(
    'what never ends is stopped at the same place each time, and its time has passed: %s [CT4, CT12]',
    async (body) => {
      const stops = []
      for (let time = 0; time < 2; time += 1) {
        const { virtual, now } = await openVirtual()
        const host = hostOf(() => faultOf(1))
        const answer = virtual.runtime.load(packageOf(moduleOf(body)), [], LIMITS).run(0, inputOf(), host, 120_000)
        stops.push({ answer, nowMs: now(), calls: host.calls.length })
      }

      expect(stops[0]).toMatchObject({ answer: { kind: 'timeout' } })
      expect(stops[0]?.nowMs).toBeGreaterThanOrEqual(120_000)
      expect(stops[1]).toEqual(stops[0])
    },
    60_000,
  )

  test('a short step spends no time [CT12]', async () => {
    const { virtual, now } = await openVirtual()
    const plugin = virtual.runtime.load(packageOf(moduleOf('for (let n = 0; n < 1_000; n += 1) context.target.n = n')), [], LIMITS)

    for (let time = 0; time < 50; time += 1) plugin.run(0, inputOf(), hostOf(), LIMIT_MS)

    expect(now()).toBe(0)
  })

  test('timers pass at once, and the clock with them [CT12]', async () => {
    const { virtual, now } = await openVirtual()

    const answer = await virtual.runtime
      .load(
        packageOf(
          moduleOf('await new Promise((resolve) => setTimeout(resolve, 60_000)); context.target.at = Date.now()', { isAsync: true }),
        ),
        [],
        LIMITS,
      )
      .runAsync(0, inputOf(), hostOf(), 120_000)

    expect(targetOf(answer).at).toBe(Date.UTC(2026, 0, 1) + 60_000)
    expect(now()).toBe(60_000)
  })

  test('a step that waits beyond its limit is stopped when the limit is reached [CT4, CT12]', async () => {
    const { virtual, now } = await openVirtual()

    const answer = await virtual.runtime
      .load(packageOf(moduleOf('for (;;) await new Promise((resolve) => setTimeout(resolve, 50_000))', { isAsync: true })), [], LIMITS)
      .runAsync(0, inputOf(), hostOf(), 120_000)

    expect(answer).toEqual({ kind: 'timeout' })
    expect(now()).toBe(120_000)
  })
})
