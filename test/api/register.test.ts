import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { anId, aSession, cookieOf } from '../support/server/shapes.ts'
import { type InProcess, origin, startTestServer } from '../support/server/start-test-server.ts'

describe('POST /register', () => {
  let app: InProcess
  let people = 0
  const somebody = () => ({ email: `person${++people}@example.org`, password: person.password })
  beforeAll(async () => {
    app = await startTestServer({ env: { PASSWORD_MIN_LENGTH: '8' } })
  })
  afterAll(() => app.stop())

  test('by bearer hands out both tokens and sets no cookie', async () => {
    const answer = await app.post('/register', { ...somebody(), transport: 'bearer' })
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({
      status: 'authenticated',
      accountId: anId,
      session: aSession,
      token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      refreshToken: expect.stringMatching(/^[0-9a-f-]{36}\.1\.[A-Za-z0-9_-]{65}$/),
    })
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('by cookie, which is the default, has no token in the body', async () => {
    for (const transport of [{}, { transport: 'cookie' }]) {
      const answer = await app.send({ method: 'POST', path: '/register', body: { ...somebody(), ...transport }, origin })
      expect(answer.status).toBe(201)
      expect(answer.body).toEqual({ status: 'authenticated', accountId: anId, session: aSession })
      const { token, attributes } = cookieOf(answer)
      expect(answer.text).not.toContain(token)
      expect(attributes).toEqual(['HttpOnly', expect.stringMatching(/^Max-Age=2(592000|591999)$/), 'Path=/', 'SameSite=Lax', 'Secure'])
      expect((await app.send({ method: 'GET', path: '/secure/user', cookie: token })).status).toBe(200)
    }
  })

  test('refuses an address that somebody has, however it is written', async () => {
    await app.register({ email: 'grace.é@example.org' })
    for (const email of ['grace.é@example.org', 'GRACE.É@example.org', 'Grace.e\u0301@Example.ORG']) {
      const refused = await app.post('/register', { ...person, email, transport: 'bearer' })
      expect(refused).toMatchObject({ status: 409, body: problem('EMAIL_TAKEN') })
    }
  })

  test('makes one account for one mailbox, whatever the spelling of its domain, and shows the local part as typed', async () => {
    const { token } = await app.register({ email: ' Ada.Bücher@Bücher.Example.' })
    const kept = 'Ada.Bücher@xn--bcher-kva.example'
    expect((await app.get('/session', token)).body.email).toBe(kept)
    const spellings = [kept, 'ada.bücher@BÜCHER.example', 'ada.bu\u0308cher@bu\u0308cher。example', 'ada.bücher@bücher.example. ']
    for (const email of spellings) {
      const refused = await app.post('/register', { ...person, email, transport: 'bearer' })
      expect(refused, email).toMatchObject({ status: 409, body: problem('EMAIL_TAKEN') })
      expect((await app.logIn({ email })).token, email).toEqual(expect.any(String))
    }
  })

  test('gives one address to one of twenty at once', async () => {
    const who = { ...somebody(), transport: 'bearer' }
    const answers = await Promise.all(Array.from({ length: 20 }, () => app.post('/register', who)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)])
  })

  test.each([
    ['too_short', 'seven77'],
    ['too_long', 'x'.repeat(1025)],
    ['too_common', 'password1'],
    ['contains_email', 'my name is lovelace'],
  ])('refuses a password that is %s', async (reason, password) => {
    const refused = await app.post('/register', { email: 'lovelace@example.org', password, transport: 'bearer' })
    expect(refused.status).toBe(422)
    expect(refused.body).toEqual(problem('PASSWORD_REJECTED', { reason }))
  })

  test.each([
    'none',
    'two@at@example.org',
    'white space@example.org',
    'zero\u200bwidth@example.org',
    'control\u0000@example.org',
    `${'x'.repeat(65)}@example.org`,
    'ada@example..org',
    'mailto:ada@example.org',
    '<ada@example.org>',
    'ada@[192.0.2.1]',
    'ada@192.0.2.1',
    'ada@-example.org',
    'ada@xn--zzzzzzzzz.example',
    '@example.org',
    'ada@',
  ])('refuses %j as an address', async (email) => {
    const refused = await app.post('/register', { email, password: person.password, transport: 'bearer' })
    expect(refused.status).toBe(400)
    const errors = [{ path: 'email', expected: 'an email address of at most 254 characters' }]
    expect(refused.body).toEqual(problem('VALIDATION_FAILED', { errors }))
  })

  test('refuses what it does not know, without naming it', async () => {
    const refused = await app.post('/register', { ...somebody(), transport: 'bearer', isAdmin: true })
    expect(refused.body).toEqual(problem('VALIDATION_FAILED', { errors: [{ path: '', expected: 'no other properties' }] }))
  })

  test('makes nobody an administrator', async () => {
    const { token } = await app.register(somebody())
    expect(await app.get('/secure/admin', token)).toMatchObject({ status: 403, body: problem('ROLE_REQUIRED') })
  })
})

describe('POST /register with REGISTRATION=closed', () => {
  test('is not there, whatever the address', async () => {
    const app = await startTestServer({ env: { REGISTRATION: 'closed' } })
    try {
      const refused = await app.post('/register', { ...person, transport: 'bearer' })
      expect(refused.status).toBe(404)
      expect(refused.body).toEqual(problem('NOT_FOUND'))
    } finally {
      await app.stop()
    }
  })
})
