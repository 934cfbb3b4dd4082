import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, rmSync } from 'node:fs'

/** Their data files and pages are shipped beside the compiled modules, which read them by path. */
const folders = ['domain', 'application', 'infrastructure', 'projections', 'api', 'composition', 'cli', 'web'].filter((folder) =>
  existsSync(folder),
)

rmSync('dist', { recursive: true, force: true })
const compiled = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json'], { stdio: 'inherit' })
if (compiled.status !== 0) process.exit(compiled.status ?? 1)
for (const folder of folders) cpSync(folder, `dist/${folder}`, { recursive: true, filter: (path) => !path.endsWith('.ts') })
if (existsSync('dist/cli/gatebook.js')) chmodSync('dist/cli/gatebook.js', 0o755)
