import { createInterface } from 'node:readline/promises'
import { EngineError } from '#engine/contract/errors'
import { terminalText } from '#text/terminal-text'

interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean }
  output: NodeJS.WritableStream
  /** Called for Ctrl+C: while input is read, the terminal sends no signal of its own. */
  interrupt: () => void
}

const THIS_TERMINAL: Terminal = {
  input: process.stdin,
  output: process.stderr,
  interrupt: () => void process.kill(process.pid, 'SIGINT'),
}

/**
 * Asks a question that must be answered with y or yes.
 * @throws PLUGIN_NOT_AGREED for any other answer, INPUT_INVALID without a terminal
 */
export async function askToAgree(question: string, { input, output, interrupt }: Terminal = THIS_TERMINAL): Promise<void> {
  if (!input.isTTY)
    throw new EngineError('INPUT_INVALID', 'There is no terminal to ask on.', { hint: 'Add --yes to agree to what is shown above.' })
  const lines = createInterface({ input, output, terminal: true })
  lines.once('SIGINT', () => {
    lines.close()
    interrupt()
  })
  try {
    const answer = await lines.question(`${terminalText(question)} (y/N) `)
    if (!/^\s*y(es)?\s*$/i.test(answer)) throw new EngineError('PLUGIN_NOT_AGREED', 'Nothing was changed.')
  } finally {
    lines.close()
  }
}
