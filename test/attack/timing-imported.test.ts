import { hash } from 'bcrypt'
import { describe, expect, test } from 'vitest'
import { importAccount } from '../../application/importing/import-account.ts'
import type { SystemActor } from '../../domain/kernel/ids.ts'
import type { HasherOptions } from '../../infrastructure/hashing/argon2-password-hasher.ts'
import { emailAddress } from '../support/domain/email-address.ts'
import type { InProcess } from '../support/server/start-test-server.ts'
import { succeed } from '../support/test-app/outcomes.ts'
import { bound, type Call, nameOf, namesOfAKind, populated, separationOf } from './support/timing.ts'

const guessing =
  (app: InProcess): Call =>
  (kind, n) =>
    app.post('/login', { email: nameOf(kind, n), password: 'not the password', transport: 'bearer' })

const moderate = { ARGON2_MEMORY_KIB: '4096', ARGON2_TIME: '1', LOGIN_MAX_ATTEMPTS: '1000' }

const pairs = [
  ['imported', 'unknown'],
  ['imported', 'known'],
  ['known', 'unknown'],
] as const

/** One half of them has one kind of hash, the other another one. */
const withImported = async (hasher: Partial<HasherOptions> = {}) => {
  const app = await populated({ env: moderate, hasher })
  const caller = { address: '192.0.2.7', networks: ['192.0.2.7'] as const, userAgent: null, device: null, correlationId: 'import' }
  for (let n = 0; n < namesOfAKind; n += 1) {
    const passwordHash = await hash('the password', 8 + (n % 2))
    const account = { email: emailAddress(nameOf('imported', n)), passwordHash, emailVerified: true, totpSecret: null }
    const imported = { ...account, roles: [], claims: {}, isDisabled: false }
    await succeed(importAccount(app.gatebook.ports)(imported, { actor: 'system:import' as SystemActor, dryRun: null }, caller))
  }
  return app
}

describe('how long a log-in takes after an import', () => {
  test('does not tell imported, known and unknown names apart', async () => {
    const app = await withImported()
    try {
      const areas = await separationOf('log-in after an import', guessing(app), pairs)
      for (const area of areas) expect(Math.abs(area - 0.5)).toBeLessThanOrEqual(bound)
    } finally {
      await app.stop()
    }
  }, 900_000)

  test('would tell them apart if only imported accounts paid for their hashes', async () => {
    const app = await withImported({ dummy: 'no-kinds' })
    try {
      const [area = Number.NaN] = await separationOf('control without the kinds', guessing(app), pairs)
      expect(area).toBeGreaterThan(0.75)
    } finally {
      await app.stop()
    }
  }, 900_000)
})
