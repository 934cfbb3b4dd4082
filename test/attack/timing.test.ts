import { describe, expect, test } from 'vitest'
import type { InProcess } from '../support/server/start-test-server.ts'
import { bound, type Call, kinds, knownFromOthers, nameOf, populated, separationOf, warmUp } from './support/timing.ts'

const guessing =
  (app: InProcess): Call =>
  (kind, n) =>
    app.post('/login', { email: nameOf(kind, n), password: 'not the password', transport: 'bearer' })

const moderate = { ARGON2_MEMORY_KIB: '4096', ARGON2_TIME: '1' }

describe('how long a log-in takes', () => {
  test('does not tell known, unknown, disabled and invited names apart', async () => {
    const app = await populated({ env: { ...moderate, LOGIN_MAX_ATTEMPTS: '1000' } })
    try {
      const areas = await separationOf('log-in', guessing(app), knownFromOthers)
      for (const area of areas) expect(Math.abs(area - 0.5)).toBeLessThanOrEqual(bound)
    } finally {
      await app.stop()
    }
  }, 900_000)

  test('does not tell known, unknown, disabled and invited names apart while they are locked', async () => {
    const app = await populated({ env: { LOGIN_MAX_ATTEMPTS: '1', LOGIN_LOCKOUT_SECONDS: '86400', LOGIN_LOCKOUT_MAX_SECONDS: '86400' } })
    try {
      await warmUp(guessing(app))
      for (const kind of kinds) expect(await guessing(app)(kind, 0)).toMatchObject({ status: 429 })
      const areas = await separationOf('locked', guessing(app), knownFromOthers)
      for (const area of areas) expect(Math.abs(area - 0.5)).toBeLessThanOrEqual(bound)
    } finally {
      await app.stop()
    }
  }, 900_000)

  test('would tell known from unknown names without the dummy hash', async () => {
    const app = await populated({ env: { ...moderate, LOGIN_MAX_ATTEMPTS: '1000' }, hasher: { dummy: 'off' } })
    try {
      const [area = Number.NaN] = await separationOf('control without the dummy hash', guessing(app), [['known', 'unknown']])
      expect(area).toBeGreaterThan(0.75)
    } finally {
      await app.stop()
    }
  }, 900_000)
})
