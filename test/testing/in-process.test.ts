import Fastify from 'fastify'
import { GatebookError, openGatebook } from 'gatebook'
import { openTestGatebook, type TestGatebook, type TestLogin } from 'gatebook/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'

const noon = new Date('2026-06-01T12:00:00.000Z')
const hour = 3_600_000

const bearer = ({ headers }: TestLogin) => ({ headers })

describe('an in-process Gatebook for tests', () => {
  let auth: TestGatebook
  beforeAll(async () => {
    auth = await openTestGatebook({ now: noon })
  })
  afterAll(() => auth.close())

  test('makes a user with roles, claims and a proven address', async () => {
    const claims = { publisher: true, limit: 5 }
    const { id, email } = await auth.createUser({ email: 'ada@example.org', roles: ['bookkeeper'], claims })
    expect(await auth.gatebook.accounts.get(id)).toMatchObject({ email, emailVerified: true, roles: ['bookkeeper'], claims })
    expect(email).toBe('ada@example.org')
  })

  test('makes the first administrator, and then others', async () => {
    for (let n = 0; n < 2; n += 1) {
      const admin = await auth.createUser({ roles: ['admin'] })
      expect(await auth.gatebook.session(bearer(await auth.login(admin, { bearer: true })))).toMatchObject({ roles: ['admin'] })
    }
  })

  test('refuses what the service refuses, as it does', async () => {
    await auth.createUser({ email: 'taken@example.org' })
    const refusal = (user: object) => auth.createUser(user).catch((error: GatebookError) => error)
    expect(await refusal({ email: 'taken@example.org' })).toMatchObject({ code: 'EMAIL_TAKEN' })
    expect(await refusal({ password: 'short' })).toMatchObject({ code: 'PASSWORD_REJECTED' })
    expect(await refusal({ roles: ['No Role'] })).toMatchObject({ code: 'VALIDATION_FAILED' })
    expect(await refusal({ rolls: ['admin'] })).toMatchObject({ code: 'VALIDATION_FAILED' })
    expect(await refusal({ email: 7 })).toBeInstanceOf(GatebookError)
  })

  test('logs in with a cookie, which needs an origin to change anything, or with a bearer token', async () => {
    const user = await auth.createUser()
    const app = Fastify()
    app.post('/', { onRequest: auth.gatebook.guard.session }, () => ({ ok: true }))
    const status = async (headers: Record<string, string>) => (await app.inject({ method: 'POST', url: '/', headers })).statusCode
    const inCookie = await auth.login(user)
    expect(inCookie.cookie).toBe(`__Host-gatebook=${inCookie.token}`)
    expect(await status({ ...inCookie.headers })).toBe(200)
    expect(await status({ cookie: inCookie.cookie ?? '' })).toBe(403)
    const withToken = await auth.login(user, { bearer: true })
    expect(withToken).toMatchObject({ cookie: null, refreshToken: expect.any(String) })
    expect(await status({ ...withToken.headers })).toBe(200)
    await auth.gatebook.sessions.revoke(withToken.sessionId)
    expect(await status({ ...withToken.headers })).toBe(401)
  })

  test('logs nobody in with a wrong password, and counts it', async () => {
    const user = await auth.createUser()
    for (let n = 0; n < 5; n += 1) {
      await expect(auth.login({ ...user, password: 'not the password' })).rejects.toMatchObject({ status: expect.any(Number) })
    }
    await expect(auth.login(user)).rejects.toMatchObject({ code: 'LOCKED_OUT', details: { retryAfter: 60 } })
    await auth.clock.advance({ seconds: 61 })
    await auth.login(user)
  })

  test.each([{}, { secondFactor: true }])('elevates the session of a user with %j', async (options) => {
    const user = await auth.createUser(options)
    const login = await auth.login(user, { elevated: true })
    const shown = await auth.gatebook.session(bearer(login))
    expect(shown?.elevatedUntil).toEqual(new Date(auth.clock.now().getTime() + hour / 4))
    expect(shown?.factors).toEqual('secondFactor' in options ? ['pwd', 'otp'] : ['pwd'])
  })

  test('never gives a code twice, whatever is logged in with it', async () => {
    const user = await auth.createUser({ secondFactor: true })
    const codes = new Set<string>()
    for (let n = 0; n < 5; n += 1) {
      const code = await auth.totp(user)
      await auth.gatebook.sessions.create({ accountId: user.id, code })
      codes.add(code)
    }
    await Promise.all([auth.login(user), auth.login(user), auth.login(user)])
    expect(codes.size).toBe(5)
  })

  test('says what a user without a second factor lacks', async () => {
    await expect(auth.totp(await auth.createUser())).rejects.toThrow('a second factor that the test does not know')
  })

  test('stands still until its clock is advanced, and never goes back', async () => {
    const before = auth.clock.now().getTime()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(auth.clock.now().getTime()).toBe(before)
    const after = await auth.clock.advance({ days: 1, hours: 2, minutes: 3, seconds: 4, milliseconds: 5 })
    expect(after.getTime() - before).toBe(26 * hour + 184_005)
    for (const by of [
      {},
      { minutes: 0 },
      { minutes: -1 },
      { minutes: Number.NaN },
      { weeks: 1 },
      { minutes: '5' },
      { days: Number.POSITIVE_INFINITY },
    ]) {
      await expect(auth.clock.advance(by as never)).rejects.toThrow(TypeError)
    }
    expect(auth.clock.now()).toEqual(after)
  })

  test('shows mails with the link and its token, and none of those that making a user causes', async () => {
    const user = await auth.createUser({ secondFactor: true })
    expect(await auth.mails(user.email)).toEqual([])
    await auth.gatebook.accounts.invite({ email: 'guest@example.org' })
    const [mail, ...others] = await auth.mails('guest@example.org')
    expect(others).toEqual([])
    expect(mail).toMatchObject({ to: 'guest@example.org', subject: 'You are invited', code: null })
    expect(mail?.link).toBe(`http://localhost/invitation#${mail?.token}`)
    expect(mail?.text).toContain(mail?.link)
    expect((await auth.mails()).at(-1)).toEqual(mail)
  })
})

