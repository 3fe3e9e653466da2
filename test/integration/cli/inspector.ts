import { WebSocket } from 'ws'

/** As much of a debugger as a test needs, over the protocol of Node's inspector. */
export interface Debugger {
  send(method: string, params?: Record<string, unknown>): Promise<Record<string, unknown>>
  /** The next event of this name, also one that came since the last call. */
  event(method: string): Promise<Record<string, unknown>>
  close(): void
}

export async function connectDebugger(address: string): Promise<Debugger> {
  const socket = new WebSocket(address)
  await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const answers = new Map<number, (answer: Record<string, unknown>) => void>()
  const events: { method: string; params: Record<string, unknown> }[] = []
  const listeners: { method: string; resolve: (params: Record<string, unknown>) => void }[] = []
  const deliver = () => {
    for (const listener of [...listeners]) {
      const index = events.findIndex(({ method }) => method === listener.method)
      if (index === -1) continue
      listeners.splice(listeners.indexOf(listener), 1)
      for (const { params } of events.splice(index, 1)) listener.resolve(params)
    }
  }
  socket.on('message', (text) => {
    const message = JSON.parse(String(text)) as {
      id?: number
      result?: Record<string, unknown>
      method?: string
      params?: Record<string, unknown>
    }
    if (message.id !== undefined) answers.get(message.id)?.(message.result ?? {})
    else if (message.method !== undefined) events.push({ method: message.method, params: message.params ?? {} })
    deliver()
  })
  let last = 0
  return {
    send: (method, params = {}) =>
      new Promise((resolve) => {
        answers.set(++last, resolve)
        socket.send(JSON.stringify({ id: last, method, params }))
      }),
    event: (method) =>
      new Promise((resolve) => {
        listeners.push({ method, resolve })
        deliver()
      }),
    close: () => socket.close(),
  }
}
