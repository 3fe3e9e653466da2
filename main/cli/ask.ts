import { createInterface } from 'node:readline/promises'
import { EngineError } from '#engine/contract/errors'

interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean }
  output: NodeJS.WritableStream
  /** Ctrl+C. While it reads, the terminal sends no signal of its own. */
  interrupt: () => void
}

const THIS_TERMINAL: Terminal = {
  input: process.stdin,
  output: process.stderr,
  interrupt: () => void process.kill(process.pid, 'SIGINT'),
}

/**
 * Asks a question that only y or yes agrees to. Without a terminal nobody can be asked.
 * @throws PLUGIN_NOT_AGREED where the answer is no, INPUT_INVALID without a terminal
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
    const answer = await lines.question(`${question} (y/N) `)
    if (!/^\s*y(es)?\s*$/i.test(answer)) throw new EngineError('PLUGIN_NOT_AGREED', 'Nothing was changed.')
  } finally {
    lines.close()
  }
}
