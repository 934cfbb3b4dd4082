import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, readFileSync, rmSync } from 'node:fs'
import { unreachableDeclarations } from './unreachable-declarations.ts'

const run = (...args: readonly string[]) => {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

/** Their data files are shipped beside the compiled modules, which read them by path. */
const folders = ['domain', 'application', 'infrastructure', 'projections', 'api', 'library', 'composition', 'cli', 'web/react']

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly exports: Record<string, string | { types?: string }> }
const entries = Object.values(exports).flatMap((entry) =>
  typeof entry === 'string' || entry.types === undefined ? [] : [entry.types.replace('./dist/', '')],
)

rmSync('dist', { recursive: true, force: true })
for (const project of ['tsconfig.build.json', 'web/tsconfig.build.json']) run('node_modules/typescript/bin/tsc', '--project', project)
for (const folder of folders) cpSync(folder, `dist/${folder}`, { recursive: true, filter: (path) => !/\.tsx?$/.test(path) })
chmodSync('dist/cli/gatebook.js', 0o755)
for (const file of unreachableDeclarations('dist', entries)) for (const name of [file, `${file}.map`]) rmSync(`dist/${name}`)
run('scripts/build-pages.ts', '--quiet')
