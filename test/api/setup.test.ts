import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { type InProcess, setupToken, startTestServer } from '../support/server/start-test-server.ts'

describe('POST /setup', () => {
  let app: InProcess
  beforeEach(async () => {
    app = await startTestServer()
  })
  afterEach(() => app.stop())

  test('makes the first administrator and logs them in', async () => {
    const answer = await app.post('/setup', { setupToken, ...person, transport: 'bearer' })
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({
      status: 'authenticated',
      accountId: expect.any(String),
      session: expect.any(Object),
      token: expect.any(String),
      refreshToken: expect.any(String),
    })
    expect(await app.get('/secure/admin', answer.body.token)).toMatchObject({ status: 200, body: { ok: true } })
  })

  test('refuses a wrong token and leaves the right one to be used', async () => {
    const refused = await app.post('/setup', { setupToken: 'not the token', ...person, transport: 'bearer' })
    expect(refused).toMatchObject({ status: 401, body: problem('INVALID_CREDENTIALS') })
    expect((await app.post('/setup', { setupToken, ...person, transport: 'bearer' })).status).toBe(201)
  })

  test('is not there once it was used, whatever the token', async () => {
    await app.setUp(setupToken)
    for (const token of [setupToken, 'not the token']) {
      const again = await app.post('/setup', { setupToken: token, ...person, transport: 'bearer' })
      expect(again).toMatchObject({ status: 404, body: problem('NOT_FOUND') })
    }
  })

  test('does not use up the token for a password that may not be chosen', async () => {
    const refused = await app.post('/setup', { setupToken, ...person, password: 'short', transport: 'bearer' })
    expect(refused).toMatchObject({ status: 422, body: problem('PASSWORD_REJECTED', { reason: 'too_short' }) })
    expect((await app.post('/setup', { setupToken, ...person, transport: 'bearer' })).status).toBe(201)
  })

  test('has one winner among fifty at once', async () => {
    const body = (n: number) => ({ setupToken, email: `root${n}@example.org`, password: person.password, transport: 'bearer' })
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => app.post('/setup', body(n))))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([201, ...Array(49).fill(404)])
  })

  test('lets the losers of that race register their address', async () => {
    const body = (n: number) => ({ setupToken, email: `root${n}@example.org`, password: person.password, transport: 'bearer' })
    const answers = await Promise.all(Array.from({ length: 5 }, (_, n) => app.post('/setup', body(n))))
    const lost = answers.findIndex(({ status }) => status === 404)
    expect((await app.post('/register', { ...body(lost), setupToken: undefined })).status).toBe(201)
  })
})
