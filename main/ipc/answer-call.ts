import { closest } from 'fastest-levenshtein'
import type { z } from 'zod'
import type { Answer } from '#contract'
import { inputInvalid, toErrorData } from '#engine/contract/errors'
import { bridgeText } from '#text/english/bridge'
import { logError } from '#text/log'
import { MAX_INPUT_CHARACTERS } from '../../preload/wire.ts'
import { bridgeMethods } from './bridge-methods.ts'
import type { AnyMethod, MethodContext } from './method.ts'

/** Answers one call from the renderer. Never throws, and runs only the methods of the Bridge. */
export type AnswerCall = (method: unknown, args: unknown) => Promise<Answer<unknown>>

type Methods = Readonly<Record<string, AnyMethod>>

export function createAnswerCall(context: MethodContext): AnswerCall {
  const methods: Methods = bridgeMethods(context)
  return async (method, args) => {
    try {
      const known = knownMethod(methods, method)
      return { ok: true, value: await runChecked(known, methods[known] as AnyMethod, plainData(known, args)) }
    } catch (error) {
      const data = toErrorData(error)
      if (data.code === 'UNEXPECTED') logError(error)
      return { ok: false, error: data }
    }
  }
}

function knownMethod(methods: Methods, method: unknown): string {
  if (typeof method === 'string' && Object.hasOwn(methods, method)) return method
  const names = Object.keys(methods)
  const shown = typeof method === 'string' ? method.slice(0, 100) : typeof method
  throw inputInvalid(bridgeText.methodUnknown({ method: shown, nearest: closest(shown, names) }), { method: shown, methods: names })
}

/** Converts the input to what JSON can carry, so that both hosts accept the same: no `undefined`, no dates, no cycles. */
function plainData(method: string, args: unknown): unknown {
  const text = asJson(method, args)
  if (text.length > MAX_INPUT_CHARACTERS) {
    const says = bridgeText.tooLong({ method, characters: text.length, most: MAX_INPUT_CHARACTERS })
    throw inputInvalid(says, { method, characters: text.length, maximum: MAX_INPUT_CHARACTERS })
  }
  return JSON.parse(text)
}

function asJson(method: string, args: unknown): string {
  try {
    return JSON.stringify(args ?? [])
  } catch {
    throw inputInvalid(bridgeText.notPlain({ method }), { method })
  }
}

/** Checks the input and runs the method. */
function runChecked(name: string, { input, run }: AnyMethod, args: unknown): unknown {
  const checked = input.safeParse(args)
  if (!checked.success) throw wrongShape(name, checked.error)
  return run(...checked.data)
}

function wrongShape(method: string, { issues }: z.ZodError) {
  const found = issues.map(({ path, message }) => ({ at: placeOf(path), message }))
  const first = found.slice(0, 3).map(({ at, message }) => `${at}: ${message}`)
  const says = bridgeText.wrongShape({ method, problems: first.join('. '), more: found.length - first.length })
  return inputInvalid(says, { method, issues: found })
}

/** Formats `[0, 'filters', 2, 'column']` as `input.filters[2].column`; every method takes at most one argument. */
function placeOf(path: PropertyKey[]): string {
  return path.slice(1).reduce<string>((place, key) => place + (typeof key === 'number' ? `[${key}]` : `.${String(key)}`), 'input')
}
