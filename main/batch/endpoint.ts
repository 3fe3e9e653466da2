import type { MessagePort, Worker } from 'node:worker_threads'
import type { Endpoint } from 'comlink'

/** Adapts a Node thread or port to comlink, which expects events with data. */
export function endpoint(port: Worker | MessagePort): Endpoint {
  const wrapped = new Map<unknown, (data: unknown) => void>()
  return {
    postMessage: (message: unknown, transfer?: Transferable[]) => port.postMessage(message, transfer as never),
    addEventListener(_type: string, listener: EventListenerOrEventListenerObject) {
      const call = (data: unknown) =>
        'handleEvent' in listener ? listener.handleEvent({ data } as MessageEvent) : listener({ data } as MessageEvent)
      wrapped.set(listener, call)
      port.on('message', call)
    },
    removeEventListener(_type: string, listener: EventListenerOrEventListenerObject) {
      const call = wrapped.get(listener)
      if (call) port.off('message', call)
      wrapped.delete(listener)
    },
  }
}
