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

const ranIn = ({ testResults }: Report, suite: string) =>
  testResults.some(
    ({ name, assertionResults }) => name.includes(`/test/${suite}/`) && assertionResults.some(({ status }) => status === 'passed'),
  )

/** Runs Vitest and counts. A folder of `test/` of which nothing was run counts as failed: a suite that is not found must not look like one that passed. */
export function countTests(step: Step, expectedSuites: readonly string[]): Count {
  const file = `reports/${step.name.replaceAll(' ', '-')}.json`
  rmSync(file, { force: true })
  const [program, ...args] = step.command
  const ended = run({ ...step, command: [program, ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`] })
  if (!existsSync(file)) return { passed: 0, failed: 1 }
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  const missing = expectedSuites.filter((suite) => !ranIn(report, suite))
  for (const suite of missing) console.log(`== test/${suite}: no test was run`)
  const filesThatBroke = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some(isFailed)).length
  const failed = report.numFailedTests + filesThatBroke + missing.length
  return { passed: report.numPassedTests, failed: failed === 0 && !(ended && report.success) ? 1 : failed }
}
