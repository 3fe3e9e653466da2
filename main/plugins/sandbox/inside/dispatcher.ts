/** The functions that a dispatcher can call outside the plug-in's world. They exchange texts and numbers only, so that no object crosses. */
export interface Outside {
  /**
   * Calls the organization service. Returns `v` and the result as JSON (nothing after it for none), `f` and a fault as JSON
   * `{ message, code, number }`, or `c` if the run has ended.
   */
  call(run: number, method: string, args: string): string
  /** Writes a trace line, given as JSON. Returns 1, or 0 if the run has ended. */
  trace(run: number, line: string): number
  /** Reports that the promise of an asynchronous step has settled, with the answer that `start` would have returned. */
  settled(run: number, answer: string): void
}

/**
 * The part of the border inside the plug-in's world. Each answer is one text whose first letter is its kind, followed by JSON: `d` done,
 * with the output; `r` refused, with the message; `e` failed, with `{ message, stack }`, or `n` if it threw `null`; `f` a fault of the service that
 * the step did not catch, with `{ number, message, stack }`; `p` a promise where none is allowed, with an explanation; `m` out of memory; `w` waiting for a promise.
 */
export interface Dispatcher {
  /** Takes the module's default export as the definition. Returns `d` and the definition as plain data, `e` with a reason, or `p` for a promise. */
  adopt(exported: unknown, configuration: string): string
  /** Runs a synchronous step to its end. */
  run(run: number, step: number, input: string): string
  /** Runs an asynchronous step to its end or until it waits. */
  start(run: number, step: number, input: string): string
  /** Describes a thrown value as an answer with `r`, `e`, `n`, `f` or `m`. */
  describe(thrown: unknown): string
}

/**
 * Creates the dispatcher, which builds contexts, calls handlers and describes what they throw. Its source text is evaluated inside the
 * containment before the plug-in, so it refers to nothing outside itself. It keeps references to every built-in function before a plug-in
 * can replace it: no method calls on values, no iteration, no JSON of whole objects that inherit properties.
 */
