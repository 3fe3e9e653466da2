import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import quickJs from '@jitl/quickjs-wasmfile-release-sync'
import { METER, METER_IS_EMPTY, meterWasm, VARIABLE } from './metered-wasm.ts'

const WASM = '@jitl/quickjs-wasmfile-release-sync/wasm'

const PAGE_BYTES = 64 * 1024
/** Memory limits that the interpreter was built with: 16 MB initially, 2 GB at most. */
const INITIAL_PAGES = 256
const MOST_PAGES = 32_768

/** Loop rounds between two checks: less than a tenth of a second of a built-in function. */
export const FULL_METER = 20_000_000

/**
 * The interpreter's WebAssembly and the functions it exports. All arguments are numbers: the address of a runtime, of a context, of a
 * value. We call it directly, because the package's own classes cost more than the calls.
 */

export type Address = number & { readonly kind?: 'address' }

export interface Functions {
  QTS_NewRuntime(): Address
  QTS_FreeRuntime(runtime: Address): void
  QTS_NewContext(runtime: Address, intrinsics: number): Address
  QTS_FreeContext(context: Address): void
  QTS_RuntimeSetMemoryLimit(runtime: Address, bytes: number): void
  QTS_RuntimeSetMaxStackSize(runtime: Address, bytes: number): void
  QTS_RuntimeEnableInterruptHandler(runtime: Address): void
  QTS_RuntimeEnableModuleLoader(runtime: Address, hasNormalizer: number): void
  QTS_Eval(context: Address, code: Address, length: number, file: string, detectModule: number, flags: number): Address
  QTS_Call(context: Address, callee: Address, self: Address, count: number, args: Address): Address
  QTS_ResolveException(context: Address, value: Address): Address
  QTS_Throw(context: Address, error: Address): Address
  QTS_NewError(context: Address): Address
  QTS_NewString(context: Address, text: Address): Address
  QTS_GetString(context: Address, value: Address): Address
  QTS_FreeCString(context: Address, text: Address): void
  QTS_NewFloat64(context: Address, value: number): Address
  QTS_GetFloat64(context: Address, value: Address): number
  QTS_NewFunction(context: Address, name: string, parameters: number, isConstructor: boolean, id: number): Address
  QTS_ArgvGetJSValueConstPointer(args: Address, index: number): Address
  QTS_GetUndefined(): Address
  QTS_GetGlobalObject(context: Address): Address
  QTS_NewObject(context: Address): Address
  QTS_GetProp(context: Address, self: Address, name: Address): Address
  QTS_SetProp(context: Address, self: Address, name: Address, value: Address): void
  QTS_FreeValuePointer(context: Address, value: Address): void
  QTS_PromiseState(context: Address, promise: Address): number
  QTS_PromiseResult(context: Address, promise: Address): Address
  QTS_IsJobPending(runtime: Address): number
  QTS_ExecutePendingJob(runtime: Address, most: number, lastContext: Address): Address
}

/** Functions that the interpreter calls. The first argument is for a variant that can be suspended, which this one is not. */
export interface Callbacks {
  callFunction(_: unknown, context: Address, self: Address, count: number, args: Address, id: number): Address
  shouldInterrupt(_: unknown, runtime: Address): 0 | 1
  loadModuleSource(_: unknown, runtime: Address, context: Address, name: string): Address
  normalizeModule(_: unknown, runtime: Address, context: Address, base: string, name: string): Address
  freeHostRef(): void
}

export interface EngineModule {
  functions: Functions
  memory: {
    HEAPU8: Uint8Array
    _malloc(bytes: number): Address
    _free(address: Address): void
    UTF8ToString(address: Address): string
    callbacks: Callbacks
  }
  /** Loop rounds left until the instance asks whether to stop; below zero it asks in each round. */
  meter: WebAssembly.Global<'i32'>
  /** Called when the meter is empty; returns whether to stop. @default continues */
  mustStop: () => boolean
  /** Called before the instance's memory grows; if it returns false, the interpreter is out of memory. */
  mayGrow: (bytes: number) => boolean
  /** Resets the instance to its initial state. No call into it may be running. */
  reset(): void
}

/** Returns a function that makes instances, each with its own memory. Compiles the interpreter once, for the first instance. */
export function engineModules(): () => Promise<EngineModule> {
  let compiled: { wasm: WebAssembly.Module; asks: { module: string; name: string } } | undefined

  return async () => {
    // Its types describe CommonJS, but Node loads an ES module.
    const variant = quickJs as unknown as typeof quickJs.default
    const [FunctionsOf, loadModule] = await Promise.all([variant.importFFI(), variant.importModuleLoader()])
    compiled ??= compile()
    const { wasm, asks } = compiled
    // The other members are added once the instance exists.
    const module = { mayGrow: () => true, mustStop: () => false } as Partial<EngineModule> as EngineModule
    let exported: WebAssembly.Exports = {}
    const open = loadModule as unknown as (options: object) => Promise<EngineModule['memory']>
    const pages = growingMemory((bytes) => module.mayGrow(bytes))
    const memory = await open({
      wasmMemory: pages,
      instantiateWasm(imports: WebAssembly.Imports, opened: (instance: WebAssembly.Instance) => void) {
        const asked = imports[asks.module] as Record<string, (argument: number) => number>
        const ask = asked[asks.name] as (argument: number) => number
        asked[asks.name] = (argument) => (argument === METER_IS_EMPTY ? Number(module.mustStop()) : ask(argument))
        const instance = new WebAssembly.Instance(wasm, imports)
        exported = instance.exports
        ;(exported[METER] as WebAssembly.Global<'i32'>).value = FULL_METER
        opened(instance)
        return exported
      },
      // It must not write to the console.
      print: () => undefined,
      printErr: () => undefined,
    })
    module.functions = new (FunctionsOf as unknown as new (of: EngineModule['memory']) => Functions)(memory)
    module.memory = memory
    module.meter = exported[METER] as WebAssembly.Global<'i32'>
    module.reset = resetTo(memory, exported)
    return module
  }
}

function compile() {
  const { bytes, asks } = meterWasm(readFileSync(createRequire(import.meta.url).resolve(WASM)))
  return { wasm: new WebAssembly.Module(bytes), asks }
}

/**
 * Makes a memory that asks before it grows. The interpreter has a limit for each runtime, but in WebAssembly it does not know the size of
 * allocations and counts hardly any of them.
 */
function growingMemory(mayGrow: (bytes: number) => boolean): WebAssembly.Memory {
  const memory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MOST_PAGES })
  const grow = memory.grow.bind(memory)
  memory.grow = (pages) => {
    if (!mayGrow(pages * PAGE_BYTES)) throw new RangeError('The plug-in may not hold more memory')
    return grow(pages)
  }
  return memory
}

/** Returns a function that restores memory and variables to their current state, which together are the whole state of an instance. */
function resetTo(memory: EngineModule['memory'], exported: WebAssembly.Exports): () => void {
  const heap = memory.HEAPU8.slice(0, usedLength(memory.HEAPU8))
  const variables = Object.entries(exported)
    .filter(([name]) => name.startsWith(VARIABLE))
    .map(([, global]) => ({ global: global as WebAssembly.Global, value: (global as WebAssembly.Global).value }))

  return () => {
    memory.HEAPU8.fill(0, heap.length)
    memory.HEAPU8.set(heap)
    for (const { global, value } of variables) global.value = value
  }
}

function usedLength(bytes: Uint8Array): number {
  const words = new BigUint64Array(bytes.buffer, 0, bytes.length >> 3)
  let length = words.length
  while (length > 0 && words[length - 1] === 0n) length -= 1
  return length * 8
}
