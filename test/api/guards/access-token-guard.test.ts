import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { isRight, left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { accessTokenOf } from '../../../api/guards/access-token-guard.ts'
import { createAccessTokenGuard } from '../../../composition/access-token-guard.ts'
import { accessTokenVerifier } from '../../../infrastructure/access-tokens/verify-access-token.ts'
import { audience, holder, issuer, minute, seconds, signer } from '../../infrastructure/access-tokens/support.ts'
import { succeed } from '../../infrastructure/sealing/support.ts'
import { later, noon } from '../../support/domain/time.ts'

const set = () => {
  const { tokens, clock, again } = signer()
  const jwks = () => succeed(tokens.jwks())
  const options = { issuer, audience, jwks, now: () => clock.at }
  return { tokens, clock, again, options, verify: accessTokenVerifier(options) }
}

const encoded = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')
const own = generateKeyPairSync('ed25519')
const ownJwk = {
  kty: 'OKP',
  crv: 'Ed25519',
  alg: 'EdDSA',
  use: 'sig',
  kid: 'own',
  x: own.publicKey.export({ format: 'jwk' }).x ?? '',
} as const

const header = { alg: 'EdDSA', typ: 'at+jwt', kid: 'own' }
const payload = {
  iss: issuer,
  aud: audience,
  sub: holder.accountId,
  sid: holder.sessionId,
  client_id: issuer,
  roles: [],
  claims: {},
  amr: ['pwd'],
  auth_time: seconds(noon),
  iat: seconds(noon),
  exp: seconds(noon) + 300,
  jti: 'x',
}
const signedWith = (key = own.privateKey, changed: object = {}, head: object = {}) => {
  const signed = `${encoded({ ...header, ...head })}.${encoded({ ...payload, ...changed })}`
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`
}
const verifyOwn = accessTokenVerifier({ issuer, audience, jwks: async () => ({ keys: [ownJwk] }), now: () => noon })

describe('a token is verified', () => {
  test('if it is as it was issued', async () => {
    const { tokens, verify } = set()
    const verified = await verify((await succeed(tokens.issue(holder))).accessToken)
    expect(isRight(verified) && verified.right).toMatchObject({ sub: holder.accountId, sid: holder.sessionId, claims: holder.claims })
    expect(isRight(await verifyOwn(signedWith()))).toBe(true)
  })

  test('if its issuer is a minute ahead, and if it lives 20 minutes', async () => {
    expect(isRight(await verifyOwn(signedWith(own.privateKey, { iat: seconds(noon) + 60 })))).toBe(true)
    expect(isRight(await verifyOwn(signedWith(own.privateKey, { exp: seconds(noon) + 1_200 })))).toBe(true)
  })

  test('until it expires, and not at that second', async () => {
    const { tokens, verify, clock } = set()
    const { accessToken } = await succeed(tokens.issue(holder))
    clock.at = later(5 * minute - 1)
    expect(isRight(await verify(accessToken))).toBe(true)
    clock.at = later(5 * minute)
    expect(await verify(accessToken)).toEqual(left('expired_token'))
  })

  test('after a rotation, with the key that signed it', async () => {
    const { tokens, verify } = set()
    const { accessToken } = await succeed(tokens.issue(holder))
    await succeed(tokens.rotate())
    expect(isRight(await verify(accessToken))).toBe(true)
    expect(isRight(await verify((await succeed(tokens.issue(holder))).accessToken))).toBe(true)
  })

  test.each([
    ['another issuer', { iss: 'https://evil.example.org' }],
    ['no issuer', { iss: undefined }],
    ['another audience', { aud: 'https://other.example.org' }],
    ['no audience', { aud: undefined }],
    ['no expiry', { exp: undefined }],
    ['an expiry that is text', { exp: '9999999999' }],
    ['a future', { nbf: seconds(noon) + 60 }],
    ['no time of issue', { iat: undefined }],
    ['a time of issue that is to come', { iat: seconds(noon) + 61 }],
    ['a time of issue a year ahead', { iat: seconds(noon) + 31_536_000, exp: seconds(noon) + 31_536_300 }],
    ['a life of more than 20 minutes', { exp: seconds(noon) + 1_201 }],
    ['a life of years', { iat: seconds(noon) - 31_536_000, exp: seconds(noon) + 31_536_000 }],
    ['a life of more than 20 minutes, of which little is left', { iat: seconds(noon) - 1_200, exp: seconds(noon) + 1 }],
    ['no account', { sub: undefined }],
    ['an account that is none', { sub: 'admin' }],
    ['no session', { sid: undefined }],
    ['roles that are no list', { roles: 'admin' }],
    ['a claim that is an object', { claims: { a: {} } }],
    ['an elevation that is text', { elevated_until: 'ever' }],
    ['no id', { jti: undefined }],
  ])('not with %s', async (_what, changed) => expect(await verifyOwn(signedWith(own.privateKey, changed))).toEqual(left('invalid_token')))

  test.each([
    ['of another type', { typ: 'JWT' }],
    ['of no type', { typ: undefined }],
    ['by a key that is not shown', { kid: 'other' }],
    ['by a key without a name, even if there is only one', { kid: undefined }],
    ['by a key that it brings along', { kid: undefined, jwk: ownJwk }],
    ['with a critical extension', { crit: ['x'], x: 1 }],
    ['with another algorithm', { alg: 'ES256' }],
    ['with the name of the curve for algorithm', { alg: 'Ed25519' }],
  ])('not %s', async (_what, head) => expect(await verifyOwn(signedWith(own.privateKey, {}, head))).toEqual(left('invalid_token')))

  test('not if another key signed it under that name', async () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    expect(await verifyOwn(signedWith(privateKey))).toEqual(left('invalid_token'))
  })

  test('not if nobody signed it, or the public key was taken for a secret', async () => {
    for (const alg of ['none', 'None', 'HS256', 'EdDSA']) {
      const signed = `${encoded({ ...header, alg })}.${encoded(payload)}`
      const mac = createHmac('sha256', Buffer.from(ownJwk.x, 'base64url')).update(signed).digest('base64url')
      for (const signature of ['', mac]) expect(await verifyOwn(`${signed}.${signature}`)).toEqual(left('invalid_token'))
    }
  })

  test('not if a single sign of it was changed', async () => {
    const token = signedWith()
    for (let at = 0; at < token.length; at += 7) {
      if (token[at] === '.') continue
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
      expect(await verifyOwn(changed)).toEqual(left('invalid_token'))
    }
  })

  test.each(['', '.', '..', 'a.b.c', 'x', '{}', 'e30.e30.', 'null', `${'a'.repeat(1000)}.b.c`])('not if it is %j', async (token) =>
    expect(await verifyOwn(token)).toEqual(left('invalid_token')),
  )

  test('not while the keys cannot be had, and that is said', async () => {
    const failing = accessTokenVerifier({ issuer, audience, jwks: () => Promise.reject(new Error('down')), now: () => noon })
    expect(await failing(signedWith())).toEqual(left('keys_unavailable'))
  })

  test('against the keys of an address', async () => {
    let isUp = true
    const server = createServer((_request, response) => {
      response.writeHead(isUp ? 200 : 500, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ keys: [ownJwk] }))
    }).listen(0, '127.0.0.1')
    await new Promise((listening) => server.once('listening', listening))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/jwks.json`
    const remote = () => accessTokenVerifier({ issuer, audience, url, now: () => noon })
    try {
      const verify = remote()
      expect(isRight(await verify(signedWith()))).toBe(true)
      expect(await verify(signedWith(own.privateKey, {}, { kid: 'other' }))).toEqual(left('invalid_token'))
      expect(await verify(signedWith(own.privateKey, {}, { kid: undefined }))).toEqual(left('invalid_token'))
      isUp = false
      expect(isRight(await verify(signedWith()))).toBe(true)
      expect(await remote()(signedWith())).toEqual(left('keys_unavailable'))
    } finally {
      server.close()
    }
    expect(await remote()(signedWith())).toEqual(left('keys_unavailable'))
  })
})

