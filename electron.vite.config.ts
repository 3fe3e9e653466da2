import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/** Entry points by place of running. What each may import is in ARCHITECTURE.md. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      sourcemap: true,
      externalizeDeps: { exclude: ['comlink', 'ws'] },
      rolldownOptions: {
        external: ['bufferutil', 'utf-8-validate'],
        input: {
          index: 'main/index.ts',
          'batch.worker': 'main/batch/batch.worker.ts',
          browser: 'main/browser/serve.ts',
          cli: 'main/cli/index.ts',
          // What authors of plug-ins import.
          plugin: 'plugins/api/index.ts',
          testing: 'main/testing/index.ts',
        },
        // Side by side with the entries: code finds its neighbours (worker, renderer) by relative URL.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    // A sandboxed preload script is one self-contained CommonJS file.
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: { input: { index: 'preload/index.ts' }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    // Nothing as data: URL, because the content security policy allows none for fonts and scripts.
    build: { outDir: 'out/renderer', minify: true, assetsInlineLimit: 0, rolldownOptions: { input: 'renderer/index.html' } },
  },
})