export function createDispatcher(outside: Outside): Dispatcher {
  const { parse, stringify } = JSON
  const { create, defineProperty, freeze, keys, preventExtensions } = Object
  const { apply } = Reflect
  const { isArray } = Array
  const { isFinite: isFiniteNumber } = Number
  const text = String
  const PlainError = Error
  const indexOf: (value: string, part: string) => number = Function.prototype.call.bind(String.prototype.indexOf)
  const cutText: (value: string, from: number, to: number) => string = Function.prototype.call.bind(String.prototype.slice)

  const LONGEST_TEXT = 20_000
  const LONGEST_OUTPUT = 16_000_000
  const DEEPEST_DEFINITION = 8
  const LONGEST_DEFINITION = 1_000_000

  interface Step {
    owner: unknown
    handler: unknown
  }
  /** Steps by position in the list. Has no prototype, so that a plug-in cannot add entries through it. */
  let steps: Record<string, Step> = create(null)

  let common: { json: string; names: string[]; values: Record<string, unknown> } = { json: '', names: [], values: create(null) }

  /** A fault of the service. Its private field cannot be forged, so no other error is mistaken for one. */
  class OrganizationServiceFault extends PlainError {
    readonly #number: number
    readonly code: string

    constructor(message: string, code: string, number: number) {
      super(message)
      this.#number = number
      this.code = code
    }

    static numberOf(thrown: object): number | undefined {
      return #number in thrown ? (thrown as OrganizationServiceFault).#number : undefined
    }
  }
  defineProperty(OrganizationServiceFault.prototype, 'name', { value: 'OrganizationServiceFault' })
  // A plug-in that catches a fault must not reach the class and construct others.
  defineProperty(OrganizationServiceFault.prototype, 'constructor', { value: PlainError })
  const { numberOf } = OrganizationServiceFault

  const shorten = (value: string): string =>
    value.length > LONGEST_TEXT ? `${cutText(value, 0, LONGEST_TEXT)}… (${value.length - LONGEST_TEXT} more characters)` : value

  const isObject = (value: unknown): value is object => (typeof value === 'object' && value !== null) || typeof value === 'function'

  function isPromise(value: unknown): boolean {
    return isObject(value) && typeof (value as { then?: unknown }).then === 'function'
  }

  /** Reads a text property of a thrown object, whose getters and proxies may throw too. */
  function textOf(thrown: object, property: 'name' | 'message' | 'stack'): string | undefined {
    try {
      const value = (thrown as Record<string, unknown>)[property]
      return typeof value === 'string' ? shorten(value) : undefined
    } catch {
      return undefined
    }
  }

  const isOutOfMemory = (thrown: unknown): boolean =>
    isObject(thrown) && textOf(thrown, 'name') === 'InternalError' && textOf(thrown, 'message') === 'out of memory'

  function nameOf(value: unknown): string {
    if (typeof value === 'string') return `A text was thrown instead of an Error: ${shorten(value)}`
    if (!isObject(value)) return `${text(value)} was thrown instead of an Error`
    if (typeof value === 'function') return 'A function was thrown instead of an Error'
    try {
      return `An object was thrown instead of an Error: ${shorten(stringify(value) ?? '')}`
    } catch {
      return 'An object was thrown instead of an Error'
    }
  }

  function failed(message: string, stack: string): string {
    return `e{"message":${stringify(message)},"stack":${stringify(stack)}}`
  }

  function describe(thrown: unknown): string {
    if (thrown === null) return `n${cutText(failed(nameOf(thrown), ''), 1, LONGEST_TEXT)}`
    if (!isObject(thrown)) return failed(nameOf(thrown), '')
    const stack = textOf(thrown, 'stack') ?? ''
    const number = numberOf(thrown)
    if (number !== undefined)
      return `f{"number":${number},"message":${stringify(textOf(thrown, 'message') ?? '')},"stack":${stringify(stack)}}`
    const name = textOf(thrown, 'name')
    const message = textOf(thrown, 'message')
    if (name === 'InvalidPluginExecutionError') return `r${stringify(message ?? '')}`
    if (isOutOfMemory(thrown)) return 'm'
    if (message === undefined) return failed(nameOf(thrown), stack)
    return failed(name === undefined || name === '' || name === 'Error' ? message : `${name}: ${message}`, stack)
  }

  function freezeDeep(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    const names = keys(value)
    for (let n = 0; n < names.length; n += 1) freezeDeep((value as Record<string, unknown>)[names[n] as string])
    return freeze(value)
  }

  /** The parameters that Pre stages of a message may change. */
  const ofMerge = ['UpdateContent', 'PerformParentingChecks']
  const ofAssign = ['Assignee']

  // biome-ignore lint/suspicious/noExplicitAny: a StepInput, parsed before
  function changeableOf(input: any): string[] | undefined {
    if (input.stage !== 'PreValidation' && input.stage !== 'PreOperation') return undefined
    if (input.messageName === 'Merge') return ofMerge
    return input.messageName === 'Assign' ? ofAssign : undefined
  }

  /** Freezes the parameters of a message, all but those that the step may change. */
  function guardParameters(parameters: Record<string, unknown>, changeable: string[]): void {
    const names = keys(parameters)
    for (let n = 0; n < names.length; n += 1) {
      const name = names[n] as string
      let isChangeable = false
      for (let c = 0; c < changeable.length; c += 1) if (changeable[c] === name) isChangeable = true
      if (isChangeable) continue
      const value = freezeDeep(parameters[name])
      defineProperty(parameters, name, {
        __proto__: null,
        value,
        enumerable: true,
        writable: false,
        configurable: false,
      } as PropertyDescriptor)
    }
    preventExtensions(parameters)
  }

  function callService(run: number, method: string, given: unknown[]): unknown {
    let args = ''
    for (let n = 0; n < given.length; n += 1) args += `${n === 0 ? '' : ','}${stringify(given[n]) ?? 'null'}`
    if (args.length > LONGEST_OUTPUT)
      throw new PlainError(`service.${method} was given ${args.length} characters; it takes ${LONGEST_OUTPUT}`)
    const answer = outside.call(run, method, `[${args}]`)
    if (answer === 'v') return undefined
    if (answer[0] === 'v') return parse(cutText(answer, 1, answer.length))
    if (answer[0] !== 'f') throw new PlainError('The step has ended, so its context can no longer be used')
    const fault = parse(cutText(answer, 1, answer.length)) as { message: string; code: string; number: number }
    throw new OrganizationServiceFault(fault.message, fault.code, fault.number)
  }

  /** Calls a query. JSON leaves out what is undefined, and a query with a condition less finds too much. */
  function query(run: number, method: string, given: unknown[]): unknown {
    const missing = undefinedIn(given[0], 0)
    if (missing !== undefined)
      throw new PlainError(
        `service.${method}: the value of "${missing}" is undefined. Use null for an empty column, and leave the key out to take every value`,
      )
    return callService(run, method, given)
  }

  /** Returns the first key below an object whose value is undefined. */
  function undefinedIn(value: unknown, depth: number): string | undefined {
    if (typeof value !== 'object' || value === null || depth > DEEPEST_DEFINITION) return undefined
    const names = keys(value)
    for (let n = 0; n < names.length; n += 1) {
      const name = names[n] as string
      const item = (value as Record<string, unknown>)[name]
      const found = item === undefined ? name : undefinedIn(item, depth + 1)
      if (found !== undefined) return found
    }
    return undefined
  }

  function serviceOf(run: number): object {
    return freeze({
      retrieve: (...given: unknown[]) => callService(run, 'retrieve', given),
      retrieveMultiple: (...given: unknown[]) => {
        const { rows, hasMore } = query(run, 'retrieveMultiple', given) as { rows: unknown[]; hasMore: boolean }
        // Not enumerable, so that the list still equals a list of its rows.
        return defineProperty(rows, 'moreRecords', { __proto__: null, value: hasMore } as PropertyDescriptor)
      },
      count: (...given: unknown[]) => query(run, 'count', given),
      sum: (...given: unknown[]) => query(run, 'sum', given),
      create: (...given: unknown[]) => callService(run, 'create', given),
      update: (...given: unknown[]) => callService(run, 'update', given),
      delete: (...given: unknown[]) => callService(run, 'delete', given),
      assign: (...given: unknown[]) => callService(run, 'assign', given),
      setState: (...given: unknown[]) => callService(run, 'setState', given),
      merge: (...given: unknown[]) => callService(run, 'merge', given),
      associate: (...given: unknown[]) => callService(run, 'associate', given),
      disassociate: (...given: unknown[]) => callService(run, 'disassociate', given),
      grantAccess: (...given: unknown[]) => callService(run, 'grantAccess', given),
      modifyAccess: (...given: unknown[]) => callService(run, 'modifyAccess', given),
      revokeAccess: (...given: unknown[]) => callService(run, 'revokeAccess', given),
    })
  }

  function lazily(input: object, name: string, get: () => unknown): void {
    defineProperty(input, name, { __proto__: null, enumerable: true, configurable: true, get } as PropertyDescriptor)
  }

  /** Turns the input into the context in place: copying its fields would cost a tenth of a small step. */
  // biome-ignore lint/suspicious/noExplicitAny: a StepInput, parsed a line before
  function contextOf(run: number, input: any): object {
    let service: object | undefined
    freezeDeep(input.preImage)
    freezeDeep(input.postImage)
    freezeDeep(input.job)
    const changeable = changeableOf(input)
    if (changeable === undefined) freezeDeep(input.inputParameters)
    else guardParameters(input.inputParameters, changeable)
    if (input.messageName === 'Create' || input.messageName === 'Update')
      input.inputParameters = freeze({ Target: input.target, ...input.inputParameters })
    else freezeDeep(input.target)
    // Many steps never use these.
    lazily(input, 'service', () => {
      service ??= serviceOf(run)
      return service
    })
    if (input.parentContext === true) {
      let parent: unknown
      lazily(input, 'parentContext', () => {
        parent ??= freezeDeep(callService(run, 'parentContext', []))
        return parent
      })
    } else freezeDeep(input.parentContext)
    input.trace = (line: unknown): void => {
      if (outside.trace(run, stringify(typeof line === 'string' ? line : text(line))) === 0)
        throw new PlainError('The step has ended, so its context can no longer be used')
    }
    return freeze(input)
  }

  /** Returns a field of the output as JSON. */
  function fieldOf(name: string, value: unknown): string {
    let json: string
    // Most are empty, which is faster to test than to serialise.
    if (typeof value === 'object' && value !== null && !isArray(value) && keys(value).length === 0) return `"${name}":{}`
    try {
      json = stringify(value) ?? 'null'
    } catch (error) {
      if (isOutOfMemory(error)) throw error
      throw new PlainError(`${name} holds what is not plain data: ${isObject(error) ? textOf(error, 'message') : ''}`)
    }
    if (json.length > LONGEST_OUTPUT)
      throw new PlainError(`${name} holds ${json.length} characters after the step; at most ${LONGEST_OUTPUT} are kept`)
    return `"${name}":${json}`
  }

  // biome-ignore lint/suspicious/noExplicitAny: a StepInput, parsed before
  const outputOf = (input: any): string =>
    `d{${input.stage === 'PostOperation' ? '"target":null' : fieldOf('target', input.target)},${fieldOf('sharedVariables', input.sharedVariables)},${fieldOf('outputParameters', input.outputParameters)}${parametersOf(input)}}`

  /** Returns the parameters that the step may have changed as a part of the output. */
  // biome-ignore lint/suspicious/noExplicitAny: a StepInput, parsed before
  function parametersOf(input: any): string {
    const changeable = changeableOf(input)
    if (changeable === undefined) return ''
    const left = create(null) as Record<string, unknown>
    for (let c = 0; c < changeable.length; c += 1) left[changeable[c] as string] = input.inputParameters[changeable[c] as string]
    return `,${fieldOf('inputParameters', left)}`
  }

  async function settle(run: number, input: object, promise: unknown): Promise<void> {
    let answer: string
    try {
      await promise
      answer = outputOf(input)
    } catch (error) {
      answer = describe(error)
    }
    outside.settled(run, answer)
  }

  /** Parses the input, and reuses parsed parts that are the same as for the record before. */
  // biome-ignore lint/suspicious/noExplicitAny: a StepInput
  function inputOf(json: string): any {
    const end = indexOf(json, '\n')
    if (end < 0) return parse(json)
    const input = parse(cutText(json, 0, end))
    const commonText = cutText(json, end + 1, json.length)
    if (commonText !== common.json) common = readCommon(commonText)
    const { names, values } = common
    for (let n = 0; n < names.length; n += 1) input[names[n] as string] = values[names[n] as string]
    return input
  }

  function readCommon(json: string): typeof common {
    const values = freezeDeep(parse(json)) as Record<string, unknown>
    return { json, names: keys(values), values }
  }

  function execute(run: number, step: number, json: string, isAsync: boolean): string {
    try {
      const entry = steps[step]
      if (entry === undefined || typeof entry.handler !== 'function') return failed(`Step ${step + 1} has no handler`, '')
      const input = inputOf(json)
      const result: unknown = apply(entry.handler as (context: object) => unknown, entry.owner, [contextOf(run, input)])
      if (!isPromise(result)) return outputOf(input)
      if (isAsync) {
        settle(run, input, result)
        return 'w'
      }
      // Nobody handles its rejection, because the run has ended.
      ignore(result)
      return `p${stringify(
        'The step returned a promise. A synchronous step ends before its transaction goes on: leave out async, await and what returns a promise, or register the step with mode Async in PostOperation',
      )}`
    } catch (error) {
      return describe(error)
    }
  }

  async function ignore(promise: unknown): Promise<void> {
    try {
      await promise
    } catch {}
  }

  interface Ancestor {
    value: object
    above: Ancestor | undefined
  }

  /** Converts to JSON of plain data, with `true` for each handler and `null` for cycles, excessive depth and what JSON cannot express. Reads each property once. */
  function plain(
    value: unknown,
    key: string,
    above: Ancestor | undefined,
    depth: number,
    place: 'top' | 'steps' | 'step' | 'below',
  ): string | undefined {
    if (value === undefined) return undefined
    if (typeof value === 'function') return key === 'handler' ? 'true' : 'null'
    if (typeof value === 'string' || typeof value === 'boolean') return stringify(value)
    if (typeof value === 'number') return isFiniteNumber(value) ? text(value) : 'null'
    if (typeof value !== 'object' || value === null || depth > DEEPEST_DEFINITION) return 'null'
    for (let ancestor = above; ancestor !== undefined; ancestor = ancestor.above) if (ancestor.value === value) return 'null'

    const here: Ancestor = { value, above }
    const list = isArray(value)
    const names = keys(value)
    const entry: Step = { owner: value, handler: undefined }
    let json = ''
    for (let n = 0; n < names.length; n += 1) {
      const name = names[n] as string
      const item = (value as Record<string, unknown>)[name]
      if (place === 'step' && name === 'handler') entry.handler = item
      const inside = place === 'top' && name === 'steps' ? 'steps' : place === 'steps' ? 'step' : 'below'
      const itemJson = plain(item, name, here, depth + 1, inside) ?? (list ? 'null' : undefined)
      if (itemJson === undefined) continue
      json += `${json === '' ? '' : ','}${list ? '' : `${stringify(name)}:`}${itemJson}`
      if (json.length > LONGEST_DEFINITION) throw new PlainError(`The definition is longer than ${LONGEST_DEFINITION} characters`)
    }
    if (place === 'step') steps[key] = entry
    return list ? `[${json}]` : `{${json}}`
  }

  function adopt(exported: unknown, configuration: string): string {
    try {
      const definition: unknown = typeof exported === 'function' ? apply(exported as () => unknown, undefined, [configuration]) : exported
      if (isPromise(definition)) {
        ignore(definition)
        return 'p'
      }
      steps = create(null)
      return `d${plain(definition, '', undefined, 0, 'top') ?? 'null'}`
    } catch (error) {
      return describe(error)
    }
  }

  return {
    adopt,
    run: (run, step, input) => execute(run, step, input, false),
    start: (run, step, input) => execute(run, step, input, true),
    describe,
  }
}
