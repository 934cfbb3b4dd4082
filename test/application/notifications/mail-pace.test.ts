import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mailPace } from '../../../application/notifications/mail-pace.ts'
import { settableClock } from '../../../infrastructure/clock/settable-clock.ts'
import { blindIndex } from '../../support/domain/ids.ts'
import { noon } from '../../support/domain/time.ts'

const pause = 300_000

test('however requests follow each other, no address gets two mails of a kind within five minutes', () => {
  const request = fc.record({
    page: fc.constantFrom('reset' as const, 'register' as const),
    who: fc.integer({ min: 1, max: 3 }),
    wait: fc.oneof(fc.nat(pause), fc.constantFrom(0, pause - 1, pause)),
    takes: fc.oneof(fc.constant(0), fc.nat(3 * pause)),
    isDelivered: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(request, { maxLength: 60 }), (requests) => {
      const clock = settableClock(noon)
      const pace = mailPace(clock.now)
      const delivered = new Map<string, number>()
      for (const { page, who, wait, takes, isDelivered } of requests) {
        clock.advance(wait)
        const last = delivered.get(`${page}${who}`) ?? Number.NEGATIVE_INFINITY
        const isDue = clock.now() - last >= pause
        expect(pace.begin(page, blindIndex(who))).toBe(isDue)
        if (!isDue) continue
        clock.advance(takes)
        expect(pace.begin(page, blindIndex(who))).toBe(false)
        if (isDelivered) {
          pace.delivered(page, blindIndex(who))
          delivered.set(`${page}${who}`, clock.now())
        } else pace.giveBack(page, blindIndex(who))
      }
    }),
  )
})

test('remembers 20,000 addresses, and then forgets the oldest', () => {
  const pace = mailPace(settableClock(noon).now)
  for (let n = 1; n <= 20_000; n += 1) expect(pace.begin('register', blindIndex(n))).toBe(true)
  for (const n of [1, 10_000, 20_000]) expect(pace.begin('register', blindIndex(n))).toBe(false)
  expect(pace.begin('register', blindIndex(20_001))).toBe(true)
  expect(pace.begin('register', blindIndex(2))).toBe(false)
  expect(pace.begin('register', blindIndex(1))).toBe(true)
})
