import { defineConfig } from 'vitest/config'

export default defineConfig({
  // The examples import gatebook as a user would; here that is index.ts and not what was built.
  ssr: { resolve: { conditions: ['gatebook-source', 'module', 'node', 'development|production'] } },
  test: {
    include: ['test/**/*.test.ts'],
    // They need a server: npm run test:integration.
    exclude: ['test/integration/**'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    passWithNoTests: false,
    allowOnly: false,
    restoreMocks: true,
  },
})
