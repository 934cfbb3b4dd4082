import { rmSync } from 'node:fs'
import { run } from './steps.ts'

/** Stryker, then the list of survivors, also when the score is too low. */
rmSync('reports/mutation.json', { force: true })
const good = run({ name: 'mutation testing', command: ['node_modules/.bin/stryker', 'run', ...process.argv.slice(2)] })
await import('./survivors.ts')
process.exitCode = good ? 0 : 1
