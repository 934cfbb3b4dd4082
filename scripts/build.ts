import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, rmSync } from 'node:fs'

const run = (...args: readonly string[]) => {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

/** Their data files are shipped beside the compiled modules, which read them by path. */
const folders = ['domain', 'application', 'infrastructure', 'projections', 'api', 'library', 'composition', 'cli', 'web/react']

rmSync('dist', { recursive: true, force: true })
for (const project of ['tsconfig.build.json', 'web/tsconfig.build.json']) run('node_modules/typescript/bin/tsc', '--project', project)
for (const folder of folders) cpSync(folder, `dist/${folder}`, { recursive: true, filter: (path) => !/\.tsx?$/.test(path) })
chmodSync('dist/cli/gatebook.js', 0o755)
run('scripts/build-pages.ts', '--quiet')
