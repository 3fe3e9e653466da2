import { linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { LoadedPlugin, StepAnswer } from '#engine/contract/plugin-runtime'
import type { Permission } from '#engine/contract/plugins'
import { createSandbox, type Sandbox } from '../../../main/plugins/sandbox/index.ts'
import { hostOf, inputOf, moduleOf, packageOf, refusalOf } from '../../unit/plugins/sandbox/packages.ts'

/** Attempts to get out of the containment, or to stop the app. After each of them a plug-in that means no harm runs as ever. */

const LIMITS = { timeMs: 30_000, memoryMegabytes: 48 }
const LIMIT_MS = 30_000
/** For what never ends: whether it is stopped sooner or later is all the same. */
const SHORT_MS = 100

/** One for all tests, so that each also shows that those before it did no harm. */
let sandbox: Sandbox
let harmless: LoadedPlugin
let closedPaths: string[] = []
let loaded: LoadedPlugin[] = []

beforeAll(async () => {
  sandbox = createSandbox({ time: { kind: 'real' }, forbidden: () => closedPaths })
  await sandbox.ready()
  const source = moduleOf('context.target.name = [1, 2].map((n) => String(n)).join("+")')
  harmless = sandbox.runtime.load(packageOf(source), [], LIMITS)
})

afterEach(() => {
  for (const plugin of loaded) plugin.dispose()
  loaded = []

  expect(harmless.run(0, inputOf(), hostOf(), LIMIT_MS)).toEqual({
    kind: 'done',
    output: '{"target":{"name":"1+2"},"sharedVariables":{},"outputParameters":{}}',
  })
})

afterAll(() => sandbox.close())

function load(source: string | Record<string, string>, permissions: Permission[] = [], limits = LIMITS): LoadedPlugin {
  const plugin = sandbox.runtime.load(packageOf(source), permissions, limits)
  loaded.push(plugin)
  return plugin
}

function attempt(
  body: string,
  { permissions = [], head = '', host = hostOf() }: { permissions?: Permission[]; head?: string; host?: ReturnType<typeof hostOf> } = {},
): StepAnswer {
  return load(moduleOf(body, { head }).replace('steps:', `permissions: ${JSON.stringify(permissions)}, steps:`), permissions).run(
    0,
    inputOf(),
    host,
    LIMIT_MS,
  )
}

const attemptLater = (body: string, permissions: Permission[] = []): Promise<StepAnswer> =>
  load(moduleOf(body, { isAsync: true }), permissions).runAsync(0, inputOf(), hostOf(), LIMIT_MS)

/** What the step put into `target.seen`. */
function seenBy(answer: StepAnswer): unknown {
  expect(answer).toMatchObject({ kind: 'done' })
  return answer.kind === 'done' ? (JSON.parse(answer.output) as { target: { seen: unknown } }).target.seen : undefined
}

describe('what does not end is stopped [CT4]', () => {
  test.each([
    ['a loop', 'for (;;);'],
    ['a loop that catches everything', 'for (;;) { try { for (;;); } catch {} }'],
    ['a loop in finally', 'try { for (;;); } finally { for (;;); }'],
    ['a loop that goes on in finally', 'all: for (;;) { try { continue all } finally { continue all } }'],
    ['a labelled loop that returns and does not', 'for (;;) { try { return } finally { continue } }'],
    ['a generator', 'function* numbers() { for (;;) yield 1 }\nfor (const n of numbers());'],
    ['an iterator that is never done', 'const [...all] = { [Symbol.iterator]: () => ({ next: () => ({ done: false }) }) }'],
    ['a set that grows while it is gone through', 'const set = new Set([1]); for (const n of set) { set.delete(n); set.add(n) }'],
    ['recursion that is caught', 'for (;;) try { (function deeper() { deeper() })() } catch {}'],
    ['evaluated code', 'new Function("for (;;);")()'],
    ['a regular expression', '/(a+)+$/.test("a".repeat(60) + "b")'],
    ['a replacer', '"a".replace(/a/, () => { for (;;); })'],
    ['a comparison', '[2, 1].sort(() => { for (;;); })'],
    ['a getter', '({ get x() { for (;;); } }).x'],
    ['a proxy', 'new Proxy({}, { get() { for (;;); } }).x'],
    ['a conversion', '"" + { toString() { for (;;); } }'],
    ['a static block', 'class Loop { static { for (;;); } }'],
    ['a tagged template', '(() => { for (;;); })`x`'],
    ['a setter', '({ set x(value) { for (;;); } }).x = 1'],
    ['an instance check', '({}) instanceof { [Symbol.hasInstance]() { for (;;); } }'],
    ['a loop of calls of the service', 'for (;;) context.service.retrieve("account", "x")'],
    ['a loop of trace lines', 'for (;;) context.trace("again")'],
    ['toJSON of what is left behind', 'context.sharedVariables.x = { toJSON() { for (;;); } }'],
    ['a getter of what is left behind', 'Object.defineProperty(context.target, "x", { enumerable: true, get() { for (;;); } })'],
    ['toJSON of an argument', 'context.service.create("account", { toJSON() { for (;;); } })'],
    ['what is traced', 'context.trace({ toString() { for (;;); } })'],
    ['what is returned', 'return { get then() { for (;;); } }'],
    ['the message of what is thrown', 'throw { get message() { for (;;); } }'],
    ['a proxy that is thrown', 'throw new Proxy({}, { get() { for (;;); }, has() { for (;;); } })'],
    ['toJSON of what is thrown', 'throw { toJSON() { for (;;); } }'],
    ['a search through places that are not there', '[].indexOf.call({ length: 2 ** 53 - 1 }, 1)'],
    ['a join of places that are not there', 'new Array(2 ** 32 - 1).join("")'],
    ['a search of a long text in a long text', '("a".repeat(4e6)).indexOf("a".repeat(2e6) + "b")'],
    ['a template of endless parts', 'String.raw({ raw: { length: 2 ** 53 - 1 } })'],
  ])('%s', (_, body) => {
    expect(load(moduleOf(body)).run(0, inputOf(), hostOf(), SHORT_MS)).toEqual({ kind: 'timeout' })
  })

  test.each([
    ['promises that follow each other', 'for (;;) await null'],
    ['promises that make promises', 'await (function again() { return Promise.resolve().then(again) })()'],
    ['a thenable', 'await { then(resolve) { resolve({ then(next) { for (;;); } }) } }'],
    ['a timer', 'setTimeout(() => { for (;;); }, 0); await new Promise(() => {})'],
    ['timers that follow each other', 'for (;;) await new Promise((resolve) => setTimeout(resolve, 1))'],
    ['waiting for longer than the limit', 'await new Promise((resolve) => setTimeout(resolve, 1e9))'],
    ['a loop after waiting', 'await null; for (;;);'],
  ])('in an asynchronous step: %s', async (_, body) => {
    expect(await load(moduleOf(body, { isAsync: true })).runAsync(0, inputOf(), hostOf(), SHORT_MS)).toEqual({ kind: 'timeout' })
  })

  test.each([
    ['a loop in a module', 'for (;;);'],
    ['a loop in the function that it exports', 'export default () => { for (;;); }'],
    ['a getter of what it exports', 'export default { get steps() { for (;;); } }'],
    ['a proxy that it exports', 'export default new Proxy({}, { ownKeys() { for (;;); } })'],
    ['promises at its top', 'for (;;) await null'],
    ['a built-in function', '[].indexOf.call({ length: 2 ** 53 - 1 }, 1)'],
    ['the message of what it throws', 'throw { get message() { for (;;); } }'],
  ])('%s is refused [CT13]', (_, source) => {
    const refusal = refusalOf(() => load(source, [], { ...LIMITS, timeMs: 1_000 }))

    expect(refusal).toMatchObject({ code: 'PLUGIN_INVALID', message: expect.stringMatching(/did not finish/) })
  })

  test('a step within another one ends with the outer one’s limit', () => {
    const inner = load(moduleOf('for (;;);'))
    const outer = load(moduleOf('context.service.update("account", "x", {}); for (;;);'))
    const answers: StepAnswer[] = []

    const answer = outer.run(
      0,
      inputOf(),
      hostOf(() => {
        answers.push(inner.run(0, inputOf(), hostOf(), 3_600_000))
        return { ok: true, value: undefined }
      }),
      SHORT_MS,
    )

    expect([...answers, answer]).toEqual([{ kind: 'timeout' }, { kind: 'timeout' }])
  })
})

describe('who takes too much memory runs out of it [CT5]', () => {
  test.each([
    ['texts', 'const all = []; for (let n = 0; ; n += 1) all.push("x".repeat(1e6) + n)'],
    ['a text that doubles', 'let text = "x".repeat(1e6); const all = []; for (;;) { text += text; all.push(text.slice(1)) }'],
    ['one long text', '"x".repeat(2 ** 29)'],
    ['a padded text', '"x".padStart(2 ** 29)'],
    ['an array', 'const all = []; all.length = 0; all.push(...new Array(3e7))'],
    ['a filled array', 'new Array(3e7).fill(0)'],
    ['arrays in arrays', 'let all = []; for (;;) all = [all, new Array(1e5).fill(1)]'],
    ['one typed array', 'new Uint8Array(1e9)'],
    ['typed arrays', 'const all = []; for (;;) all.push(new Float64Array(1e5))'],
    ['a buffer', 'new ArrayBuffer(1e9)'],
    ['a spread text', '[..."x".repeat(1e8)]'],
    ['a split text', '"x".repeat(1.5e7).split("")'],
    ['JSON', 'JSON.stringify(new Array(3e7).fill(0))'],
    ['what it leaves behind', 'context.target.all = Array.from({ length: 2e6 }, () => ({ a: 1, b: [2] }))'],
    ['what it throws', 'const all = []; for (;;) { all.push("x".repeat(1e6)); if (all.length === 1e9) throw all }'],
  ])('%s', (_, body) => {
    expect(load(moduleOf(body)).run(0, inputOf(), hostOf(), 60_000)).toEqual({ kind: 'memory' })
  })

  test('who catches it may go on with what it has', () => {
    const answer = load(moduleOf('try { new Uint8Array(1e9) } catch (error) { context.target.seen = error.message }')).run(
      0,
      inputOf(),
      hostOf(),
      LIMIT_MS,
    )

    expect(seenBy(answer)).toBe('out of memory')
  })

  test('a module that takes it is refused [CT13]', () => {
    const refusal = refusalOf(() => load('const all = []; for (;;) all.push("x".repeat(1e6))'))

    expect(refusal).toMatchObject({ code: 'PLUGIN_INVALID', message: expect.stringMatching(/more memory than a plug-in may hold/) })
  })

  test('it begins anew afterwards, with all the memory it may have [CT11]', () => {
    const plugin = load(
      moduleOf('kept.push(...context.target.seen === 1 ? [1] : new Array(1e7).fill(1e6)); context.target.seen = kept.length', {
        head: 'const kept = []',
      }),
    )

    const answers = [1, 2, 1, 2, 1].map((seen) => plugin.run(0, inputOf({ target: { seen } }), hostOf(), 60_000))

    expect(answers.map(({ kind }) => kind)).toEqual(['done', 'memory', 'done', 'memory', 'done'])
    expect(seenBy(answers[4] as StepAnswer)).toBe(1)
  })

  test('many that take what they may, one after another, leave room for the next', () => {
    for (let time = 0; time < 12; time += 1)
      expect(attempt('kept = new Uint8Array(3e7).fill(1); context.target.seen = kept.length', { head: 'let kept' })).toMatchObject({
        kind: expect.stringMatching(/done|memory/),
      })
  })
})

describe('what calls itself without end fails the step [CT6]', () => {
  test.each([
    ['a function', '(function deeper() { deeper() })()'],
    ['an arrow function', 'const deeper = () => deeper(); deeper()'],
    ['a callback', '(function deeper() { [1].map(deeper) })()'],
    ['a getter', 'const o = { get x() { return this.x } }; o.x'],
    ['a proxy', 'const p = new Proxy({}, { get: (_, key, self) => self[key] }); p.x'],
    ['a proxy of proxies', 'let p = {}; for (let n = 0; n < 20_000; n += 1) p = new Proxy(p, {}); p.x'],
    ['toString', 'const o = { toString: () => String(o) }; String(o)'],
    ['toJSON', 'const o = { toJSON: () => JSON.stringify(o) }; JSON.stringify(o)'],
    ['a constructor', 'class A { constructor() { new A() } }; new A()'],
    ['a generator', 'function* deeper() { yield* deeper() } [...deeper()]'],
    ['evaluated code', 'globalThis.deeper = () => eval("deeper()"); deeper()'],
    ['a replacer', 'const deeper = () => "a".replace(/a/, deeper); deeper()'],
    ['a comparison', 'const deeper = () => [1, 2].sort(deeper); deeper()'],
    ['calls of the service', 'const deeper = () => { context.service.retrieve("account", "x"); deeper() }; deeper()'],
    ['an array in itself', 'const all = []; all.push(all); all.flat(Infinity)'],
    ['nested code', 'eval("(".repeat(50_000))'],
    ['nested JSON', 'JSON.parse("[".repeat(500_000))'],
    ['nested values', 'let all = []; for (let n = 0; n < 50_000; n += 1) all = [all]; JSON.stringify(all)'],
    ['a nested value that is left behind', 'let all = []; for (let n = 0; n < 50_000; n += 1) all = [all]; context.target.all = all'],
    ['a nested expression', 'new RegExp("(?:".repeat(100_000) + ")".repeat(100_000))'],
    ['many captures', 'new RegExp("(".repeat(100_000) + ")".repeat(100_000))'],
  ])('%s', (_, body) => {
    expect(load(moduleOf(body)).run(0, inputOf(), hostOf(), 60_000)).toMatchObject({ kind: 'failed' })
  })

  test('nested JavaScript is refused as a module [CT13]', () => {
    expect(refusalOf(() => load({ 'index.js': '('.repeat(50_000) })).code).toBe('PLUGIN_INVALID')
  })

  test('what breaks the containment is told of to those it took part in, and all go on [CT11]', () => {
    const outer = load(moduleOf('try { context.service.update("account", "x", {}) } finally { context.trace("still here") }'))
    const inner = load(moduleOf('JSON.parse("[".repeat(500_000))'))
    const answers: StepAnswer[] = []
    const host = hostOf(() => {
      answers.push(inner.run(0, inputOf(), hostOf(), LIMIT_MS))
      return { ok: true, value: undefined }
    })

    answers.push(outer.run(0, inputOf(), host, LIMIT_MS))
    answers.push(load(moduleOf('context.target.seen = 1')).run(0, inputOf(), hostOf(), LIMIT_MS))

    expect(answers.map(({ kind }) => kind)).toEqual(['failed', 'broken', 'done'])
    expect(host.lines).toEqual([])
  })

  test('one that breaks the containment each time is no trouble to the others [CT11]', () => {
    const breaking = load(
      moduleOf('if (context.depth === 1) JSON.parse("[".repeat(500_000)); count += 1; context.target.seen = count', {
        head: 'let count = 0',
      }),
    )

    for (let time = 0; time < 20; time += 1) {
      expect(breaking.run(0, inputOf(), hostOf(), LIMIT_MS)).toMatchObject({
        kind: 'failed',
        message: expect.stringMatching(/stack overflow/),
      })
      expect(seenBy(breaking.run(0, inputOf({ depth: 2 }), hostOf(), LIMIT_MS))).toBe(1)
    }
  })
})

describe('nothing of Node, of the app or of the computer is there [CT1]', () => {
  test.each([
    ['process', 'process.exit(1)'],
    ['process, by another way', 'globalThis.process.exit(1)'],
    ['require', 'require("node:fs")'],
    ['module', 'module.constructor._load("fs")'],
    ['global', 'global.process'],
    ['Buffer', 'Buffer.from("x")'],
    ['child processes', 'process.binding("spawn_sync")'],
    ['a worker thread', 'new Worker("data:,")'],
    ['WebAssembly', 'new WebAssembly.Module(new Uint8Array())'],
    ['shared memory', 'new SharedArrayBuffer(8)'],
    ['waiting for others', 'Atomics.wait(new Int32Array(8), 0, 0)'],
    ['an import.meta that knows paths', 'import.meta.resolve("x")'],
    ['the interpreter’s own modules', 'std.exit(1)'],
    ['the interpreter’s files', 'os.open("/etc/passwd")'],
    ['dates of another world', 'context.operationCreatedOn.constructor.constructor("return process")().exit()'],
    ['intervals', 'setInterval(() => {}, 1)'],
    ['the caller', 'arguments.callee.caller.arguments'],
  ])('%s', (_, body) => {
    expect(attempt(body)).toMatchObject({ kind: 'failed', message: expect.stringMatching(/Error: /) })
  })

  test('only what the language has, and what the manual lists, is global', () => {
    const known = new Set(['console', 'crypto', 'setTimeout', 'clearTimeout', 'fetch'])
    const beyond = (seenBy(attempt('context.target.seen = Object.getOwnPropertyNames(globalThis)')) as string[]).filter(
      (name) => !known.has(name) && !(name in globalThis),
    )

    // Of the interpreter itself: what it throws where it gives up, and how it is told about unreachable values.
    expect(
      beyond.filter(
        (name) =>
          !/^(InternalError|Iterator|Float16Array|DOMException|performance|navigator|gc|print|scriptArgs|queueMicrotask)$/.test(name),
      ),
    ).toEqual([])
    expect(beyond).not.toContain('std')
  })

  test.each([
    'node:child_process',
    'node:worker_threads',
    'node:vm',
    'node:module',
    'node:inspector',
    'child_process',
    'better-sqlite3',
    'electron',
    'std',
    'os',
    'bjson',
    '/etc/passwd',
    '../../../main/engine/index.ts',
    'file:///etc/passwd',
    'data:text/javascript,export default process',
    'https://example.com/a.js',
    './native.node',
    'cascade-workbench',
    'cascade-workbench:createDispatcher',
    'unresolved:0',
    '#engine',
    'index.ts\0',
  ])('the module %j cannot be imported while a step runs', async (specifier) => {
    const answer = await attemptLater(`await import(${JSON.stringify(specifier)})`)

    expect(answer).toMatchObject({ kind: 'failed', message: expect.stringMatching(/cannot be imported|has no module/) })
  })

  test('a native module in the package is no module', () => {
    const refusal = refusalOf(() => load({ 'index.ts': `import './native.node'`, 'native.node': '\u007fELF' }, ['fs:read']))

    expect(refusal.message).toMatch(/A module is JavaScript or TypeScript/)
  })

  test.each([
    ['this', 'this'],
    ['an object', '({})'],
    ['the context', 'context'],
    ['the target', 'context.target'],
    ['a function of the service', 'context.service.retrieve'],
    ['trace', 'context.trace'],
    ['console', 'console.log'],
    ['fetch', 'fetch'],
    ['an imported function', 'definePlugin'],
    ['an imported class', 'InvalidPluginExecutionError'],
    ['an error of the service', '(() => { try { context.service.retrieve("x") } catch (error) { return error } })()'],
    ['an error of ours', '(() => { try { context.service.create(1n) } catch (error) { return error } })()'],
    ['an error that the host throws', '(() => { try { fetch("http://127.0.0.1") } catch (error) { return error } })()'],
    ['an error of the interpreter', '(() => { try { null.x } catch (error) { return error } })()'],
    ['an async function', '(async () => {})'],
    ['a generator', '(function* () {})'],
    ['what eval sees', '(0, eval)("this")'],
  ])('constructors of %s make code that sees no more', (_, expression) => {
    const host = hostOf(() => ({
      ok: false,
      number: 1,
      fault: { code: 'X', message: 'no', platformCode: null, platformName: null, hint: null, details: {} },
    }))

    const answer = attempt(
      `const start = ${expression}
       const seen = []
       for (let thing = start, n = 0; n < 6 && thing !== null && thing !== undefined; n += 1, thing = Object.getPrototypeOf(thing))
         for (const maker of [thing.constructor, thing.constructor?.constructor])
           if (typeof maker === 'function')
             try { seen.push(String(maker('return [typeof process, typeof require, typeof globalThis.process, typeof module].join()')())) } catch (error) { seen.push(error.name) }
       context.target.seen = seen`,
      { host },
    )

    const seen = seenBy(answer) as string[]
    expect(seen).toContain('undefined,undefined,undefined,undefined')
    expect(seen.filter((text) => /object|function/.test(text) && !/^(\[object|function|async|class)/.test(text))).toEqual([])
  })
})

describe('a permission opens what it names, and nothing else [CT2, CT3]', () => {
  const HEAD = `import * as fs from 'node:fs'`
  let folder: string
  let closed: string

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'containment-')))
    mkdirSync(join(folder, 'environment'))
    closed = join(folder, 'environment', 'sales.cwb')
    writeFileSync(closed, 'records')
    closedPaths = [closed, `${closed}-wal`, join(folder, 'environment', 'keys')]
  })

  afterEach(() => {
    expect(readFileSync(closed, 'utf8')).toBe('records')
    expect(readdirSync(join(folder, 'environment'))).toEqual(['sales.cwb'])
    rmSync(folder, { recursive: true })
  })

  const linkTwice = (name: string): void => {
    symlinkSync(closed, `${name}2`)
    symlinkSync(`${name}2`, name)
  }
  const BOTH: Permission[] = ['fs:read', 'fs:write']
  const withFiles = (body: string, permissions: Permission[] = BOTH) =>
    attempt(body.replaceAll('FOLDER', folder), { permissions, head: HEAD })
  const denied = (message: RegExp) => ({ kind: 'failed', message: expect.stringMatching(message) })

  test.each([
    ['its path', 'fs.readFileSync("FOLDER/environment/sales.cwb", "utf8")'],
    ['a path with ..', 'fs.readFileSync("FOLDER/other/../environment/./sales.cwb", "utf8")'],
    ['a relative path', 'fs.readFileSync("../../../../../../../../../../FOLDER/environment/sales.cwb", "utf8")'],
    ['writing', 'fs.writeFileSync("FOLDER/environment/sales.cwb", "x")'],
    ['adding', 'fs.appendFileSync("FOLDER/environment/sales.cwb", "x")'],
    ['removing', 'fs.rmSync("FOLDER/environment/sales.cwb")'],
    ['removing its folder', 'fs.rmSync("FOLDER/environment", { recursive: true, force: true })'],
    ['removing everything', 'fs.rmSync("/", { recursive: true, force: true })'],
    ['its log, which is not there yet', 'fs.writeFileSync("FOLDER/environment/sales.cwb-wal", "x")'],
    ['its log in other letters', 'fs.writeFileSync("FOLDER/environment/SALES.cwb-WAL", "x")'],
    ['a folder', 'fs.readdirSync("FOLDER/environment/keys")'],
    ['what lies in a folder', 'fs.writeFileSync("FOLDER/environment/keys/agreement", "x")'],
    ['asking for it', 'fs.statSync("FOLDER/environment/sales.cwb")'],
  ])('the environment file by %s', (_, body) => {
    expect(withFiles(body)).toMatchObject(denied(/is closed to plug-ins/))
  })

  test.each([
    ['a link to it', (name: string) => symlinkSync(closed, name), ''],
    ['a link to its folder', (name: string) => symlinkSync(join(folder, 'environment'), name), '/sales.cwb'],
    ['a link to a link', linkTwice, ''],
    ['another name of the same file', (name: string) => linkSync(closed, name), ''],
    ['a link to its log, which is not there yet', (name: string) => symlinkSync(`${closed}-wal`, name), ''],
  ])('%s', (_, link, below) => {
    link(join(folder, 'innocent'))

    for (const body of [`fs.readFileSync("FOLDER/innocent${below}", "utf8")`, `fs.writeFileSync("FOLDER/innocent${below}", "x")`])
      expect(withFiles(body)).toMatchObject(denied(/is closed to plug-ins|is a link to nothing/))
  })

  test
    .runIf(process.platform === 'linux')
    .each([
      '/proc/self/environ',
      '/proc/self/mem',
      '/proc/self/fd/0',
      '/proc/thread-self/maps',
      '/dev/stdin',
      '/dev/zero',
      '/sys/kernel/uevent_seqnum',
    ])('what is no ordinary file: %s', (path) => {
    expect(withFiles(`fs.readFileSync(${JSON.stringify(path)}, "utf8")`)).toMatchObject(denied(/is closed to plug-ins/))
  })

  test('files without a permission', () => {
    expect(refusalOf(() => load(moduleOf('', { head: HEAD }))).message).toMatch(/needs the permission "fs:read" or "fs:write"/)
  })

  test('files imported while a step runs, without a permission', async () => {
    const answer = await attemptLater('const fs = await import("node:fs"); fs.readFileSync("/etc/passwd", "utf8")')

    expect(answer).toMatchObject(denied(/permission "fs:read"/))
  })

  test('writing with the permission to read', () => {
    expect(withFiles('fs.writeFileSync("FOLDER/a.txt", "x")', ['fs:read'])).toMatchObject(denied(/needs the permission "fs:write"/))
    expect(readdirSync(folder)).toEqual(['environment'])
  })

  test('reading with the permission to write', () => {
    expect(withFiles('fs.readFileSync("FOLDER/a.txt", "utf8")', ['fs:write'])).toMatchObject(denied(/needs the permission "fs:read"/))
  })

  test.each(['openSync', 'createReadStream', 'copyFileSync', 'symlinkSync', 'watch', 'promises'])(
    'no other function of node:fs is there: %s',
    (name) => {
      expect(seenBy(withFiles(`context.target.seen = typeof fs.${name}`))).toBe('undefined')
    },
  )

  test('a path that is none', () => {
    for (const path of ['{ toString: () => "/etc/passwd" }', '"/etc/passwd\\0.txt"', '["/etc/passwd"]', 'new URL("file:///etc/passwd")'])
      expect(withFiles(`fs.readFileSync(${path}, "utf8")`)).toMatchObject(denied(/takes a path as text|URL/))
  })

  test('the functions behind node:fs are not left lying about', () => {
    expect(
      seenBy(
        withFiles(
          'context.target.seen = [globalThis["cascade-workbench:files"] === undefined, Object.getOwnPropertyNames(globalThis).some((name) => name.includes(":"))]',
        ),
      ),
    ).toEqual([true, false])
  })

  test('the network without a permission', async () => {
    expect(await attemptLater('await fetch("http://127.0.0.1:9/")', ['fs:read', 'fs:write', 'env'])).toMatchObject(
      denied(/fetch needs the permission "network"/),
    )
  })

  test('environment variables without a permission', () => {
    expect(attempt('process.env.PATH', { permissions: BOTH })).toMatchObject(denied(/process/))
  })

  test('environment variables that are changed stay what they are', () => {
    attempt(
      'try { process.env.PATH = "x"; delete process.env.HOME } catch {} Object.defineProperty(globalThis, "process", { value: { env: {} } })',
      { permissions: ['env'] },
    )

    expect(process.env.PATH).not.toBe('x')
    expect(seenBy(attempt('context.target.seen = process.env.PATH', { permissions: ['env'] }))).toBe(process.env.PATH)
  })
})

