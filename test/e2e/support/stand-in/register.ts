import { registerHooks } from 'node:module'

/** Makes `electron` mean the stand-in. Preloaded with `node --import`, so that the built main process is started as it is. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true } : next(specifier, context),
})
