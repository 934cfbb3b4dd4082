import { describe, expect, test } from 'vitest'
import { headerText } from '../../../api/verification/header-text.ts'
import { origin, setupToken } from '../../support/server/start-test-server.ts'
import { suiteServer } from '../../support/server/suite-server.ts'

const visit = { accept: 'text/html,application/xhtml+xml', 'x-forwarded-method': 'GET' }

describe('GET /verify', async () => {
  const { app } = await suiteServer({ env: { SECOND_FACTOR_ROLES: 'treasurer' } })
  const admin = await app.elevated((await app.setUp(setupToken)).token)
  const { token, accountId } = await app.register({ email: 'jürgen+50%@example.org' })
  const verify = (query = '', headers: Record<string, string> = {}, token?: string) =>
    app.send({ method: 'GET', path: `/verify${query}`, headers, token })
  const byCookie = (headers: Record<string, string>, query = '') =>
    app.send({ method: 'GET', path: `/verify${query}`, headers, cookie: token })

  test('names the account in headers, and is not to be stored', async () => {
    const answer = await verify('', {}, token)
    expect(answer).toMatchObject({ status: 204, text: '' })
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      vary: 'Cookie, Authorization, Origin, Accept',
      'x-gatebook-account': accountId,
      'x-gatebook-email': 'j%C3%BCrgen+50%25@example.org',
      'x-gatebook-email-verified': 'false',
      'x-gatebook-roles': '',
      'x-gatebook-elevated-until': '',
    })
    expect(decodeURIComponent(String(answer.headers['x-gatebook-email']))).toBe('jürgen+50%@example.org')
  })

  test('requires a role, or one of several, and elevation', async () => {
    const codes = async (token?: string) => {
      const queries = ['', '?role=bookkeeper', '?role=auditor,bookkeeper', '?role=auditor', '?elevated=1', '?role=bookkeeper&elevated=1']
      return Promise.all(queries.map(async (query) => (await verify(query, {}, token)).body?.code ?? 'ok'))
    }
    expect(await codes()).toEqual(Array(6).fill('SESSION_REQUIRED'))
    const { token, accountId } = await app.register({ email: 'ada@example.org' })
    const role = 'ROLE_REQUIRED'
    expect(await codes(token)).toEqual(['ok', role, role, role, 'ELEVATION_REQUIRED', role])
    await app.put(`/admin/accounts/${accountId}/roles/bookkeeper`, undefined, admin)
    expect(await codes(token)).toEqual(['ok', 'ok', 'ok', role, 'ELEVATION_REQUIRED', 'ELEVATION_REQUIRED'])
    const elevated = await app.elevated(token)
    expect(await codes(elevated)).toEqual(['ok', 'ok', 'ok', role, 'ok', 'ok'])
    const { headers } = await verify('', {}, elevated)
    expect(headers['x-gatebook-roles']).toBe('bookkeeper')
    expect(Date.parse(String(headers['x-gatebook-elevated-until']))).toBeGreaterThan(app.gatebook.ports.journal.now())
    await app.del(`/admin/accounts/${accountId}/roles/bookkeeper`, admin)
    expect((await verify('?role=bookkeeper', {}, elevated)).body.code).toBe(role)
    await app.post('/logout', undefined, elevated)
    expect((await verify('', {}, elevated)).status).toBe(401)
  })

  test('names no role and no elevation that guards would refuse', async () => {
    const { token, accountId } = await app.register({ email: 'grace@example.org' })
    await app.put(`/admin/accounts/${accountId}/roles/treasurer`, undefined, admin)
    const elevated = await app.elevated(token)
    const { headers, status } = await verify('', {}, elevated)
    expect([status, headers['x-gatebook-roles']]).toEqual([204, ''])
    const refused = await verify('?role=treasurer', visit, elevated)
    expect(refused.body.code).toBe('ENROLLMENT_REQUIRED')
    expect(refused.headers.location).toBe('/account/security')
  })

  test.each([
    '?role=',
    '?role=A',
    '?role=a,',
    '?role=a&role=b',
    '?elevated=0',
    '?elevated',
    '?roles=admin',
    '?role=a%0d%0ab',
    '?redirect=//evil.example',
  ])('refuses the query %s', async (query) => {
    expect(await verify(query, visit, token)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } })
  })

  test('refuses two tokens', async () => {
    const both = { authorization: 'Bearer other', 'x-forwarded-method': 'GET' }
    expect(await byCookie(both)).toMatchObject({ status: 400, body: { code: 'MALFORMED_REQUEST' } })
  })

  test('tells a visitor where to log in, or sends them there', async () => {
    const headers = { ...visit, 'x-forwarded-uri': '/orders?open=1&by=date' }
    const location = '/login?to=%2Forders%3Fopen%3D1%26by%3Ddate'
    const told = await verify('', headers)
    expect(told).toMatchObject({ status: 401, body: { code: 'SESSION_REQUIRED' }, headers: { location } })
    expect(await verify('?redirect=1', headers)).toMatchObject({
      status: 302,
      text: '',
      headers: { location, 'cache-control': 'no-store' },
    })
    const elevation = await verify('?elevated=1&redirect=1', headers, token)
    expect(elevation).toMatchObject({ status: 302, headers: { location: location.replace('?', '?elevate=1&') } })
    expect(await verify('?role=admin&redirect=1', headers, token)).toMatchObject({ status: 403, body: { code: 'ROLE_REQUIRED' } })
    expect((await verify('?redirect=1', headers, token)).status).toBe(204)
  })

  test.each([
    ['a script', { accept: 'application/json', 'x-forwarded-method': 'GET' }],
    ['a form', { accept: 'text/html', 'x-forwarded-method': 'POST' }],
    ['a form that says it is a visit too', { accept: 'text/html', 'x-forwarded-method': 'GET', 'x-original-method': 'POST' }],
    ['an unknown method', { accept: 'text/html' }],
  ])('sends %s nowhere', async (_, headers) => {
    const refused = await verify('?redirect=1', headers as Record<string, string>)
    expect(refused).toMatchObject({ status: 401, body: { code: 'SESSION_REQUIRED' } })
    expect(refused.headers.location).toBeUndefined()
  })

  test.each([
    ['//evil.example/a', '/'],
    ['/\\evil.example', '/'],
    ['/a\\b', '/'],
    ['https://evil.example/a?b', '/a?b'],
    ['https://evil.example//other.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/\tx', '/'],
    [`/${'a'.repeat(3_000)}`, '/'],
    ['', '/'],
    ['/a b', '/'],
    ['/ok?to=//x', '/ok?to=//x'],
  ])('leads from %j to no other site', async (wanted, path) => {
    for (const name of ['x-forwarded-uri', 'x-original-url', 'x-original-uri']) {
      const { headers } = await verify('?redirect=1', { ...visit, [name]: wanted })
      expect(headers.location).toBe(`/login?to=${encodeURIComponent(path)}`)
    }
  })

  const forged = { status: 403, body: { code: 'ORIGIN_REJECTED' } }
  test.each([
    ['a visit', { 'x-forwarded-method': 'GET' }, { status: 204 }],
    ['a form of our own', { 'x-forwarded-method': 'POST', origin }, { status: 204 }],
    ['a form of our own in an old browser', { 'x-forwarded-method': 'POST', 'sec-fetch-site': 'same-origin' }, { status: 204 }],
    ['a form without an origin', { 'x-forwarded-method': 'POST' }, forged],
    ['a form of another site', { 'x-forwarded-method': 'POST', origin: 'https://evil.example' }, forged],
    ['a form of a sandbox', { 'x-forwarded-method': 'POST', origin: 'null' }, forged],
    ['a script of another site', { 'x-forwarded-method': 'GET', origin: 'https://evil.example' }, forged],
    ['DELETE', { 'x-forwarded-method': 'DELETE' }, forged],
    ['a method in lower case', { 'x-forwarded-method': 'get' }, forged],
    ['two methods', { 'x-forwarded-method': 'GET, POST' }, forged],
    ['POST that somebody calls GET', { 'x-original-method': 'POST', 'x-forwarded-method': 'GET' }, forged],
    ['GET in the other header', { 'x-original-method': 'GET' }, { status: 204 }],
    ['no method, but from our own pages', { 'sec-fetch-site': 'same-origin' }, { status: 204 }],
  ])('with the cookie: %s', async (_, headers, answer) => {
    expect(await byCookie(headers as unknown as Record<string, string>)).toMatchObject(answer)
  })

  test('names the header that a proxy forgot', async () => {
    expect(await byCookie({})).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED', errors: [{ path: 'X-Forwarded-Method', expected: 'the method of the request that is verified' }] },
    })
  })

  test('with a bearer token no browser is asked for its origin', async () => {
    expect((await verify('', { 'x-forwarded-method': 'POST' }, token)).status).toBe(204)
  })

  test('headers of the proxied request change nothing', async () => {
    const claimed = { 'x-gatebook-account': 'root', 'x-gatebook-roles': 'admin', 'content-type': 'text/plain', range: 'bytes=0-1' }
    const { status, headers } = await verify('', claimed, token)
    expect([status, headers['x-gatebook-account'], headers['x-gatebook-roles']]).toEqual([204, accountId, ''])
  })

  test('answers HEAD too', async () => {
    expect(await app.send({ method: 'HEAD', path: '/verify', token })).toMatchObject({ status: 204 })
  })
})

test.each([
  ['ada+news@example.org', 'ada+news@example.org'],
  ["o'neil!#$&*/=?^_`{|}~@example.org", "o'neil!#$&*/=?^_`{|}~@example.org"],
  ['用户@example.org', '%E7%94%A8%E6%88%B7@example.org'],
  ['a%41@example.org', 'a%2541@example.org'],
  ['a\r\nx-gatebook-roles: admin@example.org', 'a%0D%0Ax-gatebook-roles:%20admin@example.org'],
  ['\ud800@example.org', '%EF%BF%BD@example.org'],
])('the text %j is %j in a header', (text, encoded) => {
  expect(headerText(text)).toBe(encoded)
  expect(decodeURIComponent(encoded)).toBe(text.toWellFormed())
})
