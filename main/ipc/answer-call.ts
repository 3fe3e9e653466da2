import { closest } from 'fastest-levenshtein'
import type { z } from 'zod'
import type { Answer } from '#contract'
import { inputInvalid, toErrorData } from '#engine/contract/errors'
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
      if (data.code === 'UNEXPECTED') console.error(error)
      return { ok: false, error: data }
    }
  }
}

function knownMethod(methods: Methods, method: unknown): string {
  if (typeof method === 'string' && Object.hasOwn(methods, method)) return method
  const names = Object.keys(methods)
  const shown = typeof method === 'string' ? method.slice(0, 100) : typeof method
  throw inputInvalid(`There is no method "${shown}". The nearest is "${closest(shown, names)}".`, { method: shown, methods: names })
}

/** Converts the input to what JSON can carry, so that both hosts accept the same: no `undefined`, no dates, no cycles. */
function plainData(method: string, args: unknown): unknown {
  const text = asJson(method, args)
  if (text.length > MAX_INPUT_CHARACTERS) {
    throw inputInvalid(
      `The input of ${method} has ${text.length} characters; at most ${MAX_INPUT_CHARACTERS} are accepted. Use a file for so much.`,
      { method, characters: text.length, maximum: MAX_INPUT_CHARACTERS },
    )
  }
  return JSON.parse(text)
}

function asJson(method: string, args: unknown): string {
  try {
    return JSON.stringify(args ?? [])
  } catch {
    throw inputInvalid(`The input of ${method} is no plain data.`, { method })
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
  const more = found.length > first.length ? ` And ${found.length - first.length} more.` : ''
  return inputInvalid(`${method} cannot take this input. ${first.join('. ')}.${more}`, { method, issues: found })
}

/** Formats `[0, 'filters', 2, 'column']` as `input.filters[2].column`; every method takes at most one argument. */
function placeOf(path: PropertyKey[]): string {
  return path.slice(1).reduce<string>((place, key) => place + (typeof key === 'number' ? `[${key}]` : `.${String(key)}`), 'input')
}
