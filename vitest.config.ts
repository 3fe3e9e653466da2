import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Ends a test that hangs, and nothing else: no test is meant to come near it, on whatever machine. */
const PATIENCE = { testTimeout: 600_000, hookTimeout: 600_000, expect: { poll: { timeout: 300_000 } } }

const at = (path: string) => join(import.meta.dirname, path)

export default defineConfig({
  test: {
    pool: 'forks',
    // The default leaves one core of two idle.
    maxWorkers: '100%',
    // Loading the modules anew for each file took longer than many of the tests.
    isolate: false,
    setupFiles: [at('test/support/watchdog.ts')],
    // One project for each kind of test, so that `vitest run --project unit` runs one kind.
    projects: [
      ...(['unit', 'integration', 'property', 'crash', 'attack'] as const).map((kind) => ({
        extends: true as const,
        test: {
          name: kind,
          include: [`test/${kind}/**/*.test.ts`, `test/${kind}/**/*.test.tsx`],
          ...PATIENCE,
        },
      })),
      {
        extends: true as const,
        // Bundled plug-ins are packages of their own, which find this one by its name, as an author's does once it is installed.
        resolve: {
          alias: {
            '#plugin-api': at('plugins/api/index.ts'),
            'cascade-workbench/plugin': at('plugins/api/index.ts'),
            'cascade-workbench/testing': at('main/testing/index.ts'),
          },
        },
        test: { name: 'plugins', include: ['plugins/**/*.test.ts'], ...PATIENCE },
      },
    ],
  },
})
