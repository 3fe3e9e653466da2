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
  timeout: 60_000,
  reporter: 'list',
  projects: [
    { name: 'browser', use: { host: 'browser' } },
    ...(installedElectron() === null ? [] : [{ name: 'electron', testIgnore: 'browser-*.spec.ts', use: { host: 'electron' as const } }]),
  ],
})
