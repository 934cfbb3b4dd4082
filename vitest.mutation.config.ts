import { defineConfig } from 'vitest/config'
import { shared } from './vitest.config.ts'

/** Mutants of the domain are tested by the domain's tests only, always with the same random cases. */
export default defineConfig({
  ...shared,
  test: { ...shared.test, include: ['test/domain/**/*.test.ts'], setupFiles: ['scripts/mutation/fixed-seed.ts'] },
})
