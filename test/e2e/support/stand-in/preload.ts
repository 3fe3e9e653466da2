/** Under this name the page holds what main and preload script exchange. */
export const RENDERER_GLOBAL = '__standIn'

/** Returns a script that runs the built preload script in a page, with `electron` as a renderer has it. */
export const preloadScript = (source: string): string => `(() => {
  const listeners = new Map()
  const files = []
  globalThis.${RENDERER_GLOBAL} = {
    files,
    deliver(channel, data) {
      for (const listener of [...(listeners.get(channel) ?? [])]) listener({}, data)
    },
  }
  const electron = {
    contextBridge: { exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze(api) }) },
    ipcRenderer: {
      invoke: (channel, ...args) => globalThis.${RENDERER_GLOBAL}Invoke(channel, args),
      on: (channel, listener) => void listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener)),
      off: (channel, listener) => void listeners.get(channel)?.delete(listener),
    },
    // Main asks the inspector for the path of the file of this number.
    webUtils: { getPathForFile: (file) => 'dropped-file:' + (files.push(file) - 1) },
  }
  const module = { exports: {} }
  const require = (name) => {
    if (name === 'electron') return electron
    throw new Error('A sandboxed preload script cannot require ' + name)
  }
  ;((module, exports, require) => {
${source}
  })(module, module.exports, require)
})()`
