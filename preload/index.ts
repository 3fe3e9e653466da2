import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { commonPath } from './common-path.ts'
import type { BridgeTransport } from './contract.ts'
import { CALL_CHANNEL, eventChannel, FILE_CHANNEL } from './wire.ts'

const transport: BridgeTransport = {
  call: (method, ...args) => ipcRenderer.invoke(CALL_CHANNEL, method, args),
  on(event, listener) {
    const forward = (_: unknown, data: Parameters<typeof listener>[0]) => listener(data)
    ipcRenderer.on(eventChannel(event), forward)
    return () => void ipcRenderer.off(eventChannel(event), forward)
  },
  fileOf: async (files) => ipcRenderer.invoke(FILE_CHANNEL, commonPath(files.map((file) => webUtils.getPathForFile(file)))),
}

contextBridge.exposeInMainWorld('cascade', transport)
