import { existsSync, readFileSync, rmSync } from 'node:fs'
import { groundSteps, run, type Step, tests } from './steps.ts'

/** Folders of `test/` that must have been run; a suite that is not found must not look like one that passed. */
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
  'ground',
]
const reportFile = 'reports/tests.json'

type Report = {
  readonly success: boolean
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

const node = process.execPath
const around: readonly Step[] = [
  { name: 'npm start answers', command: [node, 'scripts/smoke.ts', node, 'cli/gatebook.ts', 'serve'] },
  { name: 'build', command: [node, 'scripts/build.ts'] },
  { name: 'the built command answers', command: [node, 'scripts/smoke.ts', node, 'dist/cli/gatebook.js', 'serve'] },
  { name: 'the package works where it is installed', command: [node, 'scripts/package.ts'] },
]

const testing = () => {
  rmSync(reportFile, { force: true })
  const [program, ...args] = tests.command
  const ended = run({
    name: 'tests',
    command: [program, ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`],
  })
  if (!existsSync(reportFile)) return { passed: 0, failed: 1 }
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report
  const missing = expectedSuites.filter((suite) => !ranIn(report, suite))
  for (const suite of missing) console.log(`== test/${suite}: no test was run`)
  const filesThatBroke = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some(isFailed)).length
  const failed = report.numFailedTests + filesThatBroke + missing.length
  return { passed: report.numPassedTests, failed: failed === 0 && !(ended && report.success) ? 1 : failed }
}

const isFailed = ({ status }: { readonly status: string }) => status === 'failed'

const ranIn = ({ testResults }: Report, suite: string) =>
  testResults.some(
    ({ name, assertionResults }) => name.includes(`/test/${suite}/`) && assertionResults.some(({ status }) => status === 'passed'),
  )

const steps = [...groundSteps, ...around].map(run)
const counted = testing()
const passed = counted.passed + steps.filter((good) => good).length
const failed = counted.failed + steps.filter((good) => !good).length
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
