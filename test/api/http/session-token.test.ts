import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clearSessionCookie, setSessionCookie } from '../../../api/http/cookies/session-cookie.ts'
import { presentedToken, sessionCookie } from '../../../api/http/cookies/session-token.ts'

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

/** RFC 6265, section 4.2.1, with SP and HTAB around a pair as in section 5. One expression, so that it shares nothing with the code. */
const pairSyntax = /^[ \t]*(?<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?<value>"[!#-+\x2d-:<-[\]-~]*"|[!#-+\x2d-:<-[\]-~]*)[ \t]*$/

const byTheGrammar = (header: string) => {
  const values = header.split(';').flatMap((pair) => {
    const groups = pairSyntax.exec(pair)?.groups
    return groups?.name === '__Host-gatebook' ? [groups.value] : []
  })
  return new Set(values).size > 1 ? null : values[0]
}

const octets = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code))

describe('only what RFC 6265 calls our cookie is our cookie', () => {
  const around: readonly [string, (octet: string) => string][] = [
    ['before the name', (octet) => `${octet}__Host-gatebook=abc`],
    ['in the name', (octet) => `__Host-${octet}gatebook=abc`],
    ['after the name', (octet) => `__Host-gatebook${octet}=abc`],
    ['before the value', (octet) => `__Host-gatebook=${octet}abc`],
    ['after the value', (octet) => `__Host-gatebook=abc${octet}`],
    ['before the name of a second pair', (octet) => `a=b;${octet}__Host-gatebook=abc`],
    ['before the name of a second pair, after a blank', (octet) => `a=b; ${octet}__Host-gatebook=abc`],
    ['before the name of another, beside our own', (octet) => `__Host-gatebook=own; ${octet}__Host-gatebook=abc`],
    ['after the value, before another pair', (octet) => `__Host-gatebook=abc${octet}; c=d`],
  ]
  test.each(around)('with any octet %s', (_where, headerOf) => {
    for (const octet of octets) {
      const header = headerOf(octet)
      expect([octet.charCodeAt(0), sessionCookie(header)]).toEqual([octet.charCodeAt(0), byTheGrammar(header)])
    }
  })

  test('a no-break space, as a sibling host may toss it, makes another cookie', () => {
    expect(presentedToken({ cookie: '\xa0__Host-gatebook=mallory' })).toEqual(none)
    expect(presentedToken({ cookie: '__Host-gatebook=own; \xa0__Host-gatebook=mallory' })).toMatchObject({ token: 'own' })
  })

  test('in any sequence of pairs and octets', () => {
    const piece = fc.constantFrom('__Host-gatebook', '__host-gatebook', '=', ';', '; ', 'abc', 'abd', ...octets)
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const header = pieces.join('')
        expect(sessionCookie(header)).toBe(byTheGrammar(header))
      }),
      { numRuns: 2_000 },
    )
  })
})

test('a scheme is Bearer in ASCII letters, with one blank and nothing else behind the token', () => {
  for (const octet of octets.filter((one) => !/[A-Za-z0-9._~+/=-]/.test(one))) {
    expect(presentedToken({ authorization: `Bearer ${octet}abc` })).toEqual(none)
    expect(presentedToken({ authorization: `Bearer abc${octet}` })).toEqual(none)
    expect(presentedToken({ authorization: `${octet}Bearer abc` })).toEqual(none)
    expect(presentedToken({ authorization: `Bearer${octet}abc` })).toEqual(
      octet === ' ' ? { type: 'token', token: 'abc', by: 'bearer' } : none,
    )
  }
})
