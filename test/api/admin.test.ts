import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { aTime } from '../support/server/shapes.ts'
import { type InProcess, setupToken, startTestServer } from '../support/server/start-test-server.ts'

const nobody = '01890000-0000-7000-8000-000000000000'

type Change = [method: 'POST' | 'PUT' | 'DELETE', what: string, body: object | undefined]

const none = undefined

const changes: Change[] = [
  ['POST', 'disable', none],
  ['POST', 'enable', none],
  ['POST', 'unlock', none],
  ['POST', 'logout', none],
  ['PUT', 'roles/editor', none],
  ['PUT', 'roles/admin', none],
  ['DELETE', 'roles/editor', none],
  ['DELETE', 'roles/admin', none],
  ['PUT', 'claims/level', { value: 3 }],
  ['DELETE', 'claims/level', none],
  ['DELETE', '', none],
  ['POST', 'invite', none],
  ['PUT', 'password', { password: 'a passphrase for somebody else' }],
  ['PUT', 'email', { email: 'elsewhere@example.org' }],
  ['DELETE', `sessions/${nobody}`, none],
]

describe('administration', () => {
  let app: InProcess
  let root: { readonly accountId: string; readonly token: string }
  let people = 0
  const at = (id: string, what = '') => `/admin/accounts/${id}${what === '' ? '' : `/${what}`}`
  const somebody = async () => {
    const email = `person${++people}@example.org`
    return { email, ...(await app.register({ email })) }
  }
  const act = (method: 'POST' | 'PUT' | 'DELETE', id: string, what: string, body?: unknown, token: string | undefined = root.token) =>
    app.send({ method, path: at(id, what), body, token })
  const shown = async (id: string) => (await app.get(at(id), root.token)).body
  beforeAll(async () => {
    app = await startTestServer()
    const { accountId, token } = await app.setUp(setupToken)
    root = { accountId, token: await app.elevated(token) }
  })
  afterAll(() => app.stop())

  test('shows an account', async () => {
    const { accountId, email } = await somebody()
    const answer = await app.get(at(accountId), root.token)
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      id: accountId,
      email,
      emailVerified: false,
      status: 'active',
      roles: [],
      claims: {},
      registeredAt: aTime,
      invited: false,
      lastLoginAt: aTime,
      lockedUntil: null,
      codesLockedUntil: null,
      codeEntryEnded: false,
      secondFactor: { enrolled: false, required: false, confirmedAt: null, recoveryCodesLeft: 0 },
    })
    expect((await shown(root.accountId)).roles).toEqual(['admin'])
    expect(await app.get(at(nobody), root.token)).toMatchObject({ status: 404, body: problem('NOT_FOUND') })
  })

  test('finds an account by its address, however it is written', async () => {
    const { accountId, email } = await somebody()
    const answer = await app.get(`/admin/accounts?email=${email.toUpperCase()}`, root.token)
    const { id, emailVerified, status, roles, claims, registeredAt } = await shown(accountId)
    expect(answer.body).toEqual({ accounts: [{ id, email, emailVerified, status, roles, claims, registeredAt }], next: null })
    expect((await app.get('/admin/accounts?email=nobody@example.org', root.token)).body).toEqual({ accounts: [], next: null })
  })

  test('lists every account once, page by page', async () => {
    const own = await startTestServer()
    try {
      const { token } = await own.setUp(setupToken)
      for (let n = 0; n < 60; n += 1) await own.register({ email: `listed${n}@example.org` })
      const first = await own.get('/admin/accounts', token)
      expect(first.body.accounts).toHaveLength(50)
      const second = await own.get(`/admin/accounts?cursor=${first.body.next}`, token)
      expect(second.body.next).toBeNull()
      const ids = [...first.body.accounts, ...second.body.accounts].map(({ id }: { id: string }) => id)
      expect(new Set(ids).size).toBe(61)
    } finally {
      await own.stop()
    }
  })

  test.each(changes)('%s …/%s needs a session, the role, and elevation, in this order', async (method, what, body) => {
    const { accountId, token } = await somebody()
    const codes = []
    const plain = await app.logIn({ email: 'root@example.org' })
    for (const by of [undefined, token, plain.token]) {
      codes.push((await app.send({ method, path: at(accountId, what), body, token: by })).body.code)
    }
    expect(codes).toEqual(['SESSION_REQUIRED', 'ROLE_REQUIRED', 'ELEVATION_REQUIRED'])
  })

  test.each(changes)('%s …/%s of an account that is not there is 404', async (method, what, body) => {
    const answer = await act(method, nobody, what, body)
    expect([answer.status, answer.body?.code]).toEqual([404, 'NOT_FOUND'])
  })

  test('disabling ends every session and bars the log-in; enabling lets in again, but revives nothing', async () => {
    const { accountId, email, token, refreshToken } = await somebody()
    expect((await act('POST', accountId, 'disable')).status).toBe(204)
    expect((await app.get('/session', token)).status).toBe(401)
    expect((await app.post('/session/refresh', { refreshToken })).status).toBe(401)
    const refused = await app.post('/login', { ...person, email, transport: 'bearer' })
    expect(refused).toMatchObject({ status: 401, body: problem('INVALID_CREDENTIALS') })
    expect((await shown(accountId)).status).toBe('disabled')
    expect((await act('POST', accountId, 'enable')).status).toBe(204)
    expect((await shown(accountId)).status).toBe('active')
    expect((await app.get('/session', token)).status).toBe(401)
    expect((await app.post('/session/refresh', { refreshToken })).status).toBe(401)
    expect((await app.logIn({ email })).token).toEqual(expect.any(String))
  })

  test('unlocking lifts a lock', async () => {
    const { accountId, email } = await somebody()
    for (let n = 0; n < 6; n += 1) await app.post('/login', { email, password: 'wrong', transport: 'bearer' })
    expect((await app.post('/login', { ...person, email, transport: 'bearer' })).status).toBe(429)
    expect((await act('POST', accountId, 'unlock')).status).toBe(204)
    expect((await app.post('/login', { ...person, email, transport: 'bearer' })).status).toBe(200)
  })

  test('logging somebody out ends their sessions', async () => {
    const { accountId, token } = await somebody()
    expect((await act('POST', accountId, 'logout')).status).toBe(204)
    expect((await app.get('/session', token)).status).toBe(401)
    expect((await shown(accountId)).status).toBe('active')
  })

  test('grants and withdraws roles, twice is once', async () => {
    const { accountId, token } = await somebody()
    for (let n = 0; n < 2; n += 1) expect((await act('PUT', accountId, 'roles/editor')).status).toBe(204)
    expect((await app.get('/session', token)).body.roles).toEqual(['editor'])
    expect((await shown(accountId)).roles).toEqual(['editor'])
    for (let n = 0; n < 2; n += 1) expect((await act('DELETE', accountId, 'roles/editor')).status).toBe(204)
    expect((await app.get('/session', token)).body.roles).toEqual([])
  })

  test.each([true, false, 0, -1.5, 'text', ''])('asserts the claim %j and retracts it', async (value) => {
    const { accountId, token } = await somebody()
    expect((await act('PUT', accountId, 'claims/level', { value })).status).toBe(204)
    expect((await app.get('/session', token)).body.claims).toEqual({ level: value })
    expect((await shown(accountId)).claims).toEqual({ level: value })
    expect((await act('DELETE', accountId, 'claims/level')).status).toBe(204)
    expect((await app.get('/session', token)).body.claims).toEqual({})
  })

  test.each([
    '{"value":1e999}',
    '{"value":-1e999}',
    '{"value":null}',
    '{"value":[1]}',
    '{"value":{}}',
    '{}',
    `{"value":"${'x'.repeat(257)}"}`,
  ])('refuses the claim %s', async (raw) => {
    const { accountId } = await somebody()
    const answer = await app.send({ method: 'PUT', path: at(accountId, 'claims/level'), raw, token: root.token })
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
    expect((await shown(accountId)).claims).toEqual({})
  })

  test.each(['Admin', '1st', 'a b', 'x'.repeat(65), '%00', '%E2%80%AE', '__proto__'])(
    'refuses %j as the name of a role or a claim',
    async (name) => {
      const { accountId } = await somebody()
      const path = encodeURIComponent(name).replaceAll('%25', '%')
      expect((await act('PUT', accountId, `roles/${path}`)).status).toBe(400)
      expect((await act('PUT', accountId, `claims/${path}`, { value: true })).status).toBe(400)
    },
  )

  test('erasing takes account, sessions and address away', async () => {
    const { accountId, email, token, refreshToken } = await somebody()
    expect((await act('DELETE', accountId, '')).status).toBe(204)
    expect((await app.get('/session', token)).status).toBe(401)
    expect((await app.post('/session/refresh', { refreshToken })).status).toBe(401)
    expect(await app.post('/login', { ...person, email, transport: 'bearer' })).toMatchObject({
      status: 401,
      body: problem('INVALID_CREDENTIALS'),
    })
    const { registeredAt, ...rest } = await shown(accountId)
    expect(rest).toEqual({
      ...{ id: accountId, email: null, emailVerified: false, status: 'erased', roles: [], claims: {} },
      ...{ invited: false, lastLoginAt: null, lockedUntil: null, codesLockedUntil: null, codeEntryEnded: false },
      secondFactor: { enrolled: false, required: false, confirmedAt: null, recoveryCodesLeft: 0 },
    })
    expect(registeredAt).toEqual(aTime)
    const again = await app.register({ email })
    expect(again.accountId).not.toBe(accountId)
  })

  test('the last administrator cannot be removed in any way', async () => {
    for (const [method, what] of [
      ['POST', 'disable', none],
      ['DELETE', 'roles/admin', none],
      ['DELETE', '', none],
    ] as const) {
      const refused = await act(method, root.accountId, what)
      expect(refused).toMatchObject({ status: 409, body: problem('LAST_ADMINISTRATOR') })
    }
    expect((await shown(root.accountId)).status).toBe('active')
  })

  test('whoever cannot log in is no administrator to fall back on', async () => {
    const { accountId } = await somebody()
    await act('POST', accountId, 'disable')
    await act('PUT', accountId, 'roles/admin')
    const refused = await act('DELETE', root.accountId, 'roles/admin')
    expect(refused).toMatchObject({ status: 409, body: problem('LAST_ADMINISTRATOR') })
  })

  test('is refused before the shape of the request is looked at', async () => {
    const { token } = await somebody()
    expect((await app.send({ method: 'PUT', path: at('not-an-id', 'claims/level'), raw: '{', token })).body.code).toBe('ROLE_REQUIRED')
    expect((await app.get('/admin/accounts?nonsense=1', token)).body.code).toBe('ROLE_REQUIRED')
    expect((await app.get('/admin/accounts?nonsense=1', root.token)).body.code).toBe('VALIDATION_FAILED')
  })
})
