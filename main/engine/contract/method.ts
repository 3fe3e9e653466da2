import type { Change } from './changes.ts'

/**
 * Where a method runs. `main`: on the main thread, because it is short. `interactive`: in the worker for what somebody waits for.
 * `query`: in the worker for pages and counts, which must not wait for the plan of a million records. `job`: in the worker for
 * jobs, imports and generators, which go on in the background.
 */
export type Where = 'main' | 'interactive' | 'query' | 'job'

/** One method, declared once: the engine's interface, the calls of workers and the workbench's facade derive from it. */
export interface Method<Context, Place extends Where, Args extends unknown[], Result> {
  where: Place
  /** Whether it evaluates modules of plug-ins, even where none is installed yet. @default false */
  loadsModules?: boolean
  run(context: Context, ...args: Args): Result
}

/** A method that changes something. On the main thread it waits for its turn to write. */
export interface ChangingMethod<Context, Place extends Where, Args extends unknown[], Result> extends Method<Context, Place, Args, Result> {
  /** Returns what a call has changed, to be announced after its commit. */
  announces(result: NoInfer<Awaited<Result>>, args: NoInfer<Args>): Change[]
}

// biome-ignore lint/suspicious/noExplicitAny: the arguments of a method in a collection are known one by one, not for all
export type AnyMethod = Method<any, Where, any[], any> & { announces?(result: any, args: any[]): Change[] }

/** Methods by name, as they are called: without the context. */
export type Bound<Methods> = {
  [Name in keyof Methods]: Methods[Name] extends { run(context: infer _, ...args: infer Args): infer Result }
    ? (...args: Args) => Result
    : never
}

/**
 * Returns the methods as they are called. `contextOf` returns the context for each call, or throws to refuse it; `errorOf` converts what a
 * call throws.
 */
export function bind<Methods extends Record<string, AnyMethod>>(
  methods: Methods,
  contextOf: () => unknown,
  errorOf: (thrown: unknown) => unknown = (thrown) => thrown,
): Bound<Methods> {
  const called = (run: AnyMethod['run'], args: unknown[]): unknown => {
    try {
      const result: unknown = run(contextOf(), ...args)
      if (!(result instanceof Promise)) return result
      return result.catch((thrown: unknown) => {
        throw errorOf(thrown)
      })
    } catch (thrown) {
      throw errorOf(thrown)
    }
  }
  return Object.fromEntries(
    Object.entries(methods).map(([name, { run }]) => [name, (...args: unknown[]) => called(run, args)]),
  ) as Bound<Methods>
}
