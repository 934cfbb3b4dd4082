import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isJsonType } from '../../../api/codecs/media-type.ts'
import { sampleServer } from '../http/sample.ts'

const app = sampleServer()
const bearer = { email: 'a@example.org', password: 'right', transport: 'bearer' }

const post = (payload: string | Buffer, headers: Record<string, string> = {}, url = '/api/1/login') =>
  app.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json', ...headers } })

const codeOf = (answer: { json: () => { code?: string } }) => answer.json().code

describe('a body', () => {
  test('of the right shape is let through', async () => {
    const answer = await post(JSON.stringify(bearer))
    expect([answer.statusCode, answer.json()]).toEqual([200, { email: 'a@example.org', via: 'bearer' }])
  })

  test.each([
    ['a key twice', '{"email":"a","email":"b","password":"x","transport":"bearer"}'],
    ['a key twice, once escaped', '{"email":"a","\\u0065mail":"b","password":"x","transport":"bearer"}'],
    ['a lone surrogate', '{"email":"\\ud800","password":"x","transport":"bearer"}'],
    ['a prototype', '{"email":"a","password":"x","transport":"bearer","__proto__":{}}'],
    ['half of an object', '{"email":'],
    ['a byte order mark', '\ufeff{}'],
    ['ill-formed UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['deep nesting', `${'['.repeat(20)}${']'.repeat(20)}`],
  ])('with %s is malformed', async (_what, payload) => {
    const answer = await post(payload)
    expect([answer.statusCode, codeOf(answer)]).toEqual([400, 'MALFORMED_REQUEST'])
  })

  test.each([
    ['an unknown property', { ...bearer, admin: true }, [{ path: '', expected: 'no other properties' }]],
    ['a list for a string', { ...bearer, email: ['a'] }, [{ path: 'email', expected: 'a string of 1 to 254 characters' }]],
    ['a missing property', { email: 'a', transport: 'bearer' }, [{ path: 'password', expected: 'a string of 1 to 1024 characters' }]],
    ['null for the object', null, [{ path: '', expected: 'an object' }]],
  ])('with %s is refused by path and expectation', async (_what, payload, errors) => {
    const answer = await post(JSON.stringify(payload))
    expect([answer.statusCode, answer.json().code, answer.json().errors]).toEqual([400, 'VALIDATION_FAILED', errors])
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=latin1',
    'application/json, text/plain',
    'application/jsonp',
    'application/json; a=b',
    'application/json; charset=utf-8; a=b',
    'application/json; charset=utf-8; charset=utf-16',
    'application/json; charset',
    'application/json; charset=',
    'application/json; charset = utf-8',
    'application/json; charset="utf-8',
    'application/json; charset=utf-8"',
    'application/json charset=utf-8',
    'application/json;application/x-www-form-urlencoded',
    'application/json;\xa0charset=utf-8',
    'application/json\xa0',
    '\xa0application/json',
    'application /json',
    '"application/json"',
    'nonsense',
  ])('of type %s is not read', async (type) => {
    const answer = await post(JSON.stringify(bearer), { 'content-type': type })
    expect([answer.statusCode, codeOf(answer)]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
  })

  const blanks = fc.string({ unit: fc.constantFrom(' ', '\t'), maxLength: 3 })
  const anyCase = (text: string) =>
    fc
      .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
      .map((upper) => [...text].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter)).join(''))
  const escaped = fc.constantFrom('"utf-8"', '"UTF-8"', '"\\u\\t\\f\\-\\8"', '"ut\\f-8"')
  const parameter = fc.tuple(anyCase('charset'), fc.oneof(anyCase('utf-8'), escaped)).map((pair) => pair.join('='))
  const inTheGrammar = fc
    .tuple(anyCase('application/json'), fc.array(fc.tuple(blanks, blanks, fc.option(parameter, { nil: '' })), { maxLength: 4 }))
    .map(([type, all]) => `${type}${all.map(([before, after, one]) => `${before};${after}${one}`).join('')}`)

  test('is read under every spelling of the type in the grammar of RFC 9110', async () => {
    await fc.assert(
      fc.asyncProperty(inTheGrammar, async (type) => {
        expect((await post(JSON.stringify(bearer), { 'content-type': type })).statusCode).toBe(200)
      }),
    )
  })

  test('is not read under a type with another octet anywhere', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('application/json', 'application/json; charset="utf-8"'),
        fc.nat(),
        fc.nat({ max: 255 }),
        (type, place, code) => {
          const at = place % (type.length + 1)
          const octet = String.fromCharCode(code)
          const changed = `${type.slice(0, at)}${octet}${type.slice(at)}`
          const mayStand = octet === ';' || octet === ' ' || octet === '\t' || octet === '\\'
          if (!mayStand) expect([changed, isJsonType(changed)]).toEqual([changed, false])
        },
      ),
      { numRuns: 5_000 },
    )
  })

  test('without a type is not read', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/1/login', payload: Buffer.from(JSON.stringify(bearer)) })
    expect(answer.statusCode).toBe(415)
  })

  test('that is compressed is not read', async () => {
    expect((await post(JSON.stringify(bearer), { 'content-encoding': 'gzip' })).statusCode).toBe(415)
  })

  test('over 16 KiB is too large', async () => {
    const answer = await post(JSON.stringify({ ...bearer, email: 'x'.repeat(17_000) }))
    expect([answer.statusCode, codeOf(answer)]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
  })

  test('that is missing does not reach the handler', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/1/login' })
    expect([answer.statusCode, codeOf(answer)]).toEqual([400, 'VALIDATION_FAILED'])
  })
})

describe('a call without a body', () => {
  test.each(['', '{}', ' {} '])('takes %j', async (payload) => expect((await post(payload, {}, '/api/1/logout')).statusCode).toBe(204))
  test.each(['text/plain;charset=UTF-8', 'application/x-www-form-urlencoded', '', 'nonsense'])(
    'takes nothing, whatever it is called (%j)',
    async (type) => {
      expect((await post('', { 'content-type': type }, '/api/1/logout')).statusCode).toBe(204)
      expect((await post('{}', { 'content-type': type }, '/api/1/logout')).statusCode).toBe(415)
      expect((await post('', { 'content-type': type })).json().code).toBe('VALIDATION_FAILED')
    },
  )
  test('takes nothing at all', async () => expect((await app.inject({ method: 'POST', url: '/api/1/logout' })).statusCode).toBe(204))
  test.each(['{"a":1}', '[]', 'null', '0'])('refuses %s', async (payload) => {
    expect((await post(payload, {}, '/api/1/logout')).statusCode).toBe(400)
  })
})
