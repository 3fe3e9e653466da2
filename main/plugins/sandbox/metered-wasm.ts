import { leb, Reader, Writer } from './wasm-bytes.ts'

/**
 * Adds two things to a WebAssembly module. First a meter: each round of each loop decrements a counter, and when it is used up the module
 * asks whether to stop. The interpreter itself asks only while it runs JavaScript; a built-in function that visits 2⁵³ places
 * of a sparse array never does. Second, access to its variables, so that an instance that was stopped in the middle of a function
 * can be reset to its initial state.
 *
 * All are exported as globals: the counter as `meter`, the module's own variables as `variable0` and so on. A further import would
 * renumber every function, so the module asks through an existing one, with an argument that is never an address.
 */
export const METER = 'meter'
export const VARIABLE = 'variable'
export const METER_IS_EMPTY = -(2 ** 31)

export interface MeteredWasm {
  bytes: Uint8Array<ArrayBuffer>
  /** The imported function that is called with `METER_IS_EMPTY`. It stops the module by answering anything but 0. */
  asks: { module: string; name: string }
}

const SECTION = { type: 1, import: 2, global: 6, export: 7, code: 10 } as const
const KIND = { function: 0, table: 1, memory: 2, global: 3 } as const
const I32 = 0x7f
const FUNCTION_TYPE = 0x60
const LOOP = 0x03
const END = 0x0b

/** @throws an Error for a module that uses instructions which are not known here, or imports nothing that can be asked */
export function meterWasm(wasm: Uint8Array): MeteredWasm {
  const reader = new Reader(wasm)
  const written = new Writer()
  written.bytes(reader.take(8))
  const found: Findings = { askingType: -1, asks: undefined, functions: 0, globals: 0, variables: [] }
  while (!reader.isAtEnd) {
    const id = reader.byte()
    const body = new Reader(reader.take(reader.unsigned()))
    if (id === SECTION.type) readTypes(new Reader(body.all), found)
    if (id === SECTION.import) readImports(new Reader(body.all), found)
    if (id === SECTION.global) readGlobals(new Reader(body.all), found)
    written.section(id, changed(id, body, found))
  }
  return { bytes: written.done(), asks: askedOf(found) }
}

interface Findings {
  /** Index of the type of functions that take one number and return one. */
  askingType: number
  asks: { module: string; name: string; position: number } | undefined
  functions: number
  /** Number of existing globals; the meter gets the next index. */
  globals: number
  /** Indices of mutable globals. */
  variables: number[]
}

function askedOf({ asks }: Findings): { module: string; name: string; position: number } {
  if (asks === undefined) throw new Error('The interpreter imports no function that the meter could ask')
  return asks
}

function changed(id: number, body: Reader, found: Findings): Uint8Array {
  const { globals: meter, variables } = found
  if (id === SECTION.global) return withMore(body, [[I32, 1, 0x41, 0, END]])
  if (id === SECTION.export)
    return withMore(body, [exported(METER, meter), ...variables.map((global, n) => exported(`${VARIABLE}${n}`, global))])
  if (id !== SECTION.code) return body.all

  // meter = meter - 1; if (meter < 0) if (asks(METER_IS_EMPTY)) unreachable
  const check = [
    ...[0x23, ...leb(meter), 0x41, 1, 0x6b, 0x24, ...leb(meter)],
    ...[0x23, ...leb(meter), 0x41, 0, 0x48, 0x04, 0x40],
    ...[0x41, 0x80, 0x80, 0x80, 0x80, 0x78, 0x10, ...leb(askedOf(found).position), 0x04, 0x40, 0x00, END, END],
  ]
  const written = new Writer()
  const count = body.unsigned()
  written.unsigned(count)
  for (let n = 0; n < count; n += 1) {
    const code = meteredFunction(new Reader(body.take(body.unsigned())), check)
    written.unsigned(code.length)
    written.bytes(code)
  }
  return written.done()
}

const exported = (name: string, global: number): number[] => [name.length, ...new TextEncoder().encode(name), KIND.global, ...leb(global)]

