import { EngineError } from '#engine/contract/errors'
import type { PluginPackage } from '#engine/contract/plugin-runtime'
import type { Permission } from '#engine/contract/plugins'
import { packageText } from '#text/english/packages'
import { verbatim } from '#text/english/verbatim'
import { type Containment, ContainmentBroken, EndlessFunction, FunctionTooDeep } from './containment.ts'
import type { Address } from './engine-module.ts'
import { Guest, type Outcome, type OutsideFunction } from './guest.ts'
import { createDispatcher } from './inside/dispatcher.ts'
import { createFiles } from './inside/files.ts'
import { type GlobalsOptions, installGlobals } from './inside/globals.ts'
import { FILES_GLOBAL } from './inside/modules.ts'
import { FILES, PackageModules } from './package-modules.ts'
import { pluginInvalid } from './plugin-invalid.ts'

/** Prefix of the file names of our own code inside, which is removed from stacks. */
const OURS = 'cascade-workbench:'

export interface WorldOptions {
  containment: Containment
  pluginPackage: PluginPackage
  permissions: readonly Permission[]
  memoryBytes: number
  isTimeUp(): boolean
  isTimeUpInFunction(): boolean
  outside: Record<string, OutsideFunction>
  globals: GlobalsOptions
}

/** A plug-in's module in its world, ready to run. */
export interface World {
  guest: Guest
  run: Address
  start: Address
  describe: Address
  /** Functions of the globals that deliver timers and responses. */
  fire: Address
  respond: Address
  definition: unknown
}

/** Evaluates our code, then the plug-in's, and takes its default export as the definition. @throws PLUGIN_INVALID */
export function openWorld(options: WorldOptions): World {
  const { pluginPackage } = options
  const modules = new PackageModules(pluginPackage, options.permissions)
  const guest = new Guest(options.containment, { ...options, modules })
  try {
    const outside = { value: guest.outsideObject() }
    const dispatcher = ours(guest, createDispatcher, [outside])
    const [adopt, run, start, describe] = functionsOf(guest, dispatcher, 'adopt', 'run', 'start', 'describe')
    const globals = ours(guest, installGlobals, [outside, JSON.stringify(options.globals), { value: describe }])
    const [fire, respond] = functionsOf(guest, globals, 'fire', 'respond')
    if (modules.hasFiles) handInFiles(guest, modules, ours(guest, createFiles, [outside]))
    const failure = (thrown: Address) => invalid(modules, guest, describe, thrown, pluginPackage.entry)

    const source = modules.source(pluginPackage.entry)
    let exported = guest.keep(value(guest.evaluate(source, pluginPackage.entry, 'module'), failure, pluginPackage.entry))
    if (guest.promiseState(exported) !== 'none') exported = settled(guest, exported, failure, pluginPackage.entry)
    const answer = guest.ask(adopt, [{ value: guest.keep(guest.property(exported, 'default')) }, pluginPackage.configuration])
    if (answer.kind !== 'text') throw stopped(answer, failure, pluginPackage.entry)
    if (answer.text[0] !== 'd') throw refusedExport(guest, answer.text, pluginPackage.entry)
    const definition: unknown = JSON.parse(answer.text.slice(1))
    modules.checkAskedFor(definition)
    return { guest, run, start, describe, fire, respond, definition }
  } catch (error) {
    guest.dispose()
    if (error instanceof EndlessFunction) throw outOfTime(pluginPackage.entry)
    if (error instanceof FunctionTooDeep) throw pluginInvalid(packageText.tooDeep, { file: pluginPackage.entry })
    if (error instanceof ContainmentBroken)
      throw pluginInvalid(packageText.brokeContainment({ reason: error.message }), { file: pluginPackage.entry })
    throw error
  }
}

/** Evaluates the source text of one of our functions inside and calls it. The function must not refer to anything outside itself. */
function ours(guest: Guest, code: (...args: never[]) => unknown, args: (string | { value: Address })[]): Address {
  const broken = () => new Error(`${code.name} cannot be evaluated inside the containment`)
  const callee = value(guest.evaluate(`'use strict';(${String(code)})`, `${OURS}${code.name}`, 'script'), broken)
  const result = value(guest.call(callee, args), broken)
  guest.freeValue(callee)
  return guest.keep(result)
}

function functionsOf<Names extends string[]>(guest: Guest, object: Address, ...names: Names): { [N in keyof Names]: Address } {
  return names.map((name) => guest.keep(guest.property(object, name))) as { [N in keyof Names]: Address }
}

