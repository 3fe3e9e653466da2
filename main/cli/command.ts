import type { Command } from 'commander'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { createOutput, type Output } from './output.ts'

/** What a command's action gets besides its own arguments. */
export interface CommandContext {
  output: Output
}

/** A command's action. Returns the exit status. */
export type Action<A extends unknown[], O> = (context: CommandContext, options: O, ...args: A) => Promise<ExitCode | undefined>

/** Adds `--json` to a command and sets the exit status that its action returns. */
export function acts<A extends unknown[], O extends { json?: boolean }>(command: Command, action: Action<A, O>): Command {
  return command.option('--json', 'print one JSON document instead of text').action(async (...received: unknown[]) => {
    const args = received.slice(0, -2) as A
    const options = received.at(-2) as O
    process.exitCode = (await action({ output: createOutput(options.json ?? false) }, options, ...args)) ?? EXIT.ok
  })
}

/** Collects an option that may be given several times. */
export const several = (value: string, previous: string[] = []): string[] => [...previous, value]

export const examples = (...lines: string[]): string => `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`
