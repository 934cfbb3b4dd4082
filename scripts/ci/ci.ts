import { groundSteps, run, type Step, tests } from '../checks/steps.ts'
import { countTests } from './count-tests.ts'
import { integrationInCi } from './integration-in-ci.ts'

/** Folders of `test/` that must have been run. */
const expectedSuites = [
  'domain',
  'application',
  // Holds both logs to test/contract.
  'infrastructure/event-store',
  'infrastructure/hashing',
  'infrastructure/sealing',
  'projections',
  'api',
  'composition',
  'cli',
  'examples',
  'attack',
  'docs',
  'golden',
  'tooling',
]
const node = process.execPath
const around: readonly Step[] = [
  { name: 'npm start answers', command: [node, 'scripts/checks/smoke.ts', node, 'cli/gatebook.ts', 'serve'] },
  { name: 'build', command: [node, 'scripts/build.ts'] },
  { name: 'the built command answers', command: [node, 'scripts/checks/smoke.ts', node, 'dist/cli/gatebook.js', 'serve'] },
  { name: 'the package works where it is installed', command: [node, 'scripts/checks/package.ts'] },
]

const steps = [...groundSteps, ...around].map(run)
const counted = countTests(tests, expectedSuites)
const integrated = await integrationInCi()
const passed = counted.passed + integrated.passed + steps.filter((good) => good).length
const failed = counted.failed + integrated.failed + steps.filter((good) => !good).length
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
