import { describe, expect, test } from 'vitest'
import type { AccountId } from '../../../../domain/kernel/ids.ts'
import {
  type LegacyFault,
  legacyPasswords,
  type VerifyLegacyPassword,
} from '../../../../infrastructure/hashing/imported/legacy-passwords.ts'

const claimed = { email: 'ada@example.org', password: 'correct horse', accountId: '00000000-0000-4000-8000-000000000001' as AccountId }

const asked = async (verify: VerifyLegacyPassword | undefined, limit = 5_000) => {
  const faults: LegacyFault[] = []
  const matched = await legacyPasswords(verify, (fault) => faults.push(fault), limit)(claimed)()
  return { matched, faults }
}

describe('the former system', () => {
  test('is told the address, the password and the account', async () => {
    expect(await asked((given) => JSON.stringify(given) === JSON.stringify(claimed))).toEqual({ matched: true, faults: [] })
  })
  test('says no', async () => expect(await asked(async () => false)).toEqual({ matched: false, faults: [] }))
  test('fails closed where there is none', async () =>
    expect(await asked(undefined)).toEqual({ matched: false, faults: ['not_configured'] }))

  test.each([
    ['a rejection', async () => Promise.reject(new Error(claimed.password))],
    [
      'an exception',
      () => {
        throw new Error(claimed.password)
      },
    ],
    ['anything that is no boolean', () => 'yes' as never],
    ['a truthy object', () => ({ valid: false }) as never],
    ['nothing', () => undefined as never],
  ])('fails closed at %s', async (_, verify) => {
    expect(await asked(verify)).toEqual({ matched: false, faults: ['failed'] })
  })

  test('fails closed when it hangs, and a later yes is too late', async () => {
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 50))
    expect(await asked(() => late, 10)).toEqual({ matched: false, faults: ['timed_out'] })
    expect(await late).toBe(true)
  })
})
