import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isInstalled } from '../../support/installed.ts'
import type { Json } from '../../support/server/client.ts'
import { type InProcess, startTestServer } from '../../support/server/start-test-server.ts'

/** Debian's, which has its packages. */
const python = '/usr/bin/python3'

const hasModules = () =>
  process.env.CI === 'true' || spawnSync(python, ['-c', 'import websockets, google.protobuf, cryptography']).status === 0

describe.skipIf(!isInstalled('protoc') || !hasModules())('a client in Python', () => {
  let app: InProcess
  let messages: string
  beforeAll(async () => {
    messages = mkdtempSync(join(tmpdir(), 'gatebook-messages-'))
    execFileSync('protoc', [`--python_out=${messages}`, '-I', 'proto', 'gatebook.proto'])
    app = await startTestServer()
  })
  afterAll(async () => {
    await app.stop()
    rmSync(messages, { recursive: true, force: true })
  })

  const run = (way: 'message' | 'token', given: object) => {
    const url = `${app.url.replace('http', 'ws')}/api/1/ws`
    const client = spawn(python, ['examples/socket-client.py', url, way], { env: { ...process.env, PYTHONPATH: messages } })
    const lines: Json[] = []
    let wake = () => {}
    let errors = ''
    client.stderr.on('data', (part) => {
      errors += part
    })
    createInterface({ input: client.stdout }).on('line', (line) => {
      lines.push(JSON.parse(line))
      wake()
    })
    const ended = new Promise<number | null>((resolve) => client.on('close', resolve))
    void ended.then(() => wake())
    client.stdin.end(JSON.stringify(given))
    const until = async (holds: (line: Json) => boolean) => {
      while (!lines.some(holds)) {
        if (client.exitCode !== null) throw new Error(errors)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
    return { lines, until, ended, errors: () => errors }
  }
  type Given = { readonly accountId: string; readonly token: string; readonly email: string }
  const ways: readonly (readonly ['message' | 'token', (ada: Given) => Promise<object>])[] = [
    ['message', async ({ accountId, token }) => ({ userId: accountId, sessionToken: token })],
    [
      'token',
      async ({ token }) => ({
        accessToken: (await app.post('/token', {}, token)).body.accessToken,
        jwks: (await app.app.inject('/.well-known/jwks.json')).json(),
      }),
    ],
  ]
  test.each(ways)('opens the socket by %s, reads its events, and is closed with its session', async (way, give) => {
    const email = `${way}@example.org`
    const { accountId, token } = await app.register({ email })
    const client = run(way, await give({ accountId, token, email }))
    await client.until(({ subscribed }) => subscribed === true)
    const { token: other } = await app.logIn({ email })
    await client.until(({ event }) => event === 'SessionGranted')
    await app.post('/logout/everywhere', undefined, other)
    expect([await client.ended, client.errors()]).toEqual([0, ''])
    expect(client.lines).toContainEqual({ authenticated: accountId })
    expect(client.lines).toContainEqual({ service: 'Gatebook' })
    if (way === 'token') expect(client.lines).toContainEqual({ signed: accountId })
    expect(client.lines.at(-1)).toEqual({ closed: 4009 })
    expect(client.lines.some(({ event }) => event === 'AllSessionsRevoked')).toBe(false)
  })
})
