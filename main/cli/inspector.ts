import inspector from 'node:inspector'
import { InvalidArgumentError } from 'commander'

const USUAL_PORT = 9229

export function inspectorPort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('Expected a port, from 0 to 65535.')
  return port
}

/** Adds the default port to options without one, as Node does: `--inspect file.yaml` names no port, `--inspect=4711` does. */
export const withUsualPort = (args: readonly string[]): string[] =>
  args.map((arg) => (arg === '--inspect' || arg === '--inspect-brk' ? `${arg}=${USUAL_PORT}` : arg))

/** Listens for a debugger on this computer, and waits for it if asked to. Returns a function that closes the inspector. */
export function openInspector({ port, waits }: { port: number; waits: boolean }): () => void {
  inspector.open(port, '127.0.0.1')
  if (waits) inspector.waitForDebugger()
  return () => inspector.close()
}
