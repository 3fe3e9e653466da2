/**
 * Adds two things to a WebAssembly module. A meter: each round of each loop takes one from a counter, and the module stops where nothing
 * is left. The interpreter asks whether it should stop only while it runs JavaScript. A built-in function that goes through 2⁵³ places
 * of an array that is not there never asks; the meter ends it. And a way to its variables, so that an instance that was stopped in the
 * middle of something can be set back to how it began.
 *
 * All are exported as globals: the counter as `meter`, the module's own variables as `variable0` and so on.
 * Format: https://webassembly.github.io/spec/core/binary/
 */
export const METER = 'meter'
export const VARIABLE = 'variable'

const SECTION = { import: 2, global: 6, export: 7, code: 10 } as const
const GLOBAL_KIND = 3
const I32 = 0x7f
const LOOP = 0x03
const END = 0x0b

/** @throws an Error for a module that uses instructions which are not known here */
export function meterWasm(wasm: Uint8Array): Uint8Array<ArrayBuffer> {
  const reader = new Reader(wasm)
  const written = new Writer()
  written.bytes(reader.take(8))
  const globals: Globals = { count: 0, variables: [] }
  while (!reader.isAtEnd) {
    const id = reader.byte()
    const body = new Reader(reader.take(reader.unsigned()))
    if (id === SECTION.import) globals.count = countImportedGlobals(new Reader(body.all))
    if (id === SECTION.global) readGlobals(new Reader(body.all), globals)
    written.section(id, changed(id, body, globals))
  }
  return written.done()
}

/** All that there are, so that the meter comes after them; and the places of those that can change. */
interface Globals {
  count: number
  variables: number[]
}

function changed(id: number, body: Reader, { count: meter, variables }: Globals): Uint8Array {
  if (id === SECTION.global) return withMore(body, [[I32, 1, 0x41, 0, END]])
  if (id === SECTION.export)
    return withMore(body, [exported(METER, meter), ...variables.map((global, n) => exported(`${VARIABLE}${n}`, global))])
  if (id !== SECTION.code) return body.all

  const check = [0x23, ...leb(meter), 0x41, 1, 0x6b, 0x24, ...leb(meter), 0x23, ...leb(meter), 0x41, 0, 0x48, 0x04, 0x40, 0x00, END]
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

const exported = (name: string, global: number): number[] => [name.length, ...new TextEncoder().encode(name), GLOBAL_KIND, ...leb(global)]

/** A section that is a list, with more entries. */
function withMore(body: Reader, entries: number[][]): Uint8Array {
  const written = new Writer()
  written.unsigned(body.unsigned() + entries.length)
  written.bytes(body.rest())
  for (const entry of entries) written.bytes(entry)
  return written.done()
}

function readGlobals(body: Reader, globals: Globals): void {
  for (let left = body.unsigned(); left > 0; left -= 1) {
    body.byte()
    if (body.byte() === 1) globals.variables.push(globals.count)
    globals.count += 1
    for (let instruction = body.byte(); instruction !== END; instruction = body.byte()) skipOperands(instruction, body)
  }
}

function countImportedGlobals(body: Reader): number {
  let globals = 0
  for (let left = body.unsigned(); left > 0; left -= 1) {
    body.take(body.unsigned())
    body.take(body.unsigned())
    const kind = body.byte()
    if (kind === 0) body.unsigned()
    else if (kind === 1) {
      body.byte()
      body.limits()
    } else if (kind === 2) body.limits()
    else if (kind === GLOBAL_KIND) {
      body.take(2)
      globals += 1
    } else throw new Error(`The interpreter imports something of an unknown kind: ${kind}`)
  }
  return globals
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

/** How many numbers follow an instruction. */
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

function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)]
}

class Reader {
  readonly all: Uint8Array
  position = 0

  constructor(bytes: Uint8Array) {
    this.all = bytes
  }

  get isAtEnd(): boolean {
    return this.position >= this.all.length
  }

  byte(): number {
    const byte = this.all[this.position]
    if (byte === undefined) throw new Error('The interpreter ends in the middle of something')
    this.position += 1
    return byte
  }

  /** A number in LEB128. */
  unsigned(): number {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte()
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
  }

  /** Numbers in LEB128 of any size and sign. */
  skipNumbers(count: number): void {
    for (let left = count; left > 0; left -= 1) while (this.byte() >= 0x80);
  }

  limits(): void {
    this.skipNumbers(this.byte() % 2 === 0 ? 1 : 2)
  }

  take(length: number): Uint8Array {
    this.position += length
    return this.all.subarray(this.position - length, this.position)
  }

  rest(): Uint8Array {
    return this.take(this.all.length - this.position)
  }
}

class Writer {
  #bytes = new Uint8Array(1024)
  #length = 0

  bytes(bytes: ArrayLike<number>): void {
    if (this.#length + bytes.length > this.#bytes.length) {
      const longer = new Uint8Array(2 * (this.#length + bytes.length))
      longer.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = longer
    }
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  unsigned(value: number): void {
    this.bytes(leb(value))
  }

  section(id: number, body: Uint8Array): void {
    this.bytes([id])
    this.unsigned(body.length)
    this.bytes(body)
  }

  done(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length)
  }
}
