import fc from 'fast-check'
import { left } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { dataKeyStream } from '../../../domain/kernel/streams.ts'
import { openDerive } from '../../../infrastructure/sealing/keys/derivation-key.ts'
import { openIndexKey } from '../../../infrastructure/sealing/keys/index-key.ts'
import { rotateMasterKey } from '../../../infrastructure/sealing/rotation/rotate-master-key.ts'
import { sealingVault } from '../../../infrastructure/sealing/vault.ts'
import { anyCharacter } from '../../support/domain/any-character.ts'
import { ada, masterKey, newNeeds, otherMasterKey, succeed } from './support.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const opened = async () => {
  const needs = { ...newNeeds(), masterKey }
  await succeed(openIndexKey(needs))
  return { needs, derive: await succeed(openDerive(needs)) }
}

describe('what is derived', () => {
  test('is 32 bytes, and the same after a restart', async () => {
    const { needs, derive } = await opened()
    const again = await succeed(openDerive(needs))
    expect(derive('totp', ada, 'salt')).toHaveLength(32)
    expect(hex(again('totp', ada, 'salt'))).toBe(hex(derive('totp', ada, 'salt')))
  })

  test('is the same under another master key, after a rotation', async () => {
    const { needs, derive } = await opened()
    await succeed(rotateMasterKey({ ...needs, from: masterKey, to: otherMasterKey }))
    const moved = await succeed(openDerive({ ...needs, masterKey: otherMasterKey }))
    expect(hex(moved('totp', ada, 'salt'))).toBe(hex(derive('totp', ada, 'salt')))
    expect(await openDerive(needs)()).toEqual(left({ type: 'wrong_master_key' }))
  })

  test('is another in another log, even under the same master key', async () => {
    const [one, other] = await Promise.all([opened(), opened()])
    expect(hex(one.derive('totp', ada))).not.toBe(hex(other.derive('totp', ada)))
  })

  test('is the same for two processes that open a log at once', async () => {
    const needs = { ...newNeeds(), masterKey }
    await succeed(openIndexKey(needs))
    const [one, other] = await Promise.all([1, 2].map(() => succeed(openDerive(needs))))
    expect(hex(one?.('totp', ada) ?? Buffer.of(1))).toBe(hex(other?.('totp', ada) ?? Buffer.of(2)))
  })

  test('differs for any two different lists, and is the same for the same', async () => {
    const { derive } = await opened()
    const part = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 6 }),
      fc.constantFrom('', 'a', 'ab', 'b', ':', '\0', '\0\0\0\u0001', 'totp'),
    )
    const list = fc.tuple(
      fc.constantFrom('totp' as const, 'recovery' as const, 'recovery_code_hash' as const),
      fc.array(part, { maxLength: 4 }),
    )
    fc.assert(
      fc.property(list, list, ([purpose, parts], [otherPurpose, others]) => {
        const same = JSON.stringify([purpose, parts]) === JSON.stringify([otherPurpose, others])
        expect(hex(derive(purpose, ...parts)) === hex(derive(otherPurpose, ...others))).toBe(same)
      }),
      { numRuns: 2000 },
    )
  })

  test('is another for the same text cut up in another way', async () => {
    const { derive } = await opened()
    const word = fc.string({ unit: anyCharacter, maxLength: 6 })
    const separator = fc.constantFrom('', ':', '-', '.', ',', '|', '/', ' ', '\n', '\0', '\0\0\0\u0001')
    fc.assert(
      fc.property(fc.array(word, { minLength: 2, maxLength: 4 }), separator, (whole, between) => {
        const joined = whole.join(between)
        expect(hex(derive('totp', joined))).not.toBe(hex(derive('totp', ...whole)))
        expect(hex(derive('totp', joined, ''))).not.toBe(hex(derive('totp', ...whole, '')))
      }),
      { numRuns: 1000 },
    )
  })

  test('is not derived from lone surrogates, which would all be one', async () => {
    const { derive } = await opened()
    expect(() => derive('totp', '\ud800')).toThrow(TypeError)
  })
})

describe('the key of derived secrets', () => {
  test('is made in a log of an earlier version', async () => {
    const needs = { ...newNeeds(), masterKey }
    await succeed(openIndexKey(needs))
    await succeed(sealingVault(needs).seal(ada, 'email', 'x'))
    await succeed(openDerive(needs))
  })

  test('is not made anew after it was deleted', async () => {
    const { needs } = await opened()
    await succeed(needs.store.deleteKeyStream(dataKeyStream('derived-secrets')))
    expect(await openDerive(needs)()).toEqual(left({ type: 'derivation_key_missing' }))
  })

  test('is nobody’s: the vault neither seals under it nor shreds it', async () => {
    const { needs } = await opened()
    const vault = sealingVault(needs)
    expect(() => vault.seal('derived-secrets', 'email', 'x')).toThrow(TypeError)
    expect(() => vault.shred('derived-secrets')).toThrow(TypeError)
  })
})
