import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import shared from './vitest.config.ts'

/** One suite after another, by name: they share the machine, and the server too where one is given. */
class ByName extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer['sort']>[0]) {
    return files.toSorted((a, b) => a.moduleId.localeCompare(b.moduleId, 'en'))
  }
}

/** What needs a real server, or the stand-in in a container; `npm run test:integration` sees to it that there is one. */
export default defineConfig({
  ...shared,
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