describe('the guard of another service', () => {
  const service = async (more: { elevated?: boolean } = {}) => {
    const { tokens, clock, options } = set()
    const app = Fastify()
    app.get('/', { onRequest: createAccessTokenGuard({ ...options, ...more }) }, async (request) => ({ sub: accessTokenOf(request).sub }))
    const call = (authorization?: string) => app.inject({ url: '/', headers: authorization === undefined ? {} : { authorization } })
    return { tokens, clock, call }
  }

  test('lets a token in, and tells the handler whose it is', async () => {
    const { tokens, call } = await service()
    const answer = await call(`Bearer ${(await succeed(tokens.issue(holder))).accessToken}`)
    expect([answer.statusCode, answer.json()]).toEqual([200, { sub: holder.accountId }])
  })

  test('asks for one where there is none', async () => {
    const answer = await (await service()).call()
    expect([answer.statusCode, answer.headers['www-authenticate'], answer.json().code]).toEqual([401, 'Bearer', 'SESSION_REQUIRED'])
  })

  test('refuses what is none, without repeating it', async () => {
    const { call, tokens, clock } = await service()
    const { accessToken } = await succeed(tokens.issue(holder))
    clock.at = later(5 * minute)
    for (const shown of [
      `Bearer ${accessToken}`,
      'Bearer canary',
      'Basic canary',
      `${accessToken}`,
      'Bearer a.b.c',
      `Bearer a.b.${'c'.repeat(20_000)}`,
    ]) {
      const answer = await call(shown)
      expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([401, 'Bearer error="invalid_token"'])
      expect(answer.headers).toMatchObject({
        'content-type': expect.stringMatching(/^application\/problem\+json/),
        'cache-control': 'no-store',
      })
      expect(answer.body).not.toContain('canary')
    }
  })

  test('that wants an elevated session has one', async () => {
    const { call, tokens, clock } = await service({ elevated: true })
    const plain = await call(`Bearer ${(await succeed(tokens.issue(holder))).accessToken}`)
    expect([plain.statusCode, plain.json().code]).toEqual([403, 'ELEVATION_REQUIRED'])
    const { accessToken } = await succeed(tokens.issue({ ...holder, elevatedUntil: later(minute) }))
    expect((await call(`Bearer ${accessToken}`)).statusCode).toBe(200)
    clock.at = later(minute)
    expect((await call(`Bearer ${accessToken}`)).statusCode).toBe(401)
  })

  test('says 503 and lets nobody in while the keys cannot be had', async () => {
    const app = Fastify()
    const onRequest = createAccessTokenGuard({ issuer, audience, jwks: () => Promise.reject(new Error('down')), now: () => noon })
    app.get('/', { onRequest }, async () => 'in')
    const answer = await app.inject({ url: '/', headers: { authorization: `Bearer ${signedWith()}` } })
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '1'])
  })

  test('is needed for what it tells', async () => {
    const app = Fastify()
    app.get('/', async (request) => accessTokenOf(request))
    expect((await app.inject('/')).statusCode).toBe(500)
  })
})
