import { left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { later } from '../../support/domain/time.ts'
import { countOf, typesOf, wholeLog } from '../../support/test-app/log.ts'
import { refusalOf, succeed } from '../../support/test-app/outcomes.ts'
import { ada, address, guess, loggingIn, loginStreamOf, password, registering, wrongPassword } from '../../support/test-app/people.ts'
import { openTestApp } from '../../support/test-app.ts'

const wrong = left({ type: 'invalid_credentials' })
const lockedUntil = (milliseconds: number) => left({ type: 'locked_out', until: later(milliseconds) })
const nobody = address('nobody')

describe('the lockout', () => {
  test('checks five wrong passwords and refuses the sixth, for a known and an unknown name with the same values', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    const outcomes = await guess(app, 7)
    expect(outcomes).toEqual([wrong, wrong, wrong, wrong, wrong, lockedUntil(60_000), lockedUntil(60_000)])
    expect(await guess(app, 7, nobody)).toEqual(outcomes)
    const types = await typesOf(app, loginStreamOf(app))
    expect(types.slice(-3)).toEqual(['LoginAttempted', 'PasswordRejected', 'LoginLocked'])
    expect(await typesOf(app, loginStreamOf(app, nobody))).toEqual(types)
  })

  test('refuses a locked name without any hash call and without an event, known or unknown, the right password included', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    await guess(app, 5)
    await guess(app, 5, nobody)
    const before = { hashCalls: app.counts.hashCalls, events: (await wholeLog(app)).length }
    for (let n = 0; n < 10; n++) {
      expect(await loggingIn(app)()).toEqual(lockedUntil(60_000))
      expect(await loggingIn(app, nobody)()).toEqual(lockedUntil(60_000))
    }
    expect({ hashCalls: app.counts.hashCalls, events: (await wholeLog(app)).length }).toEqual(before)
  })

  test('holds on every node and across a restart', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    await guess(app, 5)
    expect(await loggingIn(await app.restart())()).toEqual(lockedUntil(60_000))
  })

  test('counts over all nodes together', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    const other = await app.restart()
    await guess(app, 3)
    await guess(other, 2)
    expect(await loggingIn(app)()).toEqual(lockedUntil(60_000))
  })

  test('ends by itself, to the millisecond', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    await guess(app, 5)
    app.clock.set(later(59_999))
    expect(await loggingIn(app)()).toEqual(lockedUntil(60_000))
    app.clock.set(later(60_000))
    await succeed(loggingIn(app))
  })

  test('is twice as long the next time, up to its maximum, and as at first after a right password', async () => {
    const app = await openTestApp({ lockout: { lockout: 60_000, lockoutMax: 200_000 } })
    await succeed(registering(app))
    for (const seconds of [60, 120, 200, 200]) {
      await guess(app, 5)
      const start = app.clock.now()
      expect(await refusalOf(loggingIn(app))).toEqual({ type: 'locked_out', until: start + seconds * 1000 })
      app.clock.advance(seconds * 1000)
    }
    await succeed(loggingIn(app))
    await guess(app, 5)
    expect(await refusalOf(loggingIn(app))).toEqual({ type: 'locked_out', until: app.clock.now() + 60_000 })
  })

  test('counts from the beginning after a right password', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    for (let round = 0; round < 3; round++) {
      expect(await guess(app, 4)).toEqual([wrong, wrong, wrong, wrong])
      await succeed(loggingIn(app))
    }
    expect(await countOf(app, 'LoginLocked')).toBe(0)
  })

  test('touches one name only', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    await guess(app, 6, nobody)
    await succeed(loggingIn(app))
  })

  test('comes for an unknown name also when each guess would open another account', async () => {
    const app = await openTestApp()
    await succeed(registering(app))
    for (let n = 0; n < 4; n++) await loggingIn(app, nobody, password)()
    await loggingIn(app, ada, wrongPassword)()
    expect(await loggingIn(app, nobody, password)()).toEqual(wrong)
    expect(await loggingIn(app, nobody, password)()).toEqual(lockedUntil(60_000))
  })
})
