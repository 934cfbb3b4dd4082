import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { type InProcess, setupToken, startTestServer } from '../support/server/start-test-server.ts'

/** The whole response without its date. */
const octets = async (server: InProcess, email: string, password = 'not the password') => {
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/1/login',
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify({ email, password, transport: 'bearer' }),
  })
  const { date: _, ...headers } = answer.headers
  return JSON.stringify({ status: answer.statusCode, headers: Object.entries(headers), payload: answer.payload })
}

describe('whether somebody has an address', () => {
  let server: InProcess
  const at = Date.now()
  const known = 'known@example.org'
  const unknown = 'unknown@example.org'
  const disabled = 'disabled@example.org'
  const erased = 'erased@example.org'
  const invited = 'invited@example.org'

  beforeAll(async () => {
    server = await startTestServer({ hooks: { wall: () => at } })
    const token = await server.elevated((await server.setUp(setupToken)).token)
    await server.register({ email: known })
    await server.post('/admin/accounts', { email: invited, invite: true }, token)
    const barred = await server.register({ email: disabled })
    const gone = await server.register({ email: erased })
    await server.post(`/admin/accounts/${barred.accountId}/disable`, undefined, token)
    await server.del(`/admin/accounts/${gone.accountId}`, token)
  })
  afterAll(() => server.stop())

  test('cannot be told from the answer to a log-in, octet by octet, before the lock, at it and after it', async () => {
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      const expected = await octets(server, unknown)
      expect(expected).toContain(attempt <= 5 ? 'INVALID_CREDENTIALS' : 'LOCKED_OUT')
      for (const email of [known, disabled, erased, invited])
        expect(await octets(server, email), `${email}, attempt ${attempt}`).toBe(expected)
    }
  })

  test('nor with what stands in the place of the hash of whoever is invited', async () => {
    const token = await server.elevated((await server.logIn({ email: 'root@example.org' })).token)
    for (const [n, password] of ['none', 'argon2:none', person.password].entries()) {
      const email = `invited${n}@example.org`
      expect((await server.post('/admin/accounts', { email, invite: true }, token)).status).toBe(201)
      expect(await octets(server, email, password)).toBe(await octets(server, `stranger${n}@example.org`, password))
    }
  })

  test('nor, for whoever is barred or gone, with the right password', async () => {
    const strangers = await octets(server, 'another@example.org', person.password)
    const token = await server.elevated((await server.logIn({ email: 'root@example.org' })).token)
    const barred = await server.register({ email: 'barred@example.org' })
    const gone = await server.register({ email: 'gone@example.org' })
    await server.post(`/admin/accounts/${barred.accountId}/disable`, undefined, token)
    await server.del(`/admin/accounts/${gone.accountId}`, token)
    expect(await octets(server, 'barred@example.org', person.password)).toBe(strangers)
    expect(await octets(server, 'gone@example.org', person.password)).toBe(strangers)
  })
})
