import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fingerprint } from '../../domain/kernel/ids.ts'
import { type Key, keysIn, newKey } from '../support/server/identity-key.ts'
import { mustBe } from '../support/server/second-factor.ts'
import { type InProcess, setupToken, startTestServer } from '../support/server/start-test-server.ts'

describe('whether somebody has a key', () => {
  let server: InProcess
  let keys: ReturnType<typeof keysIn>
  const at = Date.now()
  const names: Record<string, Key> = {}
  const unknown = newKey()

  beforeAll(async () => {
    server = await startTestServer({ hooks: { wall: () => at } })
    keys = keysIn(server)
    const token = await server.elevated((await server.setUp(setupToken)).token)
    for (const name of ['known', 'disabled', 'erased', 'unlinked']) names[name] = newKey()
    const { known, disabled, erased, unlinked } = names as Record<string, Key>
    for (const key of [known, disabled, erased]) {
      const { accountId } = mustBe(201, await keys.introduce(key as Key))
      if (key === disabled) await server.post(`/admin/accounts/${accountId}/disable`, undefined, token)
      if (key === erased) await server.del(`/admin/accounts/${accountId}`, token)
    }
    const somebody = await server.register()
    const elevated = await server.elevated(somebody.token)
    mustBe(201, await keys.link(unlinked as Key, somebody.accountId, elevated))
    mustBe(204, await server.del(`/me/identities/${unlinked?.fingerprint}`, elevated))
  })
  afterAll(() => server.stop())

  /** The whole response without its date. */
  const octets = async (fingerprint: Fingerprint, challenge: string, signature: string) => {
    const answer = await server.app.inject({
      method: 'POST',
      url: `/api/1/identities/${fingerprint}/login`,
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify({ challenge, signature, transport: 'bearer' }),
    })
    const { date: _, ...headers } = answer.headers
    return JSON.stringify({ status: answer.statusCode, headers: Object.entries(headers), payload: answer.payload })
  }
  const wrongly = async ({ fingerprint }: Key) =>
    octets(fingerprint, await keys.challengeFor(fingerprint), unknown.signs({ purpose: 'introduction' }))
  const rightly = async (key: Key) => {
    const challenge = await keys.challengeFor(key.fingerprint)
    return octets(key.fingerprint, challenge, key.signs({ purpose: 'login', challenge }))
  }

  test('cannot be told from the answer to a right signature of a key that is barred, gone or unlinked', async () => {
    const expected = await rightly(newKey())
    expect(expected).toContain('INVALID_CREDENTIALS')
    for (const name of ['disabled', 'erased', 'unlinked']) expect(await rightly(names[name] as Key), name).toBe(expected)
  })

  test('nor from a challenge', async () => {
    const shapes = await Promise.all(
      [unknown, ...Object.values(names)].map(async ({ fingerprint }) => (await keys.challengeFor(fingerprint)).length),
    )
    expect(new Set(shapes)).toEqual(new Set([54]))
  })

  test('nor from wrong signatures, octet by octet, before the lock, at it and after it', async () => {
    names.another = newKey()
    mustBe(201, await keys.introduce(names.another))
    const stranger = newKey()
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      const expected = await wrongly(stranger)
      expect(expected).toContain(attempt <= 5 ? 'INVALID_CREDENTIALS' : 'LOCKED_OUT')
      for (const name of ['known', 'another']) expect(await wrongly(names[name] as Key), `${name}, attempt ${attempt}`).toBe(expected)
    }
    expect(await rightly(names.known as Key)).toContain('LOCKED_OUT')
  })

  test('a challenge of another key, and a signature for another purpose or service, are wrong', async () => {
    const key = newKey()
    mustBe(201, await keys.introduce(key))
    const { fingerprint } = key
    const own = await keys.challengeFor(fingerprint)
    const others = await keys.challengeFor(unknown.fingerprint)
    const tries: readonly (readonly [string, string])[] = [
      [others, key.signs({ purpose: 'login', challenge: others })],
      [own, key.signs({ purpose: 'login', challenge: own, origin: 'https://elsewhere.example' })],
      [own, key.signs({ purpose: 'introduction' })],
      ['AAAB', key.signs({ purpose: 'login', challenge: 'AAAB' })],
    ]
    for (const [challenge, signature] of tries) expect((await keys.logInWith(fingerprint, challenge, signature)).status).toBe(401)
    expect((await keys.logInWith(fingerprint, own, key.signs({ purpose: 'login', challenge: own }))).status).toBe(200)
  })

  test('a device that is known stays apart from strangers, who lock only themselves', async () => {
    const key = newKey()
    const body = { publicKey: key.publicKey, signature: key.signs({ purpose: 'introduction' }) }
    const begun = await server.send({ method: 'POST', path: '/identities', body, origin: 'http://localhost:1984' })
    const device = [begun.headers['set-cookie']]
      .flat()
      .map(String)
      .find((cookie) => cookie.startsWith('__Host-gatebook-device='))
    for (let n = 0; n < 6; n++) await wrongly(key)
    expect(await rightly(key)).toContain('LOCKED_OUT')
    const challenge = await keys.challengeFor(key.fingerprint)
    const answer = await server.send({
      method: 'POST',
      path: `/identities/${key.fingerprint}/login`,
      body: { challenge, signature: key.signs({ purpose: 'login', challenge }), transport: 'bearer' },
      headers: { cookie: String(device).split(';')[0] ?? '' },
      origin: 'http://localhost:1984',
    })
    expect(answer.status).toBe(200)
  })
})
