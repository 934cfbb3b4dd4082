import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { argon2PasswordHasher } from '../../../infrastructure/hashing/argon2-password-hasher.ts'
import { problem } from '../../support/server/problem.ts'
import { type InProcess, startTestServer } from '../../support/server/start-test-server.ts'

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

describe('while it starts', () => {
  let url = ''
  let goOn = () => {}
  let starting: Promise<InProcess>
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${url}${path}`, init)
    return { status: answer.status, body: await answer.json().catch(() => null), headers: answer.headers }
  }
  beforeAll(async () => {
    const port = await freePort()
    url = `http://127.0.0.1:${port}`
    const gate = new Promise<void>((resolve) => {
      goOn = resolve
    })
    starting = startTestServer({
      env: { PORT: String(port) },
      hooks: {
        makeHasher: async (options) => {
          await gate
          return argon2PasswordHasher(options)
        },
      },
    })
    while ((await fetch(`${url}/health/live`).catch(() => undefined)) === undefined) await new Promise((done) => setTimeout(done, 10))
  })
  afterAll(async () => {
    goOn()
    await (await starting).stop()
  })

  test('the port is open and says that the process is alive', async () => {
    expect(await ask('/health/live')).toMatchObject({ status: 200, body: { status: 'live' } })
    expect((await ask('/health/live?probe=1', { method: 'HEAD' })).status).toBe(200)
  })

  test.each([
    ['GET', '/health/ready'],
    ['GET', '/metrics'],
    ['GET', '/api/1/session'],
    ['POST', '/api/1/login'],
    ['POST', '/health/live'],
    ['GET', '/health/live/'],
    ['GET', '/'],
  ])('%s %s is 503 STARTING', async (method, path) => {
    const body = method === 'POST' ? '{"email":"ada@example.org"}' : undefined
    const answer = await ask(path, { method, ...(body && { body }), headers: { 'content-type': 'application/json' } })
    expect(answer).toMatchObject({ status: 503, body: problem('STARTING') })
    expect([answer.headers.get('retry-after'), answer.headers.get('x-content-type-options')]).toEqual(['1', 'nosniff'])
  })

  test('and when everything is open, the same port serves', async () => {
    goOn()
    await starting
    expect(await ask('/health/ready')).toMatchObject({ status: 200 })
    expect((await ask('/api/1/session')).status).toBe(401)
  })
})
