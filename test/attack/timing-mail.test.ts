import { describe, expect, test } from 'vitest'
import { requestPasswordReset } from '../../application/passwords/reset-password.ts'
import { emailAddress } from '../support/domain/email-address.ts'
import type { InProcess } from '../support/server/start-test-server.ts'
import { bound, type Call, knownFromOthers, nameOf, namesOfAKind, populated, separationOf } from './support/timing.ts'

/** How long until a name may be sent a link again, in milliseconds. */
const offersApart = 300_000

const asking =
  (app: InProcess): Call =>
  (kind, n) => {
    app.advance(offersApart / namesOfAKind)
    return app.post('/password/reset', { email: nameOf(kind, n) })
  }

/** Times the next call too: it waits for what the first one left to do. */
const askingAndLooking =
  (app: InProcess): Call =>
  async (kind, n) => {
    await asking(app)(kind, n)
    await app.get('/health/live')
  }

/** A control: the response waits for the mail. */
const waiting = (app: InProcess): Call => {
  const { ports } = app.gatebook
  const caller = {
    address: '192.0.2.7',
    networks: ['192.0.2.7'] as const,
    userAgent: null,
    device: null,
    correlationId: ports.journal.newId(),
  }
  return async (kind, n) => {
    app.advance(offersApart / namesOfAKind)
    await requestPasswordReset(ports)(emailAddress(nameOf(kind, n)), caller)()
  }
}

const registering =
  (app: InProcess): Call =>
  (kind, n) => {
    app.advance(offersApart / namesOfAKind)
    return app.post('/register', { email: nameOf(kind, n), transport: 'bearer' })
  }

describe('how long it takes to ask for a link to reset a password', () => {
  test('does not tell known, unknown and disabled names apart', async () => {
    const app = await populated({})
    try {
      const areas = await separationOf('reset', asking(app), knownFromOthers)
      for (const area of areas) expect(Math.abs(area - 0.5)).toBeLessThanOrEqual(bound)
    } finally {
      await app.stop()
    }
  }, 900_000)

  test('leaves no trace in how long the next call takes', async () => {
    const app = await populated({})
    try {
      const areas = await separationOf('reset and the call after it', askingAndLooking(app), knownFromOthers)
      for (const area of areas) expect(Math.abs(area - 0.5)).toBeLessThanOrEqual(bound)
    } finally {
      await app.stop()
    }
  }, 900_000)

  test('would tell known from unknown names if the answer waited for the mail', async () => {
    const app = await populated({})
    try {
      const [area = Number.NaN] = await separationOf('control that waits for the mail', waiting(app), [['known', 'unknown']])
      expect(area).toBeGreaterThan(0.75)
    } finally {
      await app.stop()
    }
  }, 900_000)
})

describe('how long a registration takes', () => {
  test('does not tell taken from free addresses where the address is verified', async () => {
    const app = await populated({ env: { REGISTRATION: 'verified' } })
    try {
      const areas = await separationOf('verified registration', registering(app), knownFromOthers)
      for (const area of areas) expect(Math.abs(area - 0.5)).toBeLessThanOrEqual(bound)
    } finally {
      await app.stop()
    }
  }, 900_000)
})
