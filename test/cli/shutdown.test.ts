import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { collectOutput } from '../../testing/output.ts'
import { bareEnvironment } from '../support/bare-environment.ts'

const script = fileURLToPath(new URL('./support/serve-with-fault.ts', import.meta.url))

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatebook-shutdown-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

/** Stands in the data directory while the core is open. */
const isLeftOpen = () => existsSync(join(dataDir, 'open'))

const serve = async (fault: string, delay = 10_000) => {
  const env = { ...bareEnvironment, DATA_DIR: dataDir, PORT: '0', ARGON2_MEMORY_KIB: '8', ARGON2_TIME: '1' }
  const child = spawn(process.execPath, [script, fault, String(delay)], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const { output, listening } = collectOutput(child)
  const exited = once(child, 'close').then(([code, signal]) => ({ code, signal }))
  const url = await listening
  const body = JSON.stringify({ email: 'ada@example.org', password: 'a long enough passphrase', transport: 'bearer' })
  const register = () =>
    fetch(`${url}/api/1/register`, { method: 'POST', body, headers: { 'content-type': 'application/json' } }).catch(() => undefined)
  const lines = () =>
    output()
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  return { child, register, exited, output, lines }
}

/** `signal` is sent once the request has begun to hang. */
const hang = async (delay?: number) => {
  const served = await serve('hang', delay)
  void served.register()
  await new Promise((resolve) => setTimeout(resolve, 500))
  served.child.kill('SIGTERM')
  return served
}

describe('a request that hangs', () => {
  test('holds a shutdown up until the deadline, and the exit code says so', async () => {
    const { exited, lines } = await hang(1_000)
    expect(await exited).toEqual({ code: 1, signal: null })
    expect(lines().slice(-2)).toMatchObject([
      { level: 30, signal: 'SIGTERM', msg: 'shutting down: requests in flight finish first' },
      { level: 60, delayMs: 1_000, msg: 'shutdown took too long: exiting' },
    ])
  })

  test('is cut off by a second signal', async () => {
    const { child, exited, lines } = await hang(60_000)
    while (!lines().some(({ signal }) => signal === 'SIGTERM')) await new Promise((resolve) => setTimeout(resolve, 10))
    child.kill('SIGINT')
    expect(await exited).toEqual({ code: 1, signal: null })
    expect(lines().at(-1)).toMatchObject({ level: 40, signal: 'SIGINT', msg: 'second signal: exiting' })
  })
})

describe('an error that nothing has caught', () => {
  test.each(['reject', 'throw', 'reject_without_reason'])(
    'ends the server with a fatal line, after the log is closed (%s)',
    async (fault) => {
      const { register, exited, lines, output } = await serve(fault)
      expect(isLeftOpen()).toBe(true)
      const answer = await register()
      expect(answer?.status).toBe(201)
      expect(await exited).toEqual({ code: 1, signal: null })
      expect(lines().filter(({ level }) => level === 60)).toMatchObject([{ msg: 'uncaught error: shutting down' }])
      expect(lines().at(-1)).toMatchObject({ msg: 'stopped' })
      expect(isLeftOpen()).toBe(false)
      expect(JSON.stringify(output())).not.toContain('ada@example.org')
    },
  )

  test('says where it was thrown', async () => {
    const { register, exited, lines } = await serve('reject')
    await register()
    await exited
    const frames = [expect.stringContaining('serve-with-fault.ts')]
    expect(lines().find(({ level }) => level === 60)).toMatchObject({ error: { name: 'Error', frames: expect.arrayContaining(frames) } })
  })

  test('ends the server at once if it comes while closing', async () => {
    const { register, exited, lines } = await serve('throw_twice')
    await register()
    expect(await exited).toEqual({ code: 1, signal: null })
    expect(lines().at(-1)).toMatchObject({ level: 60, msg: 'uncaught error while shutting down: exiting' })
  })
})

test('a signal without requests in flight ends the server with 0', async () => {
  const { child, exited, lines } = await serve('none')
  child.kill('SIGINT')
  expect(await exited).toEqual({ code: 0, signal: null })
  expect(lines().at(-1)).toMatchObject({ msg: 'stopped' })
  expect(isLeftOpen()).toBe(false)
})
