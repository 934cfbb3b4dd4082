import { fileURLToPath } from 'node:url'
import { defineConfig, type ViteUserConfig } from 'vitest/config'

// Hundreds of tests start a process, and each would strip the types of the same sources.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('./node_modules/.cache/compiled', import.meta.url))

export const shared = {
  // The examples import gatebook as a user would. Here that is index.ts, not the build.
  ssr: { resolve: { conditions: ['gatebook-source', 'module', 'node', 'development|production'] } },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    restoreMocks: true,
    allowOnly: false,
  },
} satisfies ViteUserConfig

/** Pure code, and use cases on the log in memory. `npx vitest --project unit` ends within seconds: nothing slow belongs here. */
const unit = [
  'test/{domain,application,docs,golden}/**/*.test.ts',
  'test/infrastructure/configuration/configuration.test.ts',
  'test/tooling/**/!(boundaries|steps).test.ts',
  'test/api/codecs/strict-json.test.ts',
  'test/api/protection/address.test.ts',
  'test/cli/copy-texts.test.ts',
  'test/infrastructure/{clock,tokens}/*.test.ts',
  'test/infrastructure/hashing/{common-passwords,hash-queue,thread-share}.test.ts',
  'test/infrastructure/observability/progress-lines.test.ts',
  'test/infrastructure/otp/{one-time-code,providers}.test.ts',
  'test/infrastructure/sealing/{aes-gcm,key-cache}.test.ts',
  'test/projections/audit/describe-event.test.ts',
  'test/projections/engine/compile-codec.test.ts',
]
const api = ['test/{api,examples,library,web}/**/*.test.ts', 'examples/**/*.test.ts']
const attack = ['test/attack/**/*.test.ts']
/** They need Debian's chromium and firefox-esr, and are skipped without them. */
const browser = ['test/browser/**/*.test.ts']
/** They need a server: `npm run test:integration`. */
const integration = ['test/integration/**']

type Project = {
  readonly include: string[]
  readonly exclude?: string[]
  readonly isolate?: boolean
  readonly groupOrder?: number
  readonly globalSetup?: string
}

const project = (name: string, { groupOrder = 1, ...files }: Project) => ({
  extends: true as const,
  test: { name, ...files, sequence: { groupOrder } },
})

export default defineConfig({
  ...shared,
  test: {
    ...shared.test,
    passWithNoTests: false,
    projects: [
      project('unit', { include: unit, isolate: false, groupOrder: 0 }),
      project('api', { include: api, exclude: unit }),
      project('attack', { include: attack }),
      project('browser', { include: browser, globalSetup: 'test/browser/support/build-pages.ts' }),
      // Whatever no other project runs, so that no test file can be forgotten.
      project('infrastructure', { include: ['test/**/*.test.ts'], exclude: [...unit, ...api, ...attack, ...browser, ...integration] }),
    ],
  },
})