/** Passes the functions of `node:fs` to its module by a global, which is deleted before the plug-in is evaluated. */
function handInFiles(guest: Guest, modules: PackageModules, files: Address): void {
  guest.setGlobal(FILES_GLOBAL, files)
  const broken = () => new Error('node:fs cannot be evaluated inside the containment')
  guest.keep(value(guest.evaluate(modules.source(FILES), FILES, 'module'), broken))
  guest.freeValue(value(guest.evaluate(`delete globalThis['${FILES_GLOBAL}']`, `${OURS}files`, 'script'), broken))
}

function value(outcome: Outcome, failure: (thrown: Address) => Error, entry?: string): Address {
  if (outcome.kind === 'value') return outcome.value
  throw stopped(outcome, failure, entry)
}

function stopped(outcome: Exclude<Outcome, { kind: 'value' }>, failure: (thrown: Address) => Error, entry?: string): Error {
  return outcome.kind === 'thrown' ? failure(outcome.thrown) : outOfTime(entry)
}

const outOfTime = (entry?: string) => pluginInvalid(packageText.outOfTime, { file: entry }, packageText.outOfTimeHint)

/** Runs a module's promise until it settles: a module with top-level `await` evaluates asynchronously. */
function settled(guest: Guest, promise: Address, failure: (thrown: Address) => Error, entry: string): Address {
  while (guest.promiseState(promise) === 'pending' && guest.hasJobs()) if (guest.runJobs(100) === 'timeout') throw outOfTime(entry)
  const state = guest.promiseState(promise)
  if (state === 'pending') throw pluginInvalid(packageText.neverSettles, { file: entry }, packageText.neverSettlesHint)
  const result = guest.promiseResult(promise)
  if (state === 'rejected') throw failure(result)
  return guest.keep(result)
}

function refusedExport(guest: Guest, answer: string, entry: string): Error {
  if (isOutOfMemory(guest, answer)) return tooMuchMemory(entry)
  if (answer[0] === 'p') return pluginInvalid(packageText.exportsPromise, { file: entry })
  const said: unknown = JSON.parse(answer.slice(1))
  const { message, stack } = typeof said === 'string' ? { message: said, stack: '' } : (said as { message: string; stack: string })
  return pluginInvalid(packageText.exportFailed({ reason: message }), { file: entry, ...placeIn(stack) })
}

/** Returns whether an answer means out of memory: the interpreter throws `null` when it cannot allocate an error. */
export const isOutOfMemory = (guest: Guest, answer: string): boolean => answer[0] === 'm' || (answer[0] === 'n' && guest.wasDeniedMemory)

const tooMuchMemory = (entry: string) => pluginInvalid(packageText.tooMuchMemory, { file: entry })

function invalid(modules: PackageModules, guest: Guest, describe: Address, thrown: Address, entry: string): Error {
  const described = guest.ask(describe, [{ value: thrown }])
  guest.freeValue(thrown)
  if (modules.problem !== undefined) return modules.problem
  if (described.kind === 'timeout') return outOfTime(entry)
  if (described.kind !== 'text' || isOutOfMemory(guest, described.text)) return tooMuchMemory(entry)
  const said: unknown = JSON.parse(described.text.slice(1))
  const { message, stack } = typeof said === 'string' ? { message: said, stack: '' } : (said as { message: string; stack: string })
  const isSyntax = message.startsWith('SyntaxError: ')
  const problem = isSyntax
    ? verbatim.text({ text: message.slice('SyntaxError: '.length) })
    : packageText.evaluationFailed({ reason: message })
  return pluginInvalid(problem, { file: entry, ...placeIn(stack) })
}

/** Returns the innermost place of a stack in the author's files. */
function placeIn(stack: string): { file?: string; line?: number; column?: number } {
  const place = authorsLines(stack)
    .map((line) => /\(?([^\s()]+?):(\d+)(?::(\d+))?\)?$/.exec(line))
    .find((match) => match !== null)
  if (place == null) return {}
  return { file: place[1] as string, line: Number(place[2]), ...(place[3] === undefined ? {} : { column: Number(place[3]) }) }
}

/** Removes our own lines from a stack. */
export const withoutOurLines = (text: string): string =>
  text.includes(OURS)
    ? text
        .split('\n')
        .filter((line) => !line.includes(OURS) && !/^\s+at .*\(native\)$/.test(line))
        .join('\n')
        .trimEnd()
    : text

const authorsLines = (stack: string): string[] =>
  stack
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !line.includes(OURS) && !line.includes('(native)'))

/** Formats a stack as Node does, with the author's files only. */
export const stackOf = (message: string, stack: string): string => [message, ...authorsLines(stack)].join('\n')

export const isPluginInvalid = (error: unknown): error is EngineError => error instanceof EngineError && error.code === 'PLUGIN_INVALID'
