import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Starts the command on a free port with an empty data directory, waits until GET /health/ready returns 200, and stops it. */
const smoke = async (program: string, args: readonly string[]) => {
  const port = await freePort()
  const data = mkdtempSync(join(tmpdir(), 'gatebook-smoke-'))
  const env = { ...process.env, HOST: '127.0.0.1', PORT: String(port), DATA_DIR: join(data, 'data') }
  const server = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const stderr: string[] = []
  server.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text))
  const ended = once(server, 'exit') as Promise<[number | null, string | null]>
  try {
    if (!(await isLive(port, () => server.exitCode !== null))) throw new Error('GET /health/ready did not return 200')
    server.kill('SIGTERM')
    const [code] = await ended
    if (code !== 0) throw new Error(`the server exited with ${code} after SIGTERM`)
  } catch (cause) {
    console.error(stderr.join(''))
    throw cause
  } finally {
    server.kill('SIGKILL')
    rmSync(data, { recursive: true, force: true })
  }
}

const freePort = async () => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

const isLive = async (port: number, hasEnded: () => boolean) => {
  for (let tries = 0; tries < 300 && !hasEnded(); tries += 1) {
    const response = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null)
    if (response?.status === 200) return true
    await pause(100)
  }
  return false
}

const [program, ...args] = process.argv.slice(2)
if (program === undefined) throw new Error('usage: node scripts/checks/smoke.ts <command that starts a server>')
await smoke(program, args)
