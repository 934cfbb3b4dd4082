import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const command = fileURLToPath(new URL('../../cli/gatebook.ts', import.meta.url))

/** Runs `gatebook` with `env` and PATH as its environment. */
export const startCommand = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const child = spawn(process.execPath, [command, ...args], { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = Promise.all([text(child.stdout), text(child.stderr)])
  const ended = once(child, 'close').then(async ([code, signal]) => {
    const [stdout, stderr] = await said
    return { code: code as number | null, signal: signal as string | null, stdout, stderr }
  })
  return { child, ended }
}

export const runCommand = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => startCommand(args, env).ended
