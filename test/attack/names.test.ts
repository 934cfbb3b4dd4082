import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { type InProcess, inProcess, setupToken } from '../support/server/in-process.ts'

/** Everything of an answer but its date. */
const octets = async (house: InProcess, email: string, password = 'not the password') => {
  const answer = await house.app.inject({
    method: 'POST',
    url: '/api/1/login',
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify({ email, password, transport: 'bearer' }),
  })
  const { date: _, ...headers } = answer.headers
  return JSON.stringify({ status: answer.statusCode, headers: Object.entries(headers), payload: answer.payload })
}

describe('whether somebody has an address', () => {
  let house: InProcess
  const at = Date.now()
  const known = 'known@example.org'
  const unknown = 'unknown@example.org'
  const disabled = 'disabled@example.org'
  const erased = 'erased@example.org'

  beforeAll(async () => {
    house = await inProcess({ outside: { wall: () => at } })
    const token = await house.elevated((await house.setUp(setupToken)).token)
    await house.register({ email: known })
    const barred = await house.register({ email: disabled })
    const gone = await house.register({ email: erased })
    await house.post(`/admin/accounts/${barred.accountId}/disable`, undefined, token)
    await house.del(`/admin/accounts/${gone.accountId}`, token)
  })
  afterAll(() => house.stop())

  test('cannot be told from the answer to a log-in, octet by octet, before the lock, at it and after it', async () => {
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      const expected = await octets(house, unknown)
      expect(expected).toContain(attempt <= 5 ? 'INVALID_CREDENTIALS' : 'LOCKED_OUT')
      for (const email of [known, disabled, erased]) expect(await octets(house, email), `${email}, attempt ${attempt}`).toBe(expected)
    }
  })

  test('nor, for whoever is barred or gone, with the right password', async () => {
    const strangers = await octets(house, 'another@example.org', person.password)
    const token = await house.elevated((await house.logIn({ email: 'root@example.org' })).token)
    const barred = await house.register({ email: 'barred@example.org' })
    const gone = await house.register({ email: 'gone@example.org' })
    await house.post(`/admin/accounts/${barred.accountId}/disable`, undefined, token)
    await house.del(`/admin/accounts/${gone.accountId}`, token)
    expect(await octets(house, 'barred@example.org', person.password)).toBe(strangers)
    expect(await octets(house, 'gone@example.org', person.password)).toBe(strangers)
  })
})
