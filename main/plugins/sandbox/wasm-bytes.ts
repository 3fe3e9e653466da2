/** Reads and writes the binary format of WebAssembly: https://webassembly.github.io/spec/core/binary/ */

/** A number in LEB128. */
export function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)]
}

export class Reader {
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

  text(): string {
    return new TextDecoder().decode(this.take(this.unsigned()))
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

export class Writer {
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
