import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Starts the stand-in as a process with its log in `file`, and waits until it listens. `kill` sends SIGKILL. */
export const startStandInProcess = async (file: string, port = 0) => {
  const script = join(import.meta.dirname, 'serve.ts')
  const standIn = spawn(process.execPath, [script, file, '127.0.0.1', String(port)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(standIn, 'exit')
  const [line] = await Promise.race([once(standIn.stdout, 'data'), exited.then(() => ['it did not start'])])
  const bound = Number(/:(\d+)\s*$/.exec(String(line))?.[1])
  if (!Number.isInteger(bound)) throw new Error(`the stand-in did not start: ${String(line)}`)
  const kill = async () => {
    standIn.kill('SIGKILL')
    await exited
  }
  return { url: `esdb://127.0.0.1:${bound}?tls=false`, port: bound, kill }
}
