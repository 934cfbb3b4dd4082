import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, openApp, password, refusal } from './support.ts'

describe('sessions that the host app begins and ends', () => {
  let host: Awaited<ReturnType<typeof openApp>>
  let accountId: string
  beforeAll(async () => {
    host = await openApp({ secondFactorRoles: ['treasurer'], totpEnabled: false, nodeEnv: 'development' })
    const { app, gatebook } = host
    app.get('/treasure', { onRequest: gatebook.guard.role('treasurer') }, () => ({ ok: true }))
    app.get('/either', { onRequest: gatebook.guard.anyRole('treasurer', 'reader') }, () => ({ ok: true }))
    accountId = (await gatebook.accounts.create({ email: 'ada@example.org', password })).account.id
  })
  afterAll(() => host.close())

  const get = async (url: string, headers: Record<string, string>) => (await host.app.inject({ url, headers })).json().code ?? 'let in'

  test('are good for the guards, as a cookie and as a token', async () => {
    const { session, token, refreshToken, cookie } = await host.gatebook.sessions.create({ accountId })
    expect(session).toMatchObject({ accountId, email: 'ada@example.org', factors: ['host'], elevatedUntil: null })
    expect(await host.gatebook.session(bearer(token))).toEqual(session)
    const [pair = '', ...attributes] = cookie.split('; ')
    expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'Secure', 'SameSite=Lax']))
    expect(await host.gatebook.session(new Headers({ cookie: pair }))).toEqual(session)
    expect(refreshToken).toBeNull()
  })

  test('are refreshed if they may be', async () => {
    const { refreshToken } = await host.gatebook.sessions.create({ accountId, factors: ['pwd'], refreshable: true })
    const refreshed = (await host.post('/session/refresh', { refreshToken })).json()
    expect(await host.gatebook.session(bearer(refreshed.token))).toMatchObject({ accountId, factors: ['pwd'] })
  })

  test('are listed with what the host knows of them', async () => {
    const { account } = await host.gatebook.accounts.create({ email: 'list@example.org', password })
    const from = { address: '192.0.2.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' }
    const { session } = await host.gatebook.sessions.create({ accountId: account.id, ...from })
    const { sessions, next } = await host.gatebook.sessions.list(account.id)
    expect(sessions).toEqual([
      {
        id: session.id,
        grantedAt: session.grantedAt,
        lastSeenAt: session.grantedAt,
        expiresAt: session.expiresAt,
        factors: ['host'],
        ...from,
        device: expect.objectContaining({ browser: 'Firefox' }),
      },
    ])
    expect(next).toBeNull()
    expect(await refusal(host.gatebook.sessions.create({ accountId: account.id, address: 'home' }))).toMatchObject({
      errors: [{ path: 'address' }],
    })
  })

  test('do not count as a second factor, unless a code was checked', async () => {
    const { account } = await host.gatebook.accounts.create({ email: 'rich@example.org', password, roles: ['treasurer'] })
    const { sessions, session } = host.gatebook
    const without = await sessions.create({ accountId: account.id, factors: ['pwd', 'host'] })
    expect(without.session).toMatchObject({ roles: [], factors: ['pwd', 'host'] })
    const headers = { authorization: `Bearer ${without.token}` }
    expect([await get('/treasure', headers), await get('/either', headers)]).toEqual(['ENROLLMENT_REQUIRED', 'ENROLLMENT_REQUIRED'])
    await host.gatebook.roles.grant(account.id, 'reader')
    expect([await get('/treasure', headers), await get('/either', headers)]).toEqual(['ENROLLMENT_REQUIRED', 'let in'])
    expect(await session(bearer(without.token))).toMatchObject({ roles: ['reader'] })
    expect(await refusal(sessions.create({ accountId: account.id, factors: ['otp'] as never }))).toMatchObject({
      errors: [{ path: 'factors' }],
    })
    expect(await refusal(sessions.create({ accountId: account.id, factors: [] }))).toMatchObject({ errors: [{ path: 'factors' }] })
    expect(await refusal(sessions.create({ accountId: account.id, code: '000000' }))).toMatchObject({ code: 'NOT_ENROLLED' })

    const challenge = (await host.post('/login', { email: 'rich@example.org', password, transport: 'bearer' })).json()
    expect(challenge.status).toBe('enrollment_required')
    const { recoveryCodes } = (await host.post('/login/enroll', { challenge: challenge.challenge })).json()
    await host.post('/login/enroll/confirm', { challenge: challenge.challenge, code: '000000', transport: 'bearer' })
    expect(await refusal(sessions.create({ accountId: account.id, code: '123456' }))).toMatchObject({ code: 'SECOND_FACTOR_FAILED' })
    const withCode = await sessions.create({ accountId: account.id, code: recoveryCodes[0] })
    expect(withCode.session).toMatchObject({ roles: ['treasurer', 'reader'], factors: ['host', 'otp'] })
    expect(await get('/treasure', { authorization: `Bearer ${withCode.token}` })).toBe('let in')
  })

  test('are refused for an account that is not active, and where nobody may be without a second factor', async () => {
    const { account } = await host.gatebook.accounts.create({ email: 'off@example.org', password })
    await host.gatebook.accounts.disable(account.id)
    expect(await refusal(host.gatebook.sessions.create({ accountId: account.id }))).toEqual({ code: 'NOT_FOUND', status: 404 })
    const strict = await openApp({ secondFactorRoles: ['*'] })
    const { account: other } = await strict.gatebook.accounts.create({ email: 'ada@example.org', password })
    expect(await refusal(strict.gatebook.sessions.create({ accountId: other.id }))).toMatchObject({ code: 'ENROLLMENT_REQUIRED' })
    expect((await strict.gatebook.sessions.list(other.id)).sessions).toEqual([])
    await strict.close()
  })

  test('are revoked one by one and all at once', async () => {
    const { sessions, session } = host.gatebook
    const { account } = await host.gatebook.accounts.create({ email: 'end@example.org', password })
    const made = await Promise.all([1, 2, 3].map(() => sessions.create({ accountId: account.id })))
    const alive = async () => (await Promise.all(made.map(({ token }) => session(bearer(token))))).map((found) => found !== null)
    for (let twice = 0; twice < 2; twice++) await sessions.revoke(made[0]?.session.id ?? '')
    expect(await alive()).toEqual([false, true, true])
    await sessions.revokeAll(account.id, { actor: { system: 'support' } })
    expect(await alive()).toEqual([false, false, false])
    expect((await sessions.list(account.id)).sessions).toEqual([])
    expect(await refusal(sessions.revoke(account.id))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusal(sessions.revoke('nonsense'))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refusal(sessions.list('nonsense'))).toMatchObject({ code: 'NOT_FOUND' })
  })
})
