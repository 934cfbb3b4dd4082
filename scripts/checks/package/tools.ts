import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { type Ended, outcomeOf } from './run.ts'

const pnpmVersion = '12.21.0'

/** `oldest` is the lower end of `engines`; the others must be refused. */
const versions = { oldest: '22.19.0', node20: '20.20.2', node18: '18.20.8' } as const

export type Tools = {
  /** Programs of Node. `current` is the Node of this checkout. */
  readonly nodes: Readonly<Record<keyof typeof versions | 'current', string>>
  readonly pnpm: string
}

/** The packages that hold nothing but the program, which need no script. */
const platform = `${process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'}-${process.platform}-${process.arch}`

/** The environment in which `node` is this program. */
export function withNode(node: string): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` }
}

/** Rejects with a sentence that names the registry as what may be wrong, and with what the package manager printed. */
export async function install(manager: string, args: readonly string[], cwd: string, node: string): Promise<Ended> {
  const ended = await outcomeOf(manager, args, { cwd, env: withNode(node) })
  if (ended.code === 0) return ended
  const command = [manager.split('/').at(-1), ...args].join(' ')
  throw new Error(
    `This check installs packages from the registry that npm is configured with, and that failed (code ${ended.code}): ${command}\n${ended.stdout}${ended.stderr}`,
  )
}

export async function installTools(folder: string): Promise<Tools> {
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const nodes = Object.entries(versions).map(([name, version]) => `${name}@npm:${platform}@${version}`)
  await install('npm', ['install', '--ignore-scripts', `pnpm@${pnpmVersion}`, ...nodes], folder, process.execPath)
  const program = (name: string) => join(folder, 'node_modules', name, 'bin/node')
  return {
    nodes: { current: process.execPath, oldest: program('oldest'), node20: program('node20'), node18: program('node18') },
    pnpm: join(folder, 'node_modules/.bin/pnpm'),
  }
}