test('codes that are mailed are read from the mail', async () => {
  await using auth = await openTestGatebook({ otpProvider: 'email', secondFactorRoles: ['clerk'] })
  await expect(auth.createUser({ secondFactor: true })).rejects.toThrow('read mails()')
  const app = Fastify({ requestTimeout: 1_000 })
  await app.register(auth.gatebook.plugin)
  const clerk = await auth.createUser({ roles: ['clerk'] })
  const post = async (url: string, payload: object) => (await app.inject({ method: 'POST', url: `/api/1${url}`, payload })).json()
  const { challenge } = await post('/login', { email: clerk.email, password: clerk.password, transport: 'bearer' })
  await post('/login/enroll', { challenge })
  const code = (await auth.mails(clerk.email)).find((mail) => mail.code !== null)?.code
  expect(await post('/login/enroll/confirm', { challenge, code, transport: 'bearer' })).toMatchObject({ status: 'authenticated' })
})

test('a role that requires a second factor gets no session without one', async () => {
  await using auth = await openTestGatebook({ secondFactorRoles: ['clerk'] })
  await expect(auth.login(await auth.createUser({ roles: ['clerk'] }))).rejects.toThrow('createUser({ secondFactor: true })')
  await auth.login(await auth.createUser({ roles: ['clerk'], secondFactor: true }), { elevated: true })
})

test('codes that are valid in their own time step only are given in time', async () => {
  await using auth = await openTestGatebook({ totpWindow: 0, now: new Date(noon.getTime() + 29_000) })
  await auth.login(await auth.createUser({ secondFactor: true }), { elevated: true })
})

test('two of them share nothing, and each may be closed by its app, by itself and again', async () => {
  const [one, other] = await Promise.all([openTestGatebook(), openTestGatebook()])
  const user = await one.createUser()
  await expect(other.login(user)).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' })
  const app = Fastify({ requestTimeout: 1_000 })
  await app.register(one.gatebook.plugin)
  await app.close()
  await one.close()
  await other.close()
})

describe('in production', () => {
  afterEach(() => vi.unstubAllEnvs())

  test.each([{ environment: { NODE_ENV: 'production' } }, { environment: { GATEBOOK_NODE_ENV: 'production' } }])(
    'it does not open with %j',
    (options) => expect(openTestGatebook(options)).rejects.toThrow('not for NODE_ENV=production'),
  )

  test('it does not open in a process that is there', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    await expect(openTestGatebook()).rejects.toThrow('not for NODE_ENV=production')
  })

  test('openGatebook takes no clock and no mailbox', async () => {
    for (const option of ['now', 'wall', 'elapsed', 'wrapMail', 'makeHasher']) {
      await expect(openGatebook({ eventStore: 'memory', [option]: () => 0 })).rejects.toThrow(`${option} is not an option`)
    }
  })
})
