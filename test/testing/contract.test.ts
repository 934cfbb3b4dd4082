import { openTestGatebook, startGatebook, type TestHelpers } from 'gatebook/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const opened = async () => {
  const { close, ...helpers } = await openTestGatebook({ registration: 'verified' })
  return { ...helpers, close, baseUrl: undefined }
}
const started = async () => {
  const { stop, ...helpers } = await startGatebook({ env: { REGISTRATION: 'verified' } })
  return { ...helpers, close: stop }
}

/** Results and errors are the same to a test, wherever Gatebook runs. */
describe.each([
  ['in the process of the test', opened],
  ['as a server', started],
])('the helpers %s', (_, open) => {
  let auth: TestHelpers & { readonly close: () => Promise<unknown> }
  beforeAll(async () => {
    auth = await open()
  })
  afterAll(() => auth.close())

  const text = expect.any(String)

  test('make users, with nothing, with undefined and with everything', async () => {
    const plain = { id: text, email: text, password: text, secondFactor: null }
    expect(await auth.createUser()).toStrictEqual(plain)
    expect(await auth.createUser(undefined)).toStrictEqual(plain)
    expect(await auth.createUser({ email: undefined, claims: undefined } as never)).toStrictEqual(plain)
    expect(
      await auth.createUser({ email: ' Ada@Example.org', password: 'a password that I chose', roles: ['clerk'], secondFactor: true }),
    ).toStrictEqual({
      id: text,
      email: 'Ada@example.org',
      password: 'a password that I chose',
      secondFactor: { secret: text, uri: text, recoveryCodes: expect.arrayContaining([text]) },
    })
  })

  test('log in', async () => {
    const user = await auth.createUser()
    const headers = { cookie: text, origin: text }
    const withCookie = { headers, cookie: text, token: text, refreshToken: null, sessionId: text }
    expect(await auth.login(user)).toStrictEqual(withCookie)
    expect(await auth.login(user, undefined)).toStrictEqual(withCookie)
    expect(await auth.login(user, { elevated: true, bearer: undefined } as never)).toStrictEqual(withCookie)
    const withToken = { headers: { authorization: text }, cookie: null, token: text, refreshToken: text, sessionId: text }
    expect(await auth.login(user, { bearer: true })).toStrictEqual(withToken)
  })

  test('show codes, mails and the time', async () => {
    const user = await auth.createUser({ secondFactor: true })
    expect(await auth.totp(user)).toMatch(/^\d{6}$/)
    expect(await auth.mails(user.email)).toStrictEqual([])
    await auth.login(user)
    await auth.login(user)
    const mail = { to: user.email, subject: 'A login from a new device', text, html: null, link: null, token: null, code: null }
    expect(await auth.mails(user.email.toUpperCase())).toStrictEqual([mail])
    for (const all of [await auth.mails(), await auth.mails(undefined)]) expect(all).toContainEqual(mail)
    const before = auth.clock.now()
    const after = await auth.clock.advance({ minutes: 5 })
    expect(before).toBeInstanceOf(Date)
    expect(after.getTime() - before.getTime()).toBeGreaterThanOrEqual(300_000)
  })

  test.each([
    [{ email: 'nobody' }, 'email'],
    [{ claims: { limit: Number.NaN } }, 'claims'],
    [{ claims: { plan: undefined } }, 'claims'],
    [{ roles: [undefined] }, 'roles.0'],
  ])('refuse %j', async (user, path) => {
    const refused = await auth.createUser(user as never).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Error)
    expect({ ...(refused as object), name: (refused as Error).name, message: (refused as Error).message }).toStrictEqual({
      name: 'GatebookError',
      message: text,
      code: 'VALIDATION_FAILED',
      status: 400,
      statusCode: 400,
      headers: { 'cache-control': 'no-store' },
      details: { errors: [{ path, expected: text }] },
    })
  })

  test('refuse a login, with nothing of it in the error', async () => {
    const user = { ...(await auth.createUser()), password: 'not the password' }
    const refused = await auth.login(user).catch((error: unknown) => error)
    expect({ ...(refused as object) }).toMatchObject({ name: 'GatebookError', code: 'INVALID_CREDENTIALS', status: 401, details: {} })
    expect(JSON.stringify({ ...(refused as object) })).not.toContain(user.email)
  })

  test('say what a user lacks', async () => {
    const user = await auth.createUser()
    await expect(auth.totp(user)).rejects.toThrow('a second factor that the test does not know')
    await expect(auth.clock.advance({ minutes: 0 })).rejects.toThrow(TypeError)
  })
})
