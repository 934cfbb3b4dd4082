import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { callerAddress } from '../../../api/protection/address.ts'
import { rateLimit } from '../../../api/protection/rate-limit.ts'
import { type Network, parseNetwork } from '../../../application/network.ts'
import { sampleServer } from '../http/sample.ts'

describe('a limit', () => {
  test('lets no more through than its rate, however calls are spread', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 300 }), (perMinute, waits) => {
        let at = 0
        const limit = rateLimit({ budget: perMinute, now: () => at })
        let passed = 0
        for (const wait of waits) {
          at += wait
          if (limit('192.0.2.1') === undefined) passed += 1
        }
        expect(passed).toBeLessThanOrEqual(perMinute + Math.floor((at * perMinute) / 60_000) + 1)
      }),
    )
  })

  test('lets its whole budget through at once, then names the wait, and keeps to it', () => {
    let at = 1000
    const limit = rateLimit({ budget: 30, now: () => at })
    expect(Array.from({ length: 30 }, () => limit('a')).every((wait) => wait === undefined)).toBe(true)
    expect(limit('a')).toBe(2)
    at += 2000
    expect(limit('a')).toBeUndefined()
    expect(limit('a')).toBe(2)
  })

  test('is not escaped by calling from many other addresses', () => {
    const limit = rateLimit({ budget: 2, now: () => 0, slots: 64 })
    limit('me')
    limit('me')
    for (let other = 0; other < 10_000; other += 1) limit(`other-${other}`)
    expect(limit('me')).toBeGreaterThan(0)
  })

  test('is not spent by a key that shares one of its two slots', () => {
    const slots = 64
    for (let round = 0; round < 20; round += 1) {
      const limit = rateLimit({ budget: 10, now: () => 0, slots })
      for (let n = 0; n < 10; n += 1) limit('busy')
      expect(limit('busy')).toBeGreaterThan(0)
      // One of 64 shares a given slot, one of 4,096 both.
      const refused = Array.from({ length: 200 }, (_, n) => `other-${round}-${n}`).filter((other) => {
        const wait = limit(other)
        if (wait === undefined) limit.giveBack(other)
        return wait !== undefined
      })
      expect(refused.length).toBeLessThan(4)
    }
  })

  test('gives back exactly what was taken, and never more than that', () => {
    const calls = fc.array(
      fc.record({ key: fc.constantFrom('a', 'b', 'c'), wait: fc.integer({ min: 0, max: 900 }), isRight: fc.boolean() }),
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), calls, (perMinute, calls) => {
        let at = 1_000_000
        const [limit, wrongOnly] = [rateLimit({ budget: perMinute, now: () => at }), rateLimit({ budget: perMinute, now: () => at })]
        for (const { key, wait, isRight } of calls) {
          at += wait
          const passed = limit(key) === undefined
          if (isRight && passed) limit.giveBack(key)
          if (isRight) continue
          expect(passed).toBe(wrongOnly(key) === undefined)
        }
      }),
    )
  })

  test('of nothing is none', () => {
    const limit = rateLimit({ budget: 0, now: () => 0 })
    expect(Array.from({ length: 1000 }, () => limit('a')).filter((wait) => wait !== undefined)).toEqual([])
  })
})

describe('the limits of an address', () => {
  const proxied = callerAddress([parseNetwork('127.0.0.1') as Network])
  const server = (general: number, password: number) => {
    const app = sampleServer({ limits: { general, password }, callerAddress: proxied, now: () => 0 })
    return async (url: string, from: string) => {
      const payload = url === '/api/1/login' ? { email: 'a', password: 'wrong', transport: 'bearer' } : undefined
      return app.inject({ method: 'POST', url, headers: { 'x-forwarded-for': from }, ...(payload === undefined ? {} : { payload }) })
    }
  }

  test('refuse with the seconds to wait, in the header and in the body', async () => {
    const call = server(0, 2)
    await call('/api/1/login', '192.0.2.1')
    await call('/api/1/login', '192.0.2.1')
    const refused = await call('/api/1/login', '192.0.2.1')
    expect([refused.statusCode, refused.json().code, refused.json().retryAfter, refused.headers['retry-after']]).toEqual([
      429,
      'RATE_LIMITED',
      30,
      '30',
    ])
    expect((await call('/api/1/login', '192.0.2.2')).statusCode).toBe(401)
  })

  test('hold for a whole /64', async () => {
    const call = server(0, 1)
    await call('/api/1/login', '2001:db8::1')
    expect((await call('/api/1/login', '2001:db8::2')).statusCode).toBe(429)
    expect((await call('/api/1/login', '2001:db8:0:1::2')).statusCode).toBe(401)
  })

  test('are four times as wide for a /56, sixteen times for a /48, and end there', async () => {
    const call = server(0, 1)
    const from = async (prefix: (n: number) => string, tries: number) => {
      let checked = 0
      for (let n = 0; n < tries; n += 1) {
        if ((await call('/api/1/login', prefix(n))).statusCode === 401) checked += 1
      }
      return checked
    }
    expect(await from((n) => `2001:db8:1:${n.toString(16)}::1`, 20)).toBe(4)
    expect(await from((n) => `2001:db8:1:${(n + 1).toString(16)}00::1`, 40)).toBe(12)
    expect((await call('/api/1/login', '2001:db8:2::1')).statusCode).toBe(401)
  })

  test('for passwords leave other calls alone', async () => {
    const call = server(0, 1)
    await call('/api/1/login', '192.0.2.1')
    await call('/api/1/login', '192.0.2.1')
    expect((await call('/api/1/logout', '192.0.2.1')).statusCode).toBe(204)
  })

  test('count what is not there', async () => {
    const call = server(1, 0)
    expect((await call('/api/1/nowhere', '192.0.2.1')).statusCode).toBe(404)
    expect((await call('/api/1/nowhere', '192.0.2.1')).statusCode).toBe(429)
  })
})
