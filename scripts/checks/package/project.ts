import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { examples, frontEnd, readmeProgram } from './programs.ts'
import { expectEqual, succeed } from './run.ts'
import { install, type Tools, withNode } from './tools.ts'

export type Manager = 'npm' | 'pnpm'

export type Wanted = {
  readonly manager: Manager
  /** How TypeScript finds the types. */
  readonly resolution: 'nodenext' | 'bundler'
  readonly tarball: string
  /** Without a version the package manager chooses it, because it is a peer dependency. */
  readonly fastify?: string
}

const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const types = ['@types/node', 'react', '@types/react'].map((name) => `${name}@${devDependencies[name]}`)
/** What examples import beside it. */
const beside = [`@fastify/cors@${dependencies['@fastify/cors']}`]

/** An empty project on the oldest Node, with the package in it and nothing that was asked. */
export async function newProject(folder: string, { manager, tarball, fastify }: Wanted, { nodes, pnpm }: Tools): Promise<void> {
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "name": "app", "version": "1.0.0", "type": "module" }')
  const packages = [tarball, ...types, ...beside, ...(fastify === undefined ? [] : [`fastify@${fastify}`])]
  const { stdout, stderr } =
    manager === 'npm'
      ? await install('npm', ['install', '--no-audit', '--no-fund', ...packages], folder, nodes.oldest)
      : await install(pnpm, ['add', ...packages], folder, nodes.oldest)
  // What a dependency of a dependency is deprecated for changes by the day.
  const warnings = `${stdout}\n${stderr}`.split('\n').filter((line) => /warn/i.test(line) && !/deprecated/.test(line))
  expectEqual(`warnings of ${manager}`, warnings, [])
  // From a lock file npm would have better-sqlite3 compiled, which comes ready: it does not keep `gypfile: false` there.
  if (manager === 'npm') await install('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder, nodes.oldest)
  if (fastify !== undefined) expectEqual('the version of fastify', versionOf(folder, 'fastify'), fastify)
}

/** Type-checks the programs, and compiles the front end. */
export async function typeCheck(folder: string, { resolution }: Pick<Wanted, 'resolution'>): Promise<void> {
  writeFileSync(join(folder, 'app.ts'), readmeProgram(readFileSync('README.md', 'utf8')))
  writeFileSync(join(folder, 'front-end.tsx'), frontEnd)
  writeFileSync(join(folder, 'examples.ts'), examples)
  cpSync(join(folder, 'node_modules/gatebook/examples'), join(folder, 'examples'), { recursive: true })
  const compile = (...options: readonly string[]) =>
    succeed(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '--strict', '--target', 'es2024', ...options], { cwd: folder })
  const found = resolution === 'nodenext' ? ['--module', 'nodenext'] : ['--module', 'esnext', '--moduleResolution', 'bundler']
  await compile(...found, '--noEmit', '--allowImportingTsExtensions', '--types', 'node', 'app.ts', 'examples.ts')
  await compile(...found, '--lib', 'es2024,dom,dom.iterable', '--jsx', 'react-jsx', 'front-end.tsx')
}

/** Runs what was type-checked. */
export async function runPrograms(folder: string, node: string): Promise<void> {
  for (const program of ['app.ts', 'front-end.js', 'examples.ts']) await succeed(node, [program], { cwd: folder, env: withNode(node) })
  for (const name of ['data', 'data-embedded', 'data-in-process', 'data-whole', 'data-shop'])
    rmSync(join(folder, name), { recursive: true, force: true })
}

export function versionOf(folder: string, name: string): string {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version
}
