import { describe, expect, test } from 'vitest'
import { clearSessionCookie, setSessionCookie } from '../../../api/http/session-cookie.ts'
import { presentedToken } from '../../../api/http/session-token.ts'

const cookie = (value: string) => `__Host-gatebook=${value}`
const none = { type: 'none' }
const ambiguous = { type: 'ambiguous' }

describe('the presented token', () => {
  test.each([
    ['our cookie alone', { cookie: cookie('abc') }, { type: 'token', token: 'abc', by: 'cookie' }],
    ['our cookie among others', { cookie: `a=b; ${cookie('abc')}; c=d` }, { type: 'token', token: 'abc', by: 'cookie' }],
    ['our cookie twice, alike', { cookie: `${cookie('abc')}; ${cookie('abc')}` }, { type: 'token', token: 'abc', by: 'cookie' }],
    ['our cookie twice, differing', { cookie: `${cookie('abc')}; ${cookie('abd')}` }, ambiguous],
    ['a cookie that ends alike', { cookie: 'x__Host-gatebook=abc' }, none],
    ['a cookie in other letters', { cookie: '__host-gatebook=abc' }, none],
    ['a bearer token', { authorization: 'Bearer abc' }, { type: 'token', token: 'abc', by: 'bearer' }],
    ['a bearer token in small letters', { authorization: 'bearer abc' }, { type: 'token', token: 'abc', by: 'bearer' }],
    ['another scheme', { authorization: 'Basic abc' }, none],
    ['a bearer of two', { authorization: 'Bearer abc, Bearer abd' }, none],
    ['a bearer of nothing', { authorization: 'Bearer ' }, none],
    ['both alike', { cookie: cookie('abc'), authorization: 'Bearer abc' }, { type: 'token', token: 'abc', by: 'cookie' }],
    ['both, differing', { cookie: cookie('abc'), authorization: 'Bearer abd' }, ambiguous],
    ['nothing', {}, none],
  ])('of %s', (_what, headers, expected) => expect(presentedToken(headers)).toEqual(expected))
})

test('the cookie is for this host only, unseen by scripts, and ends', () => {
  expect(setSessionCookie('abc', 60)).toBe('__Host-gatebook=abc; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax')
  expect(clearSessionCookie).toBe('__Host-gatebook=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax')
})
