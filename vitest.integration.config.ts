import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import { shared } from './vitest.config.ts'

/** Runs the suites one after another, by name: they share the machine, and often the server. */
class ByName extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer['sort']>[0]) {
    return files.toSorted((a, b) => a.moduleId.localeCompare(b.moduleId, 'en'))
  }
}

/** The suites that need EventStoreDB, or its stand-in in a container. `npm run test:integration` provides one. */
export default defineConfig({
  test: {
    ...shared.test,
    include: ['test/integration/**/*.test.ts'],
    exclude: [],
    fileParallelism: false,
    sequence: { sequencer: ByName },
    testTimeout: 600_000,
    hookTimeout: 300_000,
  },
})
