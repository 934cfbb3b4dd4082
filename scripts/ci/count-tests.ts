import { existsSync, readFileSync, rmSync } from 'node:fs'
import { run, type Step } from '../checks/steps.ts'

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

export type Count = { readonly passed: number; readonly failed: number }

const isFailed = ({ status }: { readonly status: string }) => status === 'failed'

const passedIn = ({ testResults }: Report, suite: string) =>
  testResults.some(
    ({ name, assertionResults }) => name.includes(`/test/${suite}/`) && assertionResults.some(({ status }) => status === 'passed'),
  )

/** Runs Vitest and counts its tests. An expected folder without a passed test counts as failed, so that a suite that was not found does not look like success. */
export function countTests(step: Step, expectedSuites: readonly string[]): Count {
  const file = `reports/${step.name.replaceAll(' ', '-')}.json`
  rmSync(file, { force: true })
  const [program, ...args] = step.command
  const succeeded = run({ ...step, command: [program, ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`] })
  if (!existsSync(file)) return { passed: 0, failed: 1 }
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  const missing = expectedSuites.filter((suite) => !passedIn(report, suite))
  for (const suite of missing) console.log(`== test/${suite}: no test passed`)
  // Vitest does not name the file whose process died.
  const unfinished = report.testResults.filter(({ assertionResults }) => assertionResults.some(({ status }) => status === 'pending'))
  for (const { name } of unfinished) console.log(`== ${name}: not all of its tests ended`)
  const brokenFiles = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some(isFailed)).length
  const failed = report.numFailedTests + brokenFiles + missing.length
  return { passed: report.numPassedTests, failed: failed === 0 && !(succeeded && report.success) ? 1 : failed }
}
