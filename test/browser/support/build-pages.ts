import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const changedAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** Folders too: one of them is newer when a file was removed. */
const sources = () => [
  'package-lock.json',
  'scripts/build-pages.ts',
  'web',
  ...readdirSync('web', { recursive: true, encoding: 'utf8' }).map((name) => join('web', name)),
]

/** Before the browser tests: builds the pages again if a source is newer than what was built. */
export function setup() {
  const builtAt = changedAt('dist/pages/index.html')
  if (sources().every((path) => changedAt(path) <= builtAt)) return
  const { status } = spawnSync(process.execPath, ['scripts/build-pages.ts', '--quiet'], { stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Error('the pages cannot be built')
}
