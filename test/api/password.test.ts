import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { type InProcess, startTestServer } from '../support/server/start-test-server.ts'

const fresh = 'quite another passphrase'

describe('POST /password', () => {
  let app: InProcess
  let people = 0
  const somebody = async () => {
    const email = `person${++people}@example.org`
    return { email, ...(await app.register({ email })) }
  }
  const change = (token: string | undefined, currentPassword: string, newPassword = fresh) =>
    app.post('/password', { currentPassword, newPassword }, token)
  beforeAll(async () => {
    app = await startTestServer()
  })
  afterAll(() => app.stop())

  test('replaces the password', async () => {
    const { email, token } = await somebody()
    expect(await change(token, person.password)).toMatchObject({ status: 204, text: '' })
    expect((await app.logIn({ email, password: fresh })).token).toEqual(expect.any(String))
    expect((await app.post('/login', { email, password: person.password, transport: 'bearer' })).status).toBe(401)
  })

  test('keeps the session that asked, its token and its refresh token, and ends the others', async () => {
    const { email, token, refreshToken } = await somebody()
    const other = await app.logIn({ email })
    await change(token, person.password)
    expect((await app.get('/session', token)).status).toBe(200)
    expect((await app.get('/session', other.token)).status).toBe(401)
    expect((await app.post('/session/refresh', { refreshToken: other.refreshToken })).status).toBe(401)
    expect((await app.get('/sessions', token)).body.sessions).toHaveLength(1)
    expect((await app.post('/session/refresh', { refreshToken })).status).toBe(200)
  })

  test('with a wrong password is counted against the session, which five of them end', async () => {
    const { email, token } = await somebody()
    for (let n = 0; n < 5; n += 1) expect(await change(token, 'wrong')).toMatchObject({ status: 401, body: problem('INVALID_CREDENTIALS') })
    expect(await change(token, person.password)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect((await app.post('/login', { ...person, email, transport: 'bearer' })).status).toBe(200)
  })

  test('refuses a password that may not be chosen, and the old one stays', async () => {
    const { email, token } = await somebody()
    expect(await change(token, person.password, 'short')).toMatchObject({
      status: 422,
      body: problem('PASSWORD_REJECTED', { reason: 'too_short' }),
    })
    expect(await change(token, person.password, `it is ${email}`)).toMatchObject({ status: 422, body: { reason: 'contains_email' } })
    expect((await app.logIn({ email })).token).toEqual(expect.any(String))
  })

  test('has one winner among ten changes at once', async () => {
    const { token } = await somebody()
    const answers = await Promise.all(Array.from({ length: 4 }, (_, n) => change(token, person.password, `${fresh} ${n}`)))
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
  })

  test('needs a session', async () => {
    expect(await change(undefined, person.password)).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
  })
})
