import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'

/** Stryker, then the list of survivors, also when the score is too low. */
rmSync('reports/mutation.json', { force: true })
const { status } = spawnSync('node_modules/.bin/stryker', ['run', ...process.argv.slice(2)], { stdio: 'inherit' })
await import('./survivors.ts')
process.exitCode = status ?? 1
