import variant from '@jitl/quickjs-singlefile-mjs-release-sync'

/**
 * The interpreter as its package gives it to us: WebAssembly and the functions it exports. Everything is a number: the address of a
 * runtime, of a context, of a value. We speak to it directly, because the package's own classes cost more than the calls.
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
  QTS_NewObject(context: Address): Address
  QTS_GetProp(context: Address, self: Address, name: Address): Address
  QTS_SetProp(context: Address, self: Address, name: Address, value: Address): void
  QTS_FreeValuePointer(context: Address, value: Address): void
  QTS_PromiseState(context: Address, promise: Address): number
  QTS_PromiseResult(context: Address, promise: Address): Address
  QTS_IsJobPending(runtime: Address): number
  QTS_ExecutePendingJob(runtime: Address, most: number, lastContext: Address): Address
}

/** What the interpreter asks of us. The first argument is for a variant that can be suspended, which this one is not. */
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
}

/** A new instance, with memory of its own. It says nothing on the console, whatever happens to it. */
export async function openEngineModule(): Promise<EngineModule> {
  const [FunctionsOf, loadModule] = await Promise.all([variant.importFFI(), variant.importModuleLoader()])
  const open = loadModule as unknown as (options: object) => Promise<EngineModule['memory']>
  const memory = await open({ print: () => undefined, printErr: () => undefined })
  return { functions: new (FunctionsOf as unknown as new (of: EngineModule['memory']) => Functions)(memory), memory }
}
