import type { Random } from './random.ts'

/**
 * How a run ended. `accepted`: the input was taken, or refused in parts as promised. `refused`: the whole input was refused with one of the
 * product's codes. `failed`: a promise is broken, such as an error that is none of the product's codes (exit status 70).
 */
export type Outcome = { kind: 'accepted' } | { kind: 'refused'; code: string } | { kind: 'failed'; what: string }

/** What a run may use; everything in it is removed afterwards. */
export interface Place {
  /** An empty folder. */
  folder: string
}

/** Something that takes input from outside. The harness itself watches over time, memory and the process. */
export interface Target<Input = unknown> {
  name: string
  /** Returns an input as plain data: it is printed with a finding. */
  makeInput(random: Random): Input
  /** Gives the input to the product. Whatever it throws counts as `failed`. */
  run(input: Input, place: Place): Promise<Outcome> | Outcome
}

/** Declares a target; the input of `run` has the type that `makeInput` returns. */
export const target = <Input>(declared: Target<Input>): Target => declared as Target
