import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { type InProcess, inProcess, setupToken } from '../support/server/in-process.ts'
import { problem } from '../support/server/problem.ts'

describe('POST /setup', () => {
  let house: InProcess
  beforeEach(async () => {
    house = await inProcess()
  })
  afterEach(() => house.stop())

  test('makes the first administrator and logs them in', async () => {
    const answer = await house.post('/setup', { setupToken, ...person, transport: 'bearer' })
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({
      status: 'authenticated',
      accountId: expect.any(String),
      session: expect.any(Object),
      token: expect.any(String),
      refreshToken: expect.any(String),
    })
    expect(await house.get('/secure/admin', answer.body.token)).toMatchObject({ status: 200, body: { ok: true } })
  })

  test('refuses a wrong token and leaves the right one to be used', async () => {
    const refused = await house.post('/setup', { setupToken: 'not the token', ...person, transport: 'bearer' })
    expect(refused).toMatchObject({ status: 401, body: problem('INVALID_CREDENTIALS') })
    expect((await house.post('/setup', { setupToken, ...person, transport: 'bearer' })).status).toBe(201)
  })

  test('is not there once it was used, whatever the token', async () => {
    await house.setUp(setupToken)
    for (const token of [setupToken, 'not the token']) {
      const again = await house.post('/setup', { setupToken: token, ...person, transport: 'bearer' })
      expect(again).toMatchObject({ status: 404, body: problem('NOT_FOUND') })
    }
  })

  test('does not use up the token for a password that may not be chosen', async () => {
    const refused = await house.post('/setup', { setupToken, ...person, password: 'short', transport: 'bearer' })
    expect(refused).toMatchObject({ status: 422, body: problem('PASSWORD_REJECTED', { reason: 'too_short' }) })
    expect((await house.post('/setup', { setupToken, ...person, transport: 'bearer' })).status).toBe(201)
  })

  test('has one winner among fifty at once', async () => {
    const body = (n: number) => ({ setupToken, email: `root${n}@example.org`, password: person.password, transport: 'bearer' })
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => house.post('/setup', body(n))))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([201, ...Array(49).fill(404)])
  })

  test('lets the losers of that race register their address', async () => {
    const body = (n: number) => ({ setupToken, email: `root${n}@example.org`, password: person.password, transport: 'bearer' })
    const answers = await Promise.all(Array.from({ length: 5 }, (_, n) => house.post('/setup', body(n))))
    const lost = answers.findIndex(({ status }) => status === 404)
    expect((await house.post('/register', { ...body(lost), setupToken: undefined })).status).toBe(201)
  })
})
