import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bearer, openApp, password, refusal } from './support.ts'

const secret = 'another horse battery'

describe('the accounts of a host app', () => {
  let host: Awaited<ReturnType<typeof openApp>>
  beforeAll(async () => {
    host = await openApp({ registration: 'closed' })
  })
  afterAll(() => host.close())

  const created = async (email: string, more: object = {}) => (await host.gatebook.accounts.create({ email, password, ...more })).account
  const auditOf = async (query: string) => {
    const root = await host.gatebook.accounts.find({ email: 'root@example.org' })
    if (root === null) throw new Error('no administrator')
    const { token } = await host.gatebook.sessions.create({ accountId: root.id })
    const answer = await host.app.inject({ url: `/api/1/audit?${query}`, headers: { authorization: `Bearer ${token}` } })
    return answer.json().entries as { type: string; actor: string; account: string | null; summary: string }[]
  }

  test('are seeded, the first administrator among them, though registration is closed', async () => {
    const root = await created('root@example.org', { roles: ['admin', 'bookkeeper'], claims: { plan: 'gold' }, actor: { system: 'seed' } })
    expect(root).toEqual({
      id: expect.any(String),
      email: 'root@example.org',
      emailVerified: false,
      status: 'active',
      roles: expect.arrayContaining(['admin', 'bookkeeper']),
      claims: { plan: 'gold' },
      registeredAt: expect.any(Date),
      lastLoginAt: null,
    })
    expect(await host.gatebook.session(bearer(await host.logIn('root@example.org')))).toMatchObject({ accountId: root.id })
    const setUp = await host.post('/setup', {
      setupToken: host.gatebook.setupToken,
      email: 'eve@example.org',
      password,
      transport: 'bearer',
    })
    expect(setUp.json().code).toBe('NOT_FOUND')
  })

  test('have the language that the app chose, as the choice of the part that did', async () => {
    const { id } = await created('language@example.org', { language: 'de', actor: { system: 'seed' } })
    expect(await auditOf(`type=LanguageChosen&account=${id}`)).toMatchObject([{ actor: 'system:seed', account: id }])
  })

  test('are created once, however often and however many at once', async () => {
    const one = { email: 'once@example.org', password, ifExists: 'keep' } as const
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => host.gatebook.accounts.create(one)))
    expect(outcomes.filter(({ created }) => created)).toHaveLength(1)
    expect(new Set(outcomes.map(({ account }) => account.id)).size).toBe(1)
    expect(await refusal(host.gatebook.accounts.create({ email: 'Once@example.org', password }))).toEqual({
      code: 'EMAIL_TAKEN',
      status: 409,
    })
    expect((await host.gatebook.accounts.create({ ...one, password: secret })).created).toBe(false)
    expect(await host.logIn(one.email)).toEqual(expect.any(String))
  })

  test('are refused for what the rules refuse, without a word of what was given', async () => {
    const { create } = host.gatebook.accounts
    expect(await refusal(create({ email: 'x@example.org', password: 'short' }))).toMatchObject({
      code: 'PASSWORD_REJECTED',
      reason: 'too_short',
    })
    expect(await refusal(create({ email: 'nobody', password }))).toMatchObject({
      code: 'VALIDATION_FAILED',
      status: 400,
      errors: [{ path: 'email', expected: 'an email address of at most 254 characters' }],
    })
    expect(await refusal(create({ email: 'x@example.org', password, roles: ['Not a role'] }))).toMatchObject({
      errors: [{ path: 'roles.0' }],
    })
    expect(await refusal(create({ email: 'x@example.org', password, rolls: [] } as never))).toMatchObject({ code: 'VALIDATION_FAILED' })
    await expect(create({ email: 'x@example.org', password, actor: { system: 'Not a name' } })).rejects.toThrow(/^actor: expected /)
    await expect(create({ email: 'x@example.org', password, actor: 'seed' as never })).rejects.toThrow(TypeError)
    expect(await host.gatebook.accounts.find({ email: 'x@example.org' })).toBeNull()
  })

  test('are found, read and listed', async () => {
    const { accounts } = host.gatebook
    const ada = await created('ada@example.org')
    expect(await accounts.find({ email: 'ADA@example.org' })).toEqual(ada)
    expect(await accounts.find({ email: 'nobody@example.org' })).toBeNull()
    expect(await accounts.get(ada.id)).toEqual({
      ...ada,
      profile: null,
      invited: false,
      lockedUntil: null,
      codesLockedUntil: null,
      codeEntryEnded: false,
      secondFactor: { enrolled: false, required: false, confirmedAt: null, recoveryCodesLeft: 0 },
    })
    expect(await accounts.get('nonsense')).toBeNull()
    expect((await accounts.list({ prefix: 'ad' })).accounts).toEqual([ada])
    expect((await accounts.list()).accounts.map(({ email }) => email)).toContain('root@example.org')
    expect(await refusal(accounts.list({ cursor: 'x' }))).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ path: 'cursor' }] })
  })

  test('are listed in pages', async () => {
    for (let n = 0; n < 55; n++) await created(`many${n}@example.org`)
    const first = await host.gatebook.accounts.list()
    const second = await host.gatebook.accounts.list({ cursor: first.next ?? undefined })
    expect([first.accounts.length, second.next]).toEqual([50, null])
    const emails = [...first.accounts, ...second.accounts].map(({ email }) => email)
    expect(emails).toEqual([...new Set(emails)])
    expect(emails).toContain('many54@example.org')
  })

  test('get another password: sessions end, and the policy holds', async () => {
    const { id, email } = await created('pass@example.org')
    const token = await host.logIn('pass@example.org')
    const { setPassword } = host.gatebook.accounts
    expect(await refusal(setPassword(id, 'short'))).toMatchObject({ code: 'PASSWORD_REJECTED', reason: 'too_short' })
    expect(await refusal(setPassword(id, password))).toMatchObject({ code: 'PASSWORD_REJECTED', reason: 'unchanged' })
    expect(await host.gatebook.session(bearer(token))).not.toBeNull()
    await setPassword(id, secret, { actor: { system: 'support' } })
    expect(await host.gatebook.session(bearer(token))).toBeNull()
    expect(await host.logIn(email ?? '', secret)).toEqual(expect.any(String))
    expect(await refusal(setPassword('nonsense', secret))).toEqual({ code: 'NOT_FOUND', status: 404 })
  })

  test('get another address: sessions stay, and it is verified only if the host vouches for it', async () => {
    const { id } = await created('old@example.org', { emailVerified: true })
    const token = await host.logIn('old@example.org')
    const { setEmail, find } = host.gatebook.accounts
    expect(await refusal(setEmail(id, 'root@example.org'))).toMatchObject({ code: 'EMAIL_TAKEN' })
    await setEmail(id, 'new@example.org')
    expect(await host.gatebook.session(bearer(token))).toMatchObject({ email: 'new@example.org', emailVerified: false })
    expect([await find({ email: 'old@example.org' }), (await find({ email: 'new@example.org' }))?.id]).toEqual([null, id])
    await setEmail(id, 'new@example.org', { emailVerified: true })
    await setEmail(id, 'new@example.org')
    expect(await host.gatebook.accounts.get(id)).toMatchObject({ emailVerified: true })
    expect((await auditOf(`account=${id}&type=EmailReplaced`)).length).toBe(2)
    expect((await created('old@example.org')).id).not.toBe(id)
  })

  test('lose their second factor, and every session with it', async () => {
    const { id } = await created('phone@example.org')
    const token = await host.logIn('phone@example.org')
    const enrolled = await host.post('/totp/enroll', undefined, (await host.post('/session/elevate', { password }, token)).json().token)
    expect(enrolled.statusCode).toBe(200)
    const { resetSecondFactor } = host.gatebook.accounts
    for (let twice = 0; twice < 2; twice++) await resetSecondFactor(id, { actor: { system: 'support' } })
    expect(await host.gatebook.session(bearer(token))).toBeNull()
    expect(await refusal(resetSecondFactor('nonsense'))).toEqual({ code: 'NOT_FOUND', status: 404 })
    expect(await refusal(resetSecondFactor('01890000-0000-7000-8000-000000000000'))).toEqual({ code: 'NOT_FOUND', status: 404 })
    expect((await auditOf(`account=${id}&type=TotpEnrollmentVoided`)).map(({ actor }) => actor)).toEqual(['system:support'])
  })

  test('are disabled, enabled, unlocked and erased, twice like once', async () => {
    const { id } = await created('fate@example.org')
    const { disable, enable, unlock, erase, get } = host.gatebook.accounts
    const token = await host.logIn('fate@example.org')
    for (let twice = 0; twice < 2; twice++) await disable(id)
    expect([(await get(id))?.status, await host.gatebook.session(bearer(token))]).toEqual(['disabled', null])
    for (let twice = 0; twice < 2; twice++) await enable(id)
    for (let guess = 0; guess < 6; guess++) await host.logIn('fate@example.org', 'a wrong battery')
    expect((await get(id))?.lockedUntil).toEqual(expect.any(Date))
    for (let twice = 0; twice < 2; twice++) await unlock(id)
    expect(await get(id)).toMatchObject({ status: 'active', lockedUntil: null })
    for (let twice = 0; twice < 2; twice++) await erase(id)
    expect(await get(id)).toMatchObject({ status: 'erased', email: null })
    expect(await refusal(disable(id))).toMatchObject({ code: 'NOT_FOUND' })
    const types = (await auditOf(`account=${id}`)).map(({ type }) => type)
    for (const once of ['AccountDisabled', 'AccountEnabled', 'LoginUnlocked', 'AccountErased']) {
      expect(types.filter((type) => type === once)).toEqual([once])
    }
  })

  test('get roles and claims, and lose them', async () => {
    const { id } = await created('roles@example.org')
    const { roles, claims } = host.gatebook
    for (let twice = 0; twice < 2; twice++) await roles.grant(id, 'editor')
    for (let twice = 0; twice < 2; twice++) await claims.assert(id, 'plan', 'gold')
    await roles.grant(id, 'admin')
    expect(await host.gatebook.accounts.get(id)).toMatchObject({ roles: ['editor', 'admin'], claims: { plan: 'gold' } })
    await roles.withdraw(id, 'admin')
    for (let twice = 0; twice < 2; twice++) await roles.withdraw(id, 'editor')
    for (let twice = 0; twice < 2; twice++) await claims.retract(id, 'plan')
    expect(await host.gatebook.accounts.get(id)).toMatchObject({ roles: [], claims: {} })
    expect(await refusal(roles.grant(id, 'No Role'))).toMatchObject({ errors: [{ path: 'role' }] })
    expect(await refusal(claims.assert(id, 'plan', 'x'.repeat(257)))).toMatchObject({ errors: [{ path: 'value' }] })
    const types = (await auditOf(`account=${id}`)).map(({ type }) => type)
    for (const once of ['RoleWithdrawn', 'ClaimAsserted', 'ClaimRetracted']) expect(types.filter((type) => type === once)).toEqual([once])
  })

  test('keep the last administrator', async () => {
    const root = await host.gatebook.accounts.find({ email: 'root@example.org' })
    expect(await refusal(host.gatebook.roles.withdraw(root?.id ?? '', 'admin'))).toEqual({ code: 'LAST_ADMINISTRATOR', status: 409 })
    expect(await refusal(host.gatebook.accounts.erase(root?.id ?? ''))).toMatchObject({ code: 'LAST_ADMINISTRATOR' })
  })

  test('show in the audit trail who did it', async () => {
    const { id } = await created('trail@example.org', { actor: { system: 'seed' } })
    await host.gatebook.roles.grant(id, 'editor')
    const root = await host.gatebook.accounts.find({ email: 'root@example.org' })
    await host.gatebook.roles.withdraw(id, 'editor', { actor: { accountId: root?.id ?? '' } })
    const actors = Object.fromEntries((await auditOf(`account=${id}`)).map(({ type, actor }) => [type, actor]))
    expect(actors).toMatchObject({
      AccountRegistered: 'system:seed',
      AccountCreated: 'system:seed',
      RoleGranted: 'system:host',
      RoleWithdrawn: root?.id,
    })
    const bySystem = await auditOf(`account=${id}&actor=system`)
    expect(bySystem.map(({ type }) => type)).toEqual(['RoleGranted', 'AccountCreated', 'AccountRegistered', 'EmailClaimed'])
    expect(bySystem[1]?.summary).toBe('Account created by the application: system:seed')
    expect((await auditOf(`account=${id}&actor=system:host`)).map(({ type }) => type)).toEqual(['RoleGranted'])
    expect(await auditOf(`account=${id}&actor=system:nobody`)).toEqual([])
  })
})
