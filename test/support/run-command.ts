import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { bareEnvironment } from './bare-environment.ts'

const command = fileURLToPath(new URL('../../cli/gatebook.ts', import.meta.url))

/** Runs `gatebook` with `env`, PATH and NODE_COMPILE_CACHE as its environment, and `input` as its standard input. */
export const startCommand = (args: readonly string[], env: Readonly<Record<string, string>> = {}, input = '') => {
  const child = spawn(process.execPath, [command, ...args], { env: { ...bareEnvironment, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdin.on('error', () => {}).end(input)
  const said = Promise.all([text(child.stdout), text(child.stderr)])
  const ended = once(child, 'close').then(async ([code, signal]) => {
    const [stdout, stderr] = await said
    return { code: code as number | null, signal: signal as string | null, stdout, stderr }
  })
  return { child, ended }
}

export const runCommand = (args: readonly string[], env: Readonly<Record<string, string>> = {}, input = '') =>
  startCommand(args, env, input).ended
