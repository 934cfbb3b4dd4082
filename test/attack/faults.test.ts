import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { person, type stepsOf } from '../support/server/client.ts'
import { overHttp } from '../support/server/over-http.ts'
import { problem } from '../support/server/problem.ts'
import { startTestServer } from '../support/server/start-test-server.ts'

const isRoot = process.getuid?.() === 0

/** The tokens of an active session and of an ended one. */
type Lived = { readonly live: string; readonly dead: string }

const live = async (app: ReturnType<typeof stepsOf>): Promise<Lived> => {
  const first = await app.register()
  const second = await app.logIn()
  await app.post('/logout', undefined, second.token)
  return { live: first.token, dead: second.token }
}

const everyFile = (dataDir: string) =>
  readdirSync(dataDir)
    .filter((name) => !/-(wal|shm)$|\.lock/.test(name))
    .sort()

describe('what is wrong with the data directory', () => {
  let template: string
  let dataDir: string
  beforeAll(async () => {
    template = mkdtempSync(join(tmpdir(), 'gatebook-template-'))
    const server = await startGatebook({ dataDir: template })
    await live(overHttp(server.baseUrl))
    await server.stop()
    return () => rmSync(template, { recursive: true, force: true })
  })
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'gatebook-fault-'))
    cpSync(template, dataDir, { recursive: true })
  })
  afterEach(() => {
    chmodSync(dataDir, 0o700)
    rmSync(dataDir, { recursive: true, force: true })
  })

  const log = () => join(dataDir, 'gatebook.db')
  const size = () => statSync(log()).size
  const overwrite = (from: number, octets: Buffer) => {
    const all = readFileSync(log())
    octets.copy(all, from)
    writeFileSync(log(), all)
  }
  const key = () => join(dataDir, 'master.key')

  type Fault = [what: string, make: () => void, expected: RegExp, env: Readonly<Record<string, string>>]
  const masterKey = (octet: number) => Buffer.alloc(32, octet).toString('base64')
  const faults: Fault[] = [
    ['a log that is gone', () => rmSync(log()), /does not exist, but .* put the log back/, {}],
    ['an empty log', () => truncateSync(log()), /gatebook\.db is empty/, {}],
    ['a log that was cut off', () => truncateSync(log(), size() - 8192), /gatebook\.db (is damaged|fails SQLite's)/, {}],
    ['a log with a page of nonsense', () => overwrite(4096, Buffer.alloc(8192, 0xab)), /gatebook\.db (is damaged|fails SQLite's)/, {}],
    ['a log without a header', () => overwrite(0, Buffer.alloc(100, 0xab)), /gatebook\.db is damaged or is not a SQLite file/, {}],
    ['a log that is gone with its key', () => [log(), key()].map((file) => rmSync(file)), /put the log back/, { MASTER_KEY: masterKey(1) }],
    ['a folder in place of the log', () => [rmSync(log()), mkdirSync(log())], /gatebook\.db is not a file/, {}],
    ['no master key', () => rmSync(key()), /master key/i, {}],
    ['another master key', () => writeFileSync(key(), `${Buffer.alloc(32, 1).toString('base64')}\n`), /MASTER_KEY|master key/i, {}],
    ['a master key that is none', () => writeFileSync(key(), 'nonsense\n'), /DATA_DIR|master key/i, {}],
    ['a master key that others may read', () => chmodSync(key(), 0o644), /others|0600|readable/i, {}],
    ['another master key in the environment', () => {}, /MASTER_KEY|master key/i, { MASTER_KEY: masterKey(1) }],
  ]

  test.each(faults)('%s: the start is refused, and nothing is made in its place', async (_, make, expected, env) => {
    make()
    const before = everyFile(dataDir)
    const started = startGatebook({ dataDir, env })
    await expect(started).rejects.toThrow(/ended \(1\) before it listened/)
    await expect(started).rejects.toThrow(expected)
    const message = await started.catch(String)
    expect(message).not.toMatch(/\n {4}at /)
    expect(everyFile(dataDir)).toEqual(before)
  })

  test.skipIf(isRoot)('a read-only log: the start is refused', async () => {
    chmodSync(log(), 0o400)
    chmodSync(dataDir, 0o500)
    await expect(startGatebook({ dataDir })).rejects.toThrow(/cannot be written/)
  })

  test.skipIf(!existsSync('/usr/bin/chattr') || !isRoot)('a log that cannot be written, for root too: the start is refused', async () => {
    try {
      execFileSync('chattr', ['+i', log()])
    } catch {
      process.stderr.write('skipped: this file system has no immutable files\n')
      return
    }
    try {
      await expect(startGatebook({ dataDir })).rejects.toThrow(/ended \(1\) before it listened[\s\S]*cannot be (written|opened)/)
    } finally {
      execFileSync('chattr', ['-i', log()])
    }
  })
})

const hasPrlimit = existsSync('/usr/bin/prlimit')

/** Reads go on: active sessions are accepted and ended ones refused. Whatever must append is refused. */
const standsStill = async (app: ReturnType<typeof stepsOf>, { live, dead }: Lived) => {
  const unavailable = problem('STORE_UNAVAILABLE', { retryAfter: 5 })
  for (const [path, body] of [
    ['/login', { ...person, transport: 'bearer' }],
    ['/login', { ...person, password: 'wrong', transport: 'bearer' }],
    ['/register', { ...person, email: 'late@example.org', transport: 'bearer' }],
  ] as const) {
    expect(await app.post(path, body)).toMatchObject({ status: 503, body: unavailable })
  }
  expect(await app.post('/logout', undefined, live)).toMatchObject({ status: 503, body: unavailable })
  expect((await app.get('/secure/user', dead)).status).toBe(401)
  expect((await app.get('/secure/user', 'nonsense')).status).toBe(401)
  expect([200, 503]).toContain((await app.get('/secure/user', live)).status)
}

describe('what goes wrong while it runs', () => {
  test.skipIf(!hasPrlimit)(
    'a disk that takes no more: 503 for what must be recorded, and everything again when there is room',
    async () => {
      await using server = await startGatebook()
      const app = overHttp(server.baseUrl)
      const tokens = await live(app)
      const limit = (bytes: string) => execFileSync('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}`])
      limit('4096:unlimited')
      await standsStill(app, tokens)
      expect((await app.get('/health/live')).status).toBe(200)
      limit('unlimited:unlimited')
      expect((await app.post('/login', { ...person, transport: 'bearer' })).status).toBe(200)
      expect((await app.post('/logout', undefined, tokens.live)).status).toBe(204)
      expect((await app.get('/secure/user', tokens.live)).status).toBe(401)
    },
  )

  test('the death of the thread that writes: 503 for what must be recorded, and not ready', async () => {
    const threads: Worker[] = []
    const { once } = Worker.prototype
    const watch = vi.spyOn(Worker.prototype, 'once').mockImplementation(function (this: Worker, ...listener: Parameters<typeof once>) {
      threads.push(this)
      return once.apply(this, listener)
    })
    const onWriterDeath = vi.fn()
    const app = await startTestServer({ hooks: { onWriterDeath } })
    watch.mockRestore()
    const tokens = await live(app)
    await threads[0]?.terminate()
    await vi.waitFor(() => expect(onWriterDeath).toHaveBeenCalledTimes(1))
    await standsStill(app, tokens)
    expect((await app.get('/health/ready')).status).toBe(503)
    await app.stop()
  })
})
