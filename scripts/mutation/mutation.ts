import { existsSync, rmSync } from 'node:fs'
import { run } from '../checks/steps.ts'

const report = 'reports/mutation.json'

/** Stryker, then the list of survivors, also when the score is too low; without a report (a test fails before anything is changed) the old list stays. */
rmSync(report, { force: true })
const good = run({ name: 'mutation testing', command: ['node_modules/.bin/stryker', 'run', ...process.argv.slice(2)] })
if (existsSync(report)) await import('./mutation-report.ts')
process.exitCode = good ? 0 : 1
