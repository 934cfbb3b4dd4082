import { spawnSync } from 'node:child_process'
import { delimiter, resolve } from 'node:path'

export type Step = {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  /** Over the environment of this process; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

const bin = (name: string) => `node_modules/.bin/${name}`
const node = process.execPath

/** What must hold before anything is tested, in the order in which it is cheapest to fail. */
export const groundSteps: readonly Step[] = [
  { name: 'format and lint', command: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: [node, 'node_modules/typescript/bin/tsc', '--noEmit'] },
  { name: 'boundaries', command: [node, 'scripts/checks/boundaries.ts'] },
  { name: 'conventions', command: [node, 'scripts/checks/conventions.ts'] },
  { name: 'unused files, exports and dependencies', command: [bin('knip')] },
  { name: 'generated pages', command: [node, 'scripts/docs/docs.ts', '--check'] },
]

export const tests: Step = { name: 'tests', command: [bin('vitest'), 'run'] }

/** The tools start with `#!/usr/bin/env node`: that must be the Node of the package, not the machine's. */
const ownEnv = { ...process.env, PATH: `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH}` }

/** True if the command ended well; what it says goes where ours goes. */
export function run({ name, command: [program, ...args], env }: Step): boolean {
  console.log(`\n== ${name}`)
  const { status } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...ownEnv, ...env } })
  console.log(status === 0 ? `== ${name}: good` : `== ${name}: FAILED`)
  return status === 0
}