/** Returns a list section with more entries. */
function withMore(body: Reader, entries: number[][]): Uint8Array {
  const written = new Writer()
  written.unsigned(body.unsigned() + entries.length)
  written.bytes(body.rest())
  for (const entry of entries) written.bytes(entry)
  return written.done()
}

function readTypes(body: Reader, found: Findings): void {
  const count = body.unsigned()
  for (let type = 0; type < count; type += 1) {
    if (body.byte() !== FUNCTION_TYPE) throw new Error('The interpreter has types that the meter does not know')
    const [takes, answers] = [body.take(body.unsigned()), body.take(body.unsigned())]
    if (found.askingType < 0 && takes.join() === `${I32}` && answers.join() === `${I32}`) found.askingType = type
  }
}

function readImports(body: Reader, found: Findings): void {
  for (let left = body.unsigned(); left > 0; left -= 1) {
    const [module, name] = [body.text(), body.text()]
    const kind = body.byte()
    if (kind === KIND.function) {
      if (body.unsigned() === found.askingType) found.asks ??= { module, name, position: found.functions }
      found.functions += 1
    } else if (kind === KIND.table) {
      body.byte()
      body.limits()
    } else if (kind === KIND.memory) body.limits()
    else if (kind === KIND.global) {
      body.take(2)
      found.globals += 1
    } else throw new Error(`The interpreter imports something of an unknown kind: ${kind}`)
  }
}

function readGlobals(body: Reader, found: Findings): void {
  for (let left = body.unsigned(); left > 0; left -= 1) {
    body.byte()
    if (body.byte() === 1) found.variables.push(found.globals)
    found.globals += 1
    for (let instruction = body.byte(); instruction !== END; instruction = body.byte()) skipOperands(instruction, body)
  }
}

function meteredFunction(body: Reader, check: number[]): Uint8Array {
  const written = new Writer()
  for (let left = body.unsigned(); left > 0; left -= 1) {
    body.unsigned()
    body.byte()
  }
  let copied = 0
  while (!body.isAtEnd) {
    const instruction = body.byte()
    skipOperands(instruction, body)
    if (instruction !== LOOP) continue
    written.bytes(body.all.subarray(copied, body.position))
    written.bytes(check)
    copied = body.position
  }
  written.bytes(body.all.subarray(copied))
  return written.done()
}

function skipOperands(instruction: number, body: Reader): void {
  if (instruction === 0x43) body.take(4)
  else if (instruction === 0x44) body.take(8)
  else body.skipNumbers(operandsOf(instruction, body))
}

/** Returns how many numbers follow an instruction. */
function operandsOf(instruction: number, body: Reader): number {
  if (instruction >= 0x45 && instruction <= 0xc4) return 0
  if (instruction >= 0x28 && instruction <= 0x3e) return 2
  switch (instruction) {
    // unreachable, nop, else, end, return, drop, select, ref.is_null
    case 0x00:
    case 0x01:
    case 0x05:
    case 0x0b:
    case 0x0f:
    case 0x1a:
    case 0x1b:
    case 0xd1:
      return 0
    // block, loop, if; br, br_if; call; local, global and table access; memory.size and .grow; constants; references
    case 0x02:
    case 0x03:
    case 0x04:
    case 0x0c:
    case 0x0d:
    case 0x10:
    case 0x12:
    case 0x20:
    case 0x21:
    case 0x22:
    case 0x23:
    case 0x24:
    case 0x25:
    case 0x26:
    case 0x3f:
    case 0x40:
    case 0x41:
    case 0x42:
    case 0xd0:
    case 0xd2:
      return 1
    // call_indirect
    case 0x11:
    case 0x13:
      return 2
    // br_table, select with types
    case 0x0e:
      return body.unsigned() + 1
    case 0x1c:
      return body.unsigned()
    // conversions, and what works on whole ranges of memory and tables
    case 0xfc:
      return [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1][body.unsigned()] ?? unknownInstruction(instruction)
    default:
      return unknownInstruction(instruction)
  }
}

function unknownInstruction(instruction: number): never {
  throw new Error(`The interpreter uses an instruction that the meter does not know: 0x${instruction.toString(16)}`)
}
