import { createNativeRuntime } from '../../main/plugins/native/index.ts'
import { createSandbox } from '../../main/plugins/sandbox/index.ts'
import { hostOf, inputOf, LIMIT_MS, LIMITS, packageOf } from '../unit/plugins/sandbox/packages.ts'

/** What one call of a step costs, contained and in this very thread: `node test/bench/sandbox.ts`. Median of rounds, in microseconds. */

const IMAGE = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`column${n}`, n % 2 === 0 ? `some text of column ${n}` : n]))
const CASES: [name: string, handler: (context: never) => void, input: string][] = [
  ['nothing to do', () => {}, inputOf()],
  ['one column changed', ({ target }: { target: { name: string } }) => void (target.name = 'Fabrikam'), inputOf()],
  [
    'two images of 20 columns',
    ({ target, preImage, postImage }: { target: { name: unknown }; preImage: typeof IMAGE; postImage: typeof IMAGE }) =>
      void (target.name = preImage.column1 === postImage.column1),
    inputOf({ preImage: IMAGE, postImage: IMAGE }),
  ],
  [
    'one call of the service',
    ({ service }: { service: { retrieve(table: string, id: string): unknown } }) => void service.retrieve('account', 'x'),
    inputOf(),
  ],
  [
    'a loop of 10,000',
    ({ target }: { target: { sum: number } }) => {
      target.sum = 0
      for (let n = 0; n < 10_000; n += 1) target.sum += n
    },
    inputOf(),
  ],
] as [string, (context: never) => void, string][]

const ROUNDS = 21
const answer = { ok: true as const, value: '{"name":"Contoso","statecode":0}' }

const sandbox = createSandbox({ time: { kind: 'real' } })
const startedMs = performance.now()
await sandbox.ready()
console.log(`the first instance: ${(performance.now() - startedMs).toFixed(0)} ms`)

for (const [name, handler, input] of CASES) {
  const contained = packageOf(`export default { steps: [{ handler: ${String(handler)} }] }`)
  const native = packageOf('', { origin: name })
  const modules = new Map([[name, { steps: [{ handler }] }]])
  const plugins = [sandbox.runtime.load(contained, [], LIMITS), createNativeRuntime({ modules }).load(native, [], LIMITS)]
  const host = { ...hostOf(), call: () => answer }
  const [inside = 0, outside = 0] = plugins.map((plugin) => median(() => plugin.run(0, input, host, LIMIT_MS)))
  console.log(`${name}: contained ${inside.toFixed(1)} µs, native ${outside.toFixed(1)} µs`)
  if (name === 'nothing to do')
    console.log(`loading a module: ${timeOf(() => sandbox.runtime.load(contained, [], LIMITS).dispose()).toFixed(1)} ms`)
}
sandbox.close()

function timeOf(work: () => void): number {
  const fromMs = performance.now()
  for (let n = 0; n < 20; n += 1) work()
  return (performance.now() - fromMs) / 20
}

function median(work: () => unknown): number {
  // The first calls are slow: WebAssembly is compiled again, better, while it runs.
  for (let n = 0; n < 500; n += 1) work()
  const calls = 1_000
  const rounds = Array.from({ length: ROUNDS }, () => {
    const fromMs = performance.now()
    for (let n = 0; n < calls; n += 1) work()
    return ((performance.now() - fromMs) * 1_000) / calls
  })
  return rounds.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0
}
