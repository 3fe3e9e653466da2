import inspector from 'node:inspector'
import { InvalidArgumentError } from 'commander'

const USUAL_PORT = 9229

export function inspectorPort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('Expected a port, from 0 to 65535.')
  return port
}

/** Listens for a debugger of this computer, and waits for it where told to. Returns what closes it. */
export function openInspector({ port = USUAL_PORT, waits }: { port: number | undefined; waits: boolean }): () => void {
  inspector.open(port, '127.0.0.1')
  if (waits) inspector.waitForDebugger()
  return () => inspector.close()
}
