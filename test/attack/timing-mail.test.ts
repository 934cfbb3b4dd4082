import { describe, expect, test } from 'vitest'
import { requestPasswordReset } from '../../application/passwords/reset-password.ts'
import { canonicalEmail } from '../../domain/account/email-address.ts'
import type { InProcess } from '../support/server/in-process.ts'
import { bound, type Call, knownFromOthers, nameOf, namesOfAKind, populated, tellApart } from './support/timing.ts'

/** So that every name is offered a link each time, and none was offered one lately. */
const offersApart = 300_000

const asking =
  (house: InProcess): Call =>
  (kind, n) => {
    house.advance(offersApart / namesOfAKind)
    return house.post('/password/reset', { email: nameOf(kind, n) })
  }

/** What follows at once waits for whatever the call still does. */
const askingAndLooking =
  (house: InProcess): Call =>
  async (kind, n) => {
    await asking(house)(kind, n)
    await house.get('/health/live')
  }

/** As if the answer waited for the mail. */
const waiting = (house: InProcess): Call => {
  const { dependencies } = house.gatebook
  const caller = { address: '192.0.2.7', network: '192.0.2.7', userAgent: null, correlationId: dependencies.newId() }
  return async (kind, n) => {
    house.advance(offersApart / namesOfAKind)
    const email = canonicalEmail(nameOf(kind, n))
    if (email._tag === 'Right') await requestPasswordReset(dependencies)(email.right, caller)()
  }
}

const registering =
  (house: InProcess): Call =>
  (kind, n) =>
    house.post('/register', { email: nameOf(kind, n), password: 'a long enough passphrase', transport: 'bearer' })

describe('how long it takes to ask for a link to reset a password', () => {
  test('does not tell known, unknown and disabled names apart', async () => {
    const house = await populated({})
    try {
      const areas = await tellApart('reset', asking(house), knownFromOthers)
      for (const area of areas) expect(Math.abs(area - 0.5)).toBeLessThanOrEqual(bound)
    } finally {
      await house.stop()
    }
  }, 900_000)

  test('leaves no trace in how long the next call takes', async () => {
    const house = await populated({})
    try {
      const areas = await tellApart('reset and the call after it', askingAndLooking(house), knownFromOthers)
      for (const area of areas) expect(Math.abs(area - 0.5)).toBeLessThanOrEqual(bound)
    } finally {
      await house.stop()
    }
  }, 900_000)

  test('would tell known from unknown names if the answer waited for the mail', async () => {
    const house = await populated({})
    try {
      const [area = Number.NaN] = await tellApart('control that waits for the mail', waiting(house), [['known', 'unknown']])
      expect(area).toBeGreaterThan(0.75)
    } finally {
      await house.stop()
    }
  }, 900_000)
})

describe('how long a registration takes', () => {
  test('does not tell taken from free addresses where the address is verified', async () => {
    const house = await populated({ env: { REGISTRATION: 'verified' } })
    try {
      const areas = await tellApart('verified registration', registering(house), knownFromOthers)
      for (const area of areas) expect(Math.abs(area - 0.5)).toBeLessThanOrEqual(bound)
    } finally {
      await house.stop()
    }
  }, 900_000)
})
