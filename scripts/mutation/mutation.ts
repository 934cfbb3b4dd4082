import { existsSync, rmSync } from 'node:fs'
import { run } from '../checks/steps.ts'

const report = 'reports/mutation.json'

/** Runs Stryker, then updates docs/mutation.md, also when the score is too low. Without a report the page stays as it is. */
rmSync(report, { force: true })
const passed = run({ name: 'mutation testing', command: ['node_modules/.bin/stryker', 'run', ...process.argv.slice(2)] })
if (existsSync(report)) await import('./mutation-report.ts')
process.exitCode = passed ? 0 : 1
