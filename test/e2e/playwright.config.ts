import { defineConfig } from 'playwright/test'
import type { HostOptions } from './support/app.ts'
import { installedElectron } from './support/electron.ts'

/** The same specs against every host that can run here: the browser host always, Electron where its binary is installed. */
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
    { name: 'browser', use: { host: 'browser' } },
    ...(installedElectron() === null ? [] : [{ name: 'electron', testIgnore: 'browser-*.spec.ts', use: { host: 'electron' as const } }]),
  ],
})
