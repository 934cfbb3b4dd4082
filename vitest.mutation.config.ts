import { defineConfig } from 'vitest/config'
import shared from './vitest.config.ts'

/** Only the tests of the domain judge a change in the domain, and each change is judged by the same random cases. */
export default defineConfig({
  ...shared,
  test: { ...shared.test, include: ['test/domain/**/*.test.ts'], setupFiles: ['scripts/mutation/fixed-seed.ts'] },
})
