import { defineConfig } from 'playwright/test'
import type { HostOptions } from './support/app.ts'
import { installedElectron } from './support/electron.ts'

/**
 * The same specs against every host: the browser host, and Electron. Where Electron's binary is not installed, the specs of its own
 * main process run over a stand-in.
 */
export default defineConfig<HostOptions>({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results/e2e',
  fullyParallel: true,
  workers: process.env.CI ? 2 : '50%',
  forbidOnly: Boolean(process.env.CI),
  // Both end what hangs, and nothing else: no spec is meant to come near them, on whatever machine.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  // A machine that others share may stand still for seconds. Whatever needed its second try is listed as flaky, to be fixed.
  retries: process.env.CI ? 1 : 0,
  reporter: 'list',
  projects: [
    { name: 'browser', testIgnore: 'electron*.spec.ts', use: { host: 'browser' } },
    {
      name: 'electron',
      ...(installedElectron() === null ? { testMatch: 'electron*.spec.ts' } : { testIgnore: 'browser-*.spec.ts' }),
      use: { host: 'electron' },
    },
  ],
})
