import { spawnSync } from 'node:child_process'
import { delimiter, resolve } from 'node:path'

export type Step = {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  /** Added to the environment of this process; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

const bin = (name: string) => `node_modules/.bin/${name}`
const node = process.execPath

/** What runs before the tests, cheapest first. */
export const checks: readonly Step[] = [
  { name: 'format and lint', command: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: [node, 'node_modules/typescript/bin/tsc', '--noEmit'] },
  ...['web', 'test/web', 'examples'].map(
    (project): Step => ({
      name: `types of ${project}`,
      command: [node, 'node_modules/typescript/bin/tsc', '--noEmit', '--project', project],
    }),
  ),
  { name: 'boundaries', command: [node, 'scripts/checks/boundaries.ts'] },
  { name: 'conventions', command: [node, 'scripts/checks/conventions.ts'] },
  { name: 'unused files, exports and dependencies', command: [bin('knip')] },
  { name: 'generated pages', command: [node, 'scripts/docs/docs.ts', '--check'] },
]

export const tests: Step = { name: 'tests', command: [bin('vitest'), 'run'] }

/** The tools start with `#!/usr/bin/env node`: PATH must find the `node` package before the machine's Node. */
const toolEnv = { ...process.env, PATH: `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH}` }

/** Runs a command with the output of this process. Returns whether it succeeded. */
export function run({ name, command: [program, ...args], env }: Step): boolean {
  console.log(`\n== ${name}`)
  const { status } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...toolEnv, ...env } })
  console.log(status === 0 ? `== ${name}: passed` : `== ${name}: FAILED`)
  return status === 0
}
