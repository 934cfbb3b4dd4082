import { checks, run, type Step, tests } from '../checks/steps.ts'
import { countTests } from './count-tests.ts'
import { integrationInCi } from './integration-in-ci.ts'

/** Folders of `test/` in which at least one test must pass. */
const expectedSuites = [
  'domain',
  'application',
  // Runs test/contract against each event store.
  'infrastructure/event-store',
  'infrastructure/hashing',
  'infrastructure/sealing',
  'projections',
  'library',
  'api',
  'web',
  'composition',
  'cli',
  'deploy',
  'examples',
  'attack',
  'browser',
  'docs',
  'golden',
  'tooling',
]
const node = process.execPath
const deliverables: readonly Step[] = [
  { name: 'npm start serves requests', command: [node, 'scripts/checks/smoke.ts', node, 'cli/gatebook.ts', 'serve'] },
  { name: 'build', command: [node, 'scripts/build.ts'] },
  { name: 'the built command serves requests', command: [node, 'scripts/checks/smoke.ts', node, 'dist/cli/gatebook.js', 'serve'] },
  { name: 'the package works when installed', command: [node, 'scripts/checks/package.ts'] },
]

const steps = [...checks, ...deliverables].map(run)
const counted = countTests(tests, expectedSuites)
const integration = await integrationInCi()
const passed = counted.passed + integration.passed + steps.filter((passed) => passed).length
const failed = counted.failed + integration.failed + steps.filter((passed) => !passed).length
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
