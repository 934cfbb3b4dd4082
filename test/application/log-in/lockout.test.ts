import { left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { later } from '../../support/domain/time.ts'
import { countOf, typesOf, wholeLog } from '../../support/world/log.ts'
import { refusalOf, succeed } from '../../support/world/outcomes.ts'
import { ada, address, guess, loggingIn, loginStreamOf, password, registering, wrongPassword } from '../../support/world/people.ts'
import { openHouse } from '../../support/world.ts'

const wrong = left({ type: 'invalid_credentials' })
const lockedUntil = (milliseconds: number) => left({ type: 'locked_out', until: later(milliseconds) })
const nobody = address('nobody')

describe('the lockout', () => {
  test('checks five wrong passwords and refuses the sixth, for a known and an unknown name with the same values', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    const outcomes = await guess(house, 7)
    expect(outcomes).toEqual([wrong, wrong, wrong, wrong, wrong, lockedUntil(60_000), lockedUntil(60_000)])
    expect(await guess(house, 7, nobody)).toEqual(outcomes)
    const types = await typesOf(house, loginStreamOf(house))
    expect(types.slice(-3)).toEqual(['LoginAttempted', 'PasswordRejected', 'LoginLocked'])
    expect(await typesOf(house, loginStreamOf(house, nobody))).toEqual(types)
  })

  test('refuses a locked name without any hash call and without an event, known or unknown, the right password included', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    await guess(house, 5)
    await guess(house, 5, nobody)
    const before = { hashCalls: house.counts.hashCalls, events: (await wholeLog(house)).length }
    for (let n = 0; n < 10; n++) {
      expect(await loggingIn(house)()).toEqual(lockedUntil(60_000))
      expect(await loggingIn(house, nobody)()).toEqual(lockedUntil(60_000))
    }
    expect({ hashCalls: house.counts.hashCalls, events: (await wholeLog(house)).length }).toEqual(before)
  })

  test('holds on every node and across a restart', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    await guess(house, 5)
    expect(await loggingIn(await house.restart())()).toEqual(lockedUntil(60_000))
  })

  test('counts over all nodes together', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    const other = await house.restart()
    await guess(house, 3)
    await guess(other, 2)
    expect(await loggingIn(house)()).toEqual(lockedUntil(60_000))
  })

  test('ends by itself, to the millisecond', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    await guess(house, 5)
    house.clock.set(later(59_999))
    expect(await loggingIn(house)()).toEqual(lockedUntil(60_000))
    house.clock.set(later(60_000))
    await succeed(loggingIn(house))
  })

  test('is twice as long the next time, up to its maximum, and as at first after a right password', async () => {
    const house = await openHouse({ lockout: { lockout: 60_000, lockoutMax: 200_000 } })
    await succeed(registering(house))
    for (const seconds of [60, 120, 200, 200]) {
      await guess(house, 5)
      const start = house.clock.now()
      expect(await refusalOf(loggingIn(house))).toEqual({ type: 'locked_out', until: start + seconds * 1000 })
      house.clock.advance(seconds * 1000)
    }
    await succeed(loggingIn(house))
    await guess(house, 5)
    expect(await refusalOf(loggingIn(house))).toEqual({ type: 'locked_out', until: house.clock.now() + 60_000 })
  })

  test('counts from the beginning after a right password', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    for (let round = 0; round < 3; round++) {
      expect(await guess(house, 4)).toEqual([wrong, wrong, wrong, wrong])
      await succeed(loggingIn(house))
    }
    expect(await countOf(house, 'LoginLocked')).toBe(0)
  })

  test('touches one name only', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    await guess(house, 6, nobody)
    await succeed(loggingIn(house))
  })

  test('comes for an unknown name also when each guess would open another account', async () => {
    const house = await openHouse()
    await succeed(registering(house))
    for (let n = 0; n < 4; n++) await loggingIn(house, nobody, password)()
    await loggingIn(house, ada, wrongPassword)()
    expect(await loggingIn(house, nobody, password)()).toEqual(wrong)
    expect(await loggingIn(house, nobody, password)()).toEqual(lockedUntil(60_000))
  })
})
