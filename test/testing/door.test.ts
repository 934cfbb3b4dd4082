import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startGatebook } from 'gatebook/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'

const entry = new URL('../../testing/process/serve-for-tests.ts', import.meta.url).pathname
const command = new URL('../../cli/gatebook.ts', import.meta.url).pathname

let dataDir = ''
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatebook-door-'))
})
afterAll(() => rmSync(dataDir, { recursive: true }))

const run = (args: readonly string[], env: Readonly<Record<string, string>>, stdio: readonly ('ignore' | 'pipe' | 'ipc')[]) => {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, DATA_DIR: dataDir, EVENT_STORE: 'memory', PORT: '0', ...env },
    stdio: [...stdio],
  })
  const seen = { text: '', replies: [] as unknown[] }
  const read = (data: Buffer) => {
    seen.text += data.toString()
  }
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', read)
  child.on('message', (reply) => seen.replies.push(reply))
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return { child, seen, ended }
}

const question = { id: 1, name: 'createUser', args: [] }

describe('the door that helpers use', () => {
  afterEach(() => vi.unstubAllEnvs())

  const inProduction = [{ NODE_ENV: 'production' }, { GATEBOOK_NODE_ENV: 'production' }]

  test.each(inProduction)('belongs to no server with %j, its own or that of the process that starts it', async (env) => {
    await expect(startGatebook({ env })).rejects.toThrow('not for NODE_ENV=production')
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    await expect(startGatebook()).rejects.toThrow('not for NODE_ENV=production')
  })

  test.each(inProduction)('is not opened by whoever holds a channel to a server with %j', async (env) => {
    const { child, seen, ended } = run([entry, dataDir], env, ['ignore', 'pipe', 'pipe', 'ipc'])
    child.send(question, () => {})
    expect(await ended).toBe(1)
    expect(seen.text).toContain('not for NODE_ENV=production')
    expect(seen.replies).toEqual([])
  })

  test('does not open without a channel', async () => {
    const { seen, ended } = run([entry, dataDir], {}, ['ignore', 'pipe', 'pipe'])
    expect(await ended).toBe(1)
    expect(seen.text).toContain('gatebook/testing starts this process')
  })

  test('is not in the command, whoever holds a channel to it', async () => {
    const { child, seen, ended } = run([command, 'serve'], { NODE_ENV: 'test' }, ['ignore', 'pipe', 'pipe', 'ipc'])
    child.send(question, () => {})
    await expect.poll(() => seen.text, { timeout: 60_000 }).toContain('listening')
    child.send(question, () => {})
    child.kill()
    expect(await ended).toBe(0)
    expect(seen.replies).toEqual([])
  })

  test('ends the server when the process that holds it is gone', async () => {
    const program = `
      import { startGatebook } from ${JSON.stringify(new URL('../../testing/start-gatebook.ts', import.meta.url).href)}
      const { pid } = await startGatebook()
      process.stdout.write(String(pid), () => process.kill(process.pid, 'SIGKILL'))`
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [data] = await once(parent.stdout, 'data')
    const isAlive = () => {
      try {
        return process.kill(Number(data), 0)
      } catch {
        return false
      }
    }
    await expect.poll(isAlive, { timeout: 60_000 }).toBe(false)
  })
})
