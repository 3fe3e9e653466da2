import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    pool: 'forks',
    // The default leaves one core of two idle.
    maxWorkers: '100%',
    // One project for each kind of test, so that `vitest run --project unit` runs one kind.
    projects: (['unit', 'integration', 'property', 'crash'] as const).map((kind) => ({
      extends: true as const,
      test: {
        name: kind,
        include: [`test/${kind}/**/*.test.ts`, `test/${kind}/**/*.test.tsx`],
        testTimeout: kind === 'unit' ? 10_000 : 120_000,
        hookTimeout: kind === 'unit' ? 10_000 : 120_000,
      },
    })),
  },
})
