import { expect, test } from 'vitest'
import { METER, METER_IS_EMPTY, meterWasm, VARIABLE } from '../../../../main/plugins/sandbox/metered-wasm.ts'

const text = (value: string) => [value.length, ...new TextEncoder().encode(value)]
const section = (id: number, ...content: number[]) => [id, content.length, ...content]

/** A module that imports `env.ask`, has one variable that begins as 7, and exports `run`, whose body these instructions are. */
const moduleWith = (...instructions: number[]) =>
  new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 2, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 0, 0),
    ...section(2, 1, ...text('env'), ...text('ask'), 0, 0),
    ...section(3, 1, 1),
    ...section(6, 1, 0x7f, 1, 0x41, 7, 0x0b),
    ...section(7, 1, ...text('run'), 0, 1),
    ...section(10, 1, instructions.length + 2, 0, ...instructions, 0x0b),
  ])
const ENDLESS_LOOP = [0x03, 0x40, 0x0c, 0, 0x0b]

test('an endless loop asks each time the meter is empty, and stops where the answer is not 0 [CT4]', () => {
  const { bytes, asks } = meterWasm(moduleWith(...ENDLESS_LOOP))
  const asked: number[] = []
  const ask = (argument: number) => {
    asked.push(argument)
    ;(exports[METER] as WebAssembly.Global<'i32'>).value = 1_000
    return asked.length < 3 ? 0 : 1
  }
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { ask } })

  expect(() => (exports.run as () => void)()).toThrow(WebAssembly.RuntimeError)

  expect(asks).toMatchObject({ module: 'env', name: 'ask' })
  expect(asked).toEqual([METER_IS_EMPTY, METER_IS_EMPTY, METER_IS_EMPTY])
})

test('the variables of the module can be reached, to set it back [CT11]', () => {
  // variable = 3
  const { bytes } = meterWasm(moduleWith(0x41, 3, 0x24, 0))
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { ask: () => 0 } })
  const variable = exports[`${VARIABLE}0`] as WebAssembly.Global<'i32'>
  const before = variable.value

  ;(exports.run as () => void)()

  expect([before, variable.value]).toEqual([7, 3])
})

test('an instruction that is not known is not passed over', () => {
  expect(() => meterWasm(moduleWith(0xfd, 0x0c))).toThrow(/an instruction that the meter does not know: 0xfd/)
})