describe('whoever changes built-in objects changes them for itself [CT8]', () => {
  test.each([
    [
      'Object.prototype',
      'Object.defineProperty(Object.prototype, "kind", { get: () => "owned", set() {} }); Object.prototype.toJSON = () => "owned"',
    ],
    [
      'Array.prototype',
      'Array.prototype.map = Array.prototype.push = Array.prototype[Symbol.iterator] = () => { throw new Error("owned") }',
    ],
    ['Array.prototype.toJSON', 'Array.prototype.toJSON = () => "owned"'],
    ['JSON', 'JSON.parse = JSON.stringify = () => "owned"; globalThis.JSON = undefined'],
    ['Promise', 'Promise.prototype.then = Promise.resolve = () => { throw new Error("owned") }; globalThis.Promise = undefined'],
    [
      'Error',
      'Error.prototype.toString = () => "owned"; Error.prepareStackTrace = () => { throw 1 }; Error.stackTraceLimit = 0; globalThis.Error = undefined',
    ],
    [
      'String.prototype',
      'String.prototype.slice = String.prototype.toString = () => { throw new Error("owned") }; String.prototype.toJSON = () => "owned"',
    ],
    ['Symbol', 'globalThis.Symbol = undefined'],
    [
      'Function.prototype',
      'Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => { throw new Error("owned") }; Function.prototype.then = () => {}',
    ],
    ['Reflect and Proxy', 'Reflect.apply = Reflect.construct = () => { throw new Error("owned") }; globalThis.Proxy = undefined'],
    [
      'setters for places in lists',
      'for (const n of [0, 1, 2]) Object.defineProperty(Array.prototype, n, { set() { throw new Error("owned") }, configurable: true })',
    ],
    [
      'setters for names of ours',
      'for (const name of ["target", "message", "value", "handler", "kind", "then"]) Object.defineProperty(Object.prototype, name, { __proto__: null, set() { throw new Error("owned") }, get: () => undefined })',
    ],
    [
      'everything that is frozen',
      'for (const name of Object.getOwnPropertyNames(globalThis)) try { Object.freeze(globalThis[name]); Object.freeze(globalThis[name].prototype) } catch {}',
    ],
    ['everything that is gone', 'for (const name of Object.getOwnPropertyNames(globalThis)) try { delete globalThis[name] } catch {}'],
  ])('%s', (_, head) => {
    const host = hostOf(() => ({ ok: true, value: '{"name":"Fabrikam"}' }))

    const answer = attempt('context.target.seen = context.service.retrieve("account", "x").name; context.trace("here")', { head, host })

    // It may have made its own life impossible; what it says of it is still an answer.
    expect(answer.kind).toMatch(/^(done|failed)$/)
    if (answer.kind === 'done') {
      const output = JSON.parse(answer.output) as object
      expect(Object.keys(output)).toEqual(['target', 'sharedVariables', 'outputParameters'])
    }
  })

  test('what one plug-in puts into the global object, another does not find', () => {
    attempt('globalThis.shared = 1; Object.prototype.shared = 2; Symbol.for("shared").description; context.sharedVariables.shared = 3')

    expect(seenBy(attempt('context.target.seen = [typeof shared, "shared" in {}, context.sharedVariables.shared === undefined]'))).toEqual([
      'undefined',
      false,
      true,
    ])
  })

  test('what a plug-in leaves behind is plain data for whoever reads it', () => {
    const answer = attempt('context.target = null', {})
    const polluting = attempt(
      'context.sharedVariables["__proto__"] = { polluted: 1 }; Object.defineProperty(context.target, "__proto__", { enumerable: true, value: { polluted: 1 } })',
    )

    expect(answer).toMatchObject({ kind: 'failed' })
    expect(polluting).toMatchObject({ kind: 'done' })
    if (polluting.kind === 'done') JSON.parse(polluting.output)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  test('faults cannot be made up', () => {
    const host = hostOf(() => ({
      ok: false,
      number: 1,
      fault: { code: 'X', message: 'no', platformCode: null, platformName: null, hint: null, details: {} },
    }))

    const answer = attempt(
      `try { context.service.retrieve('account', 'x') } catch (fault) {
         const Made = Object.getPrototypeOf(fault).constructor
         throw Object.setPrototypeOf(new Made('made up', 'code', 99), Object.getPrototypeOf(fault))
       }`,
      { host },
    )

    expect(answer).toMatchObject({ kind: 'failed', message: expect.stringMatching(/made up/) })
  })
})

describe('whatever comes out is an answer [CT7]', () => {
  test.each([
    ['an object that throws at every touch', 'throw new Proxy(function () {}, new Proxy({}, { get() { throw new Error("touched") } }))'],
    ['a revoked proxy', 'const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy'],
    ['an error whose stack is no text', 'throw Object.assign(new Error("x"), { stack: { toString() { throw 1 } } })'],
    ['an error whose name is no text', 'throw Object.assign(new Error("x"), { name: Symbol("y") })'],
    ['an endless cause', 'const error = new Error("x"); error.cause = error; throw error'],
    ['what reads like running out of memory', 'throw Object.assign(new Error("out of memory"), { name: "InternalError" })'],
    ['a text with half a character', 'throw new Error("\\ud800\\u0000")'],
    ['an interrupt that is made up', 'throw Object.assign(new Error("interrupted"), { name: "InternalError" })'],
  ])('%s', (_, body) => {
    expect(attempt(body).kind).toMatch(/^(failed|memory)$/)
  })

  test('texts come out as they are, with zeros and halves of characters', () => {
    const host = hostOf()

    const answer = attempt('context.target.seen = "a\\u0000b\\ud800c\\u{1f600}"; context.trace("x\\u0000y")', { host })

    expect(seenBy(answer)).toBe('a\u0000b\ud800c\u{1f600}')
    expect(host.lines).toEqual(['x\u0000y'])
  })

  test('what the host throws is an error inside, and no hole', () => {
    const host = hostOf(() => {
      throw new RangeError('the engine has a defect')
    })

    const answer = attempt(
      'try { context.service.retrieve("account", "x") } catch (error) { context.target.seen = [error instanceof Error, error.message, error.constructor === Error] }',
      { host },
    )

    expect(seenBy(answer)).toEqual([true, 'the engine has a defect', true])
  })

  test('a promise that can never settle is told at once [CT10]', async () => {
    for (const body of [
      'await new Promise(() => {})',
      'await { then() {} }',
      'clearTimeout(setTimeout(() => {}, 1)); await new Promise(() => {})',
    ])
      expect(await load(moduleOf(body, { isAsync: true })).runAsync(0, inputOf(), hostOf(), 3_600_000)).toMatchObject({
        kind: 'promise',
        message: expect.stringMatching(/can never settle/),
      })
  })

  test('a rejection that nobody handles is nobody’s trouble', async () => {
    const rejections: unknown[] = []
    const listener = (reason: unknown) => rejections.push(reason)
    process.on('unhandledRejection', listener)
    onTestFinished(() => void process.off('unhandledRejection', listener))

    attempt('Promise.reject(new Error("nobody"))')
    await attemptLater('Promise.reject(new Error("nobody")); await null')
    await new Promise((resolve) => setImmediate(resolve))

    expect(rejections).toEqual([])
  })
})

describe('what is handed over at once has a limit [CT14]', () => {
  test('a trace line', () => {
    const host = hostOf()

    attempt('context.trace("x".repeat(3e6)); context.trace("short")', { host })

    expect(host.lines[0]?.length).toBeLessThan(70_000)
    expect(host.lines[0]).toMatch(/more characters\)$/)
    expect(host.lines[1]).toBe('short')
  })

  test('all trace lines of a run', () => {
    const host = hostOf()

    load(moduleOf('for (let n = 0; n < 20_000; n += 1) context.trace("x".repeat(1_000))')).run(0, inputOf(), host, 60_000)

    expect(host.lines.join('').length).toBeLessThan(1_200_000)
    expect(host.lines.at(-1)).toMatch(/traces more than is kept/)
  })

  test('arguments of the service', () => {
    const host = hostOf()

    const answer = sandbox.runtime
      .load(packageOf(moduleOf('context.service.create("account", { name: "x".repeat(16_000_001) })')), [], {
        ...LIMITS,
        memoryMegabytes: 256,
      })
      .run(0, inputOf(), host, 60_000)

    expect(answer).toMatchObject({ kind: 'failed', message: expect.stringMatching(/service\.create was given 16\d{6} characters/) })
    expect(host.calls).toEqual([])
  })

  test('a definition', () => {
    expect(refusalOf(() => load('export default { list: Array.from({ length: 200_000 }, () => "0123456789") }')).message).toMatch(
      /longer than 1000000 characters/,
    )
  })
})

test('a step that was stopped begins anew, and what its module held is lost [CT11]', () => {
  const plugin = load(moduleOf('count += 1; if (context.depth === 2) for (;;); context.target.seen = count', { head: 'let count = 0' }))

  const answers = [1, 1, 2, 1].map((depth) => plugin.run(0, inputOf({ depth }), hostOf(), depth === 2 ? SHORT_MS : LIMIT_MS))

  expect(answers.map(({ kind }) => kind)).toEqual(['done', 'done', 'timeout', 'done'])
  expect(seenBy(answers[1] as StepAnswer)).toBe(2)
  expect(seenBy(answers[3] as StepAnswer)).toBe(1)
})

test('worlds that are given up leave nothing behind', () => {
  const bytes = () => process.memoryUsage().arrayBuffers + process.memoryUsage().external
  const before = bytes()

  for (let time = 0; time < 200; time += 1) load(moduleOf('')).dispose()

  expect(bytes() - before).toBeLessThan(64 * 1024 * 1024)
})
