import { createHash, createPublicKey, verify } from 'node:crypto'
import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { TokenHolder } from '../../../application/ports/access-tokens.ts'
import { instant } from '../../../domain/kernel/instant.ts'
import { newId } from '../../../infrastructure/ids/new-id.ts'
import { later, noon } from '../../support/domain/time.ts'
import { succeed } from '../sealing/support.ts'
import { audience, holder, issuer, minute, second, seconds, signer } from './support.ts'

const parts = (token: string) => {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>
  return { header: read(header), payload: read(payload), signed: `${header}.${payload}`, signature: Buffer.from(signature, 'base64url') }
}

describe('an access token', () => {
  test('is a JWT of the type at+jwt that says who, by which session, with what, and for how long', async () => {
    const { tokens } = signer()
    const { accessToken, expiresIn } = await succeed(tokens.issue(holder))
    const { header, payload } = parts(accessToken)
    const [key] = (await succeed(tokens.jwks())).keys
    expect(header).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: key?.kid })
    expect(payload).toEqual({
      iss: issuer,
      aud: audience,
      client_id: issuer,
      sub: holder.accountId,
      sid: holder.sessionId,
      roles: ['admin', 'editor'],
      claims: { publisher: true, level: 3, team: 'a' },
      amr: ['pwd', 'otp'],
      auth_time: seconds(noon) - 60,
      iat: seconds(noon),
      exp: seconds(noon) + 300,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    expect(expiresIn).toBe(300)
  })

  test('is signed as RFC 8037 has it: Node’s own Ed25519 verifies it with the published key', async () => {
    const { tokens } = signer()
    const { signed, signature } = parts((await succeed(tokens.issue(holder))).accessToken)
    const [jwk] = (await succeed(tokens.jwks())).keys
    const key = createPublicKey({ format: 'jwk', key: { ...jwk } })
    expect(verify(null, Buffer.from(signed), key, signature)).toBe(true)
    expect(verify(null, Buffer.from(`${signed}x`), key, signature)).toBe(false)
  })

  test('is another one each time', async () => {
    const { tokens } = signer()
    const ids = await Promise.all([1, 2, 3].map(async () => parts((await succeed(tokens.issue(holder))).accessToken).payload.jti))
    expect(new Set(ids).size).toBe(3)
  })

  const lifeOf = async (change: Partial<TokenHolder>, at = noon) => {
    const { tokens, clock } = signer()
    clock.at = at
    const { accessToken, expiresIn } = await succeed(tokens.issue({ ...holder, ...change }))
    const { payload } = parts(accessToken)
    expect(Number(payload.exp) - Number(payload.iat)).toBe(expiresIn)
    return { expiresIn, elevatedUntil: payload.elevated_until }
  }

  test.each([
    ['five minutes', {}, 300, undefined],
    ['fifteen minutes when just elevated', { elevatedUntil: later(15 * minute) }, 900, 900],
    ['no more than that, however long the elevation', { elevatedUntil: later(60 * minute) }, 900, 3600],
    ['as long as the elevation', { elevatedUntil: later(100 * second) }, 100, 100],
    ['five minutes after the elevation has ended', { elevatedUntil: later(0) }, 300, undefined],
    ['five minutes in the second in which it ends', { elevatedUntil: later(999) }, 300, undefined],
    ['no longer than the session', { endsAt: later(17 * second) }, 17, undefined],
    ['no longer than the elevated session', { elevatedUntil: later(15 * minute), endsAt: later(17 * second) }, 17, 900],
    ['not at all when the session ends', { endsAt: later(999) }, 0, undefined],
    ['never a negative time', { endsAt: later(-minute) }, 0, undefined],
  ])('lives %s', async (_how, change, expiresIn, elevatedUntil) => {
    const expected = elevatedUntil === undefined ? undefined : seconds(noon) + elevatedUntil
    expect(await lifeOf(change)).toEqual({ expiresIn, elevatedUntil: expected })
  })

  test('never outlives session or elevation by a part of a second', async () => {
    const at = instant(noon + 900)
    expect(await lifeOf({ endsAt: instant(at + 10 * second - 1) }, at)).toMatchObject({ expiresIn: 10 })
    expect(await lifeOf({ elevatedUntil: instant(at + 10 * second + 99) }, at)).toMatchObject({ expiresIn: 10 })
  })
})

describe('the keys', () => {
  const kids = async (tokens: ReturnType<typeof signer>['tokens']) => (await succeed(tokens.jwks())).keys.map(({ kid }) => kid)

  test('are published in their public half, named by their thumbprint', async () => {
    const { tokens } = signer()
    const { keys } = await succeed(tokens.jwks())
    expect(keys).toHaveLength(1)
    const [{ kid, x, ...rest } = { kid: '', x: '' }] = keys
    expect(rest).toEqual({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' })
    expect(kid).toBe(createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('base64url'))
  })

  test('are the same after a restart', async () => {
    const { tokens, again } = signer()
    expect(await kids(again())).toEqual(await kids(tokens))
  })

  test('are one for twenty who ask at once, in two processes', async () => {
    const { tokens, again, store } = signer()
    const other = again()
    const asked = await Promise.all(Array.from({ length: 20 }, (_, n) => kids(n % 2 === 0 ? tokens : other)))
    expect(new Set(asked.flat()).size).toBe(1)
    expect(await succeed(store.read('signingKeys-access'))).toHaveLength(1)
  })

  test('are rotated: the new one signs at once, and the old one is shown until what it signed has expired', async () => {
    const { tokens, again, clock } = signer()
    const other = again()
    const kidOf = async (of: typeof tokens) => parts((await succeed(of.issue(holder))).accessToken).header.kid
    const old = await kidOf(tokens)
    expect(await kidOf(other)).toBe(old)
    await succeed(tokens.rotate())
    const fresh = await kidOf(tokens)
    expect(fresh).not.toBe(old)
    expect(await kidOf(other)).toBe(fresh)
    expect(await kids(tokens)).toEqual([fresh, old])
    clock.at = later(20 * minute - 1)
    expect(await kids(tokens)).toEqual([fresh, old])
    clock.at = later(20 * minute)
    expect(await kids(tokens)).toEqual([fresh])
  })

  test('stand in the log with the private half sealed', async () => {
    const { tokens, store, again } = signer()
    await succeed(tokens.issue(holder))
    const [added] = await succeed(store.read('signingKeys-access'))
    expect(added?.data).toMatchObject({ privateKey: expect.stringMatching(/^access-tokens\.[A-Za-z0-9_-]{80,}$/) })
    const stranger = await again(Buffer.alloc(32, 9)).issue(holder)()
    expect(isLeft(stranger) && stranger.left.type).toBe('corrupt')
  })

  test('do not sign after the log has given the private half of one to the name of another', async () => {
    const { tokens, store, again } = signer()
    await succeed(tokens.issue(holder))
    await succeed(tokens.rotate())
    const added = (await succeed(store.read('signingKeys-access'))).filter(({ type }) => type === 'SigningKeyAdded')
    const [first, fresh] = added.map(({ data }) => data as { privateKey: string })
    const swapped = { ...fresh, privateKey: first?.privateKey }
    const metadata = { actor: 'system', correlationId: 'c', causationId: null }
    await succeed(
      store.append('signingKeys-access', 2, [{ eventId: newId(), type: 'SigningKeyAdded', version: 1, data: swapped, metadata }]),
    )
    const issued = await again().issue(holder)()
    expect(isLeft(issued) && issued.left).toEqual({ type: 'corrupt', detail: 'a signing key does not open' })
  })
})
