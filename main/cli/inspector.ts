import inspector from 'node:inspector'
import { InvalidArgumentError } from 'commander'

const USUAL_PORT = 9229

export function inspectorPort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('Expected a port, from 0 to 65535.')
  return port
}

/** As Node reads its own options: `--inspect file.yaml` names no port, `--inspect=4711` does. */
export const withUsualPort = (args: readonly string[]): string[] =>
  args.map((arg) => (arg === '--inspect' || arg === '--inspect-brk' ? `${arg}=${USUAL_PORT}` : arg))

/** Listens for a debugger of this computer, and waits for it where told to. Returns what closes it. */
export function openInspector({ port, waits }: { port: number; waits: boolean }): () => void {
  inspector.open(port, '127.0.0.1')
  if (waits) inspector.waitForDebugger()
  return () => inspector.close()
}
