import { afterEach, describe, expect, test } from 'vitest'
import { person } from '../support/server/client.ts'
import { type InProcess, startTestServer } from '../support/server/start-test-server.ts'

const office = '192.0.2.50'
const rate = 6

describe('an address that many people share', () => {
  let app: InProcess
  const start = async () => {
    app = await startTestServer({ env: { LOGIN_RATE_PER_MINUTE: String(rate), LOGIN_MAX_ATTEMPTS: '100' } })
    for (let n = 0; n < 20; n += 1) {
      const body = { email: `p${n}@example.org`, password: person.password, transport: 'bearer' }
      expect((await app.send({ method: 'POST', path: '/register', body, address: `192.0.2.${n}` })).status).toBe(201)
    }
  }
  afterEach(() => app.stop())

  const logIn = async (n: number, password = person.password) => {
    const body = { email: `p${n}@example.org`, password, transport: 'bearer' }
    return (await app.send({ method: 'POST', path: '/login', body, address: office })).status
  }

  test('lets everybody log in who has the right password', async () => {
    await start()
    for (let n = 0; n < 20; n += 1) expect(await logIn(n)).toBe(200)
    expect(await Promise.all(Array.from({ length: rate }, (_, n) => logIn(n)))).toEqual(Array.from({ length: rate }, () => 200))
  })

  test('has no more wrong guesses than without them, however right ones are mixed in', async () => {
    await start()
    let wrong = 0
    for (let n = 0; n < 20; n += 1) {
      await logIn(n)
      if ((await logIn(n, 'not the password')) === 401) wrong += 1
    }
    expect(wrong).toBe(rate)
    expect(await logIn(0)).toBe(429)
  })

  test('gives one account back no more than the rate, because a right password costs work too', async () => {
    await start()
    let right = 0
    for (let n = 0; n < 5 * rate; n += 1) if ((await logIn(7)) === 200) right += 1
    expect(right).toBe(2 * rate)
  })
})
