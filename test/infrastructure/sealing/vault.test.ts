import fc from 'fast-check'
import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { EventStore } from '../../../application/ports/event-store.ts'
import type { Purpose } from '../../../application/ports/vault.ts'
import { Sealed } from '../../../domain/kernel/sealed.ts'
import { dataKeyStream } from '../../../domain/kernel/streams.ts'
import { personOf } from '../../../infrastructure/sealing/cipher/sealed-text.ts'
import { sealingVault } from '../../../infrastructure/sealing/vault.ts'
import { ada, bob, masterKey, newNeeds, otherMasterKey, strangers, succeed } from './support.ts'

const purposes: readonly Purpose[] = ['email', 'password_hash', 'address', 'user_agent']
const shredded = left({ type: 'key_shredded' })
const corrupt = (purpose: Purpose) => left({ type: 'corrupt', detail: `a sealed ${purpose} does not open` })

/** Holds reads and deletions until the test releases them, in the order of the calls. */
const slow = (store: EventStore) => {
  const held: (() => void)[] = []
  const hold = () => new Promise<void>((go) => held.push(go))
  const slowStore: EventStore = {
    ...store,
    read: (stream, from) => async () => {
      const answer = await store.read(stream, from)()
      await hold()
      return answer
    },
    deleteKeyStream: (stream) => async () => {
      await hold()
      return store.deleteKeyStream(stream)()
    },
  }
  return { store: slowStore, letGo: () => held.shift()?.(), waiting: () => held.length }
}

const settled = () => new Promise((done) => setImmediate(done))

describe('the vault', () => {
  test('opens what it has sealed, for any person, purpose and text, and after a restart', async () => {
    const needs = newNeeds()
    const text = fc.string({ unit: 'grapheme', maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(ada, bob, strangers), fc.constantFrom(...purposes), text, async (person, purpose, plain) => {
        const sealed = await succeed(sealingVault({ ...needs, masterKey }).seal(person, purpose, plain))
        expect(Sealed.is(sealed)).toBe(true)
        expect(personOf(sealed)).toBe(person)
        expect(await sealingVault({ ...needs, masterKey }).unseal(purpose, sealed)()).toEqual(right(plain))
      }),
    )
    expect(await succeed(needs.store.readAll(0, 100))).toHaveLength(3)
  })

  test('seals the same text another way each time', async () => {
    const vault = sealingVault({ ...newNeeds(), masterKey })
    const sealed = await Promise.all(Array.from({ length: 200 }, () => succeed(vault.seal(ada, 'email', 'ada@example.org'))))
    expect(new Set(sealed).size).toBe(200)
  })

  test('opens nothing for another purpose', async () => {
    const vault = sealingVault({ ...newNeeds(), masterKey })
    const sealed = await succeed(vault.seal(ada, 'email', 'x'))
    for (const purpose of purposes.slice(1)) expect(await vault.unseal(purpose, sealed)()).toEqual(corrupt(purpose))
  })

  test('opens nothing that was passed off as another person’s, even under the same key', async () => {
    const vault = sealingVault({ ...newNeeds(), masterKey })
    const sealed = await succeed(vault.seal(ada, 'email', 'x'))
    await succeed(vault.seal(bob, 'email', 'y'))
    expect(await vault.unseal('email', sealed.replace(ada, bob) as Sealed)()).toEqual(corrupt('email'))
  })

  test('opens nothing of which a character was changed, the spare bits of the last one included', async () => {
    const vault = sealingVault({ ...newNeeds(), masterKey })
    const sealed = await succeed(vault.seal(ada, 'address', '192.0.2.1'))
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    for (let at = ada.length + 1; at < sealed.length; at += 1) {
      const other = letters[(letters.indexOf(sealed.charAt(at)) + 1) % 64]
      const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}` as Sealed
      expect(await vault.unseal('address', changed)()).toEqual(corrupt('address'))
    }
  })

  test('has one key for a person whom many seal for at once, in several processes', async () => {
    const needs = newNeeds()
    const vaults = Array.from({ length: 5 }, () => sealingVault({ ...needs, masterKey }))
    const sealed = await Promise.all(vaults.flatMap((vault) => [1, 2, 3].map(() => succeed(vault.seal(ada, 'email', 'x')))))
    const later = sealingVault({ ...needs, masterKey })
    for (const value of sealed) expect(await later.unseal('email', value)()).toEqual(right('x'))
    expect(await succeed(needs.store.read(dataKeyStream(ada)))).toHaveLength(1)
  })

  test('keeps no key in the clear', async () => {
    const needs = newNeeds()
    await succeed(sealingVault({ ...needs, masterKey }).seal(ada, 'email', 'x'))
    const sealed = await sealingVault({ ...needs, masterKey: otherMasterKey }).seal(ada, 'email', 'x')()
    expect(sealed).toEqual(left({ type: 'corrupt', detail: 'a data key does not open under MASTER_KEY' }))
  })

  test('does not make a key in order to open', async () => {
    const needs = newNeeds()
    const sealed = await succeed(sealingVault({ ...newNeeds(), masterKey }).seal(ada, 'email', 'x'))
    expect(await sealingVault({ ...needs, masterKey }).unseal('email', sealed)()).toEqual(shredded)
    expect(await succeed(needs.store.head())).toBe(0)
  })

  test.each([0, 1, 2])('goes on when more persons come than the %i that it keeps keys of', async (cacheLimit) => {
    const needs = newNeeds()
    const vault = sealingVault({ ...needs, masterKey, cacheLimit })
    const persons = ['a', 'b', 'c', 'd']
    const sealed = await Promise.all(persons.map((person) => succeed(vault.seal(person, 'email', person))))
    for (const [at, value] of sealed.entries()) {
      expect(await vault.unseal('email', value)()).toEqual(right(persons[at]))
      expect(await sealingVault({ ...needs, masterKey }).unseal('email', value)()).toEqual(right(persons[at]))
    }
  })

  test('keeps no data key under a name that is not a person’s', () => {
    const vault = sealingVault({ ...newNeeds(), masterKey })
    for (const name of ['', 'Ada', 'a.b', 'x'.repeat(65), 'blind-index']) {
      expect(() => vault.seal(name, 'email', 'x')).toThrow(TypeError)
      expect(() => vault.shred(name)).toThrow(TypeError)
    }
  })

  test('says what the store said', async () => {
    const needs = newNeeds()
    await needs.store.close()
    const refused = left({ type: 'unavailable', detail: 'the store is closed' })
    const vault = sealingVault({ ...needs, masterKey })
    expect(await vault.seal(ada, 'email', 'x')()).toEqual(refused)
    expect(await vault.shred(ada)()).toEqual(refused)
  })
})

describe('a shredded person', () => {
  test('is gone: nothing opens and nothing is sealed any more, here or after a restart', async () => {
    const needs = newNeeds()
    const vault = sealingVault({ ...needs, masterKey })
    const sealed = await succeed(vault.seal(ada, 'email', 'x'))
    await succeed(vault.shred(ada))
    for (const any of [vault, sealingVault({ ...needs, masterKey })]) {
      expect(await any.unseal('email', sealed)()).toEqual(shredded)
      expect(await any.seal(ada, 'email', 'x')()).toEqual(shredded)
    }
    expect(await vault.shred(ada)()).toEqual(right(undefined))
  })

  test('takes nobody else along', async () => {
    const vault = sealingVault({ ...newNeeds(), masterKey })
    const sealed = await succeed(vault.seal(bob, 'email', 'y'))
    await succeed(vault.shred(ada))
    expect(await vault.unseal('email', sealed)()).toEqual(right('y'))
  })

  test('is forgotten by another process when that is told', async () => {
    const needs = newNeeds()
    const [here, there] = [sealingVault({ ...needs, masterKey }), sealingVault({ ...needs, masterKey })]
    const sealed = await succeed(there.seal(ada, 'email', 'x'))
    await succeed(here.shred(ada))
    there.evict(ada)
    expect(await there.unseal('email', sealed)()).toEqual(shredded)
  })

  test('is forgotten with all others when that is told', async () => {
    const needs = newNeeds()
    const [here, there] = [sealingVault({ ...needs, masterKey }), sealingVault({ ...needs, masterKey })]
    const sealed = await succeed(there.seal(ada, 'email', 'x'))
    await succeed(here.shred(ada))
    expect(await there.unseal('email', sealed)()).toEqual(right('x'))
    there.evictAll()
    expect(await there.unseal('email', sealed)()).toEqual(shredded)
  })

  test('cannot be read while the deletion is under way', async () => {
    const needs = newNeeds()
    const gate = slow(needs.store)
    const sealed = await succeed(sealingVault({ ...needs, masterKey }).seal(ada, 'email', 'x'))
    const vault = sealingVault({ ...needs, store: gate.store, masterKey })
    const opened = vault.unseal('email', sealed)()
    await settled()
    gate.letGo()
    expect(await opened).toEqual(right('x'))
    const shredding = vault.shred(ada)()
    expect(await vault.unseal('email', sealed)()).toEqual(shredded)
    await settled()
    gate.letGo()
    expect(await shredding).toEqual(right(undefined))
  })

  test('cannot be read by a look-up that began before and ends after', async () => {
    const needs = newNeeds()
    const gate = slow(needs.store)
    const sealed = await succeed(sealingVault({ ...needs, masterKey }).seal(ada, 'email', 'x'))
    const vault = sealingVault({ ...needs, store: gate.store, masterKey })
    const opening = vault.unseal('email', sealed)()
    await settled()
    const shredding = vault.shred(ada)()
    await settled()
    expect(gate.waiting()).toBe(2)
    gate.letGo()
    expect(await opening).toEqual(shredded)
    gate.letGo()
    expect(await shredding).toEqual(right(undefined))
  })

  test('cannot be read by a look-up whose answer comes after the deletion was acknowledged', async () => {
    const needs = newNeeds()
    const gate = slow(needs.store)
    const sealed = await succeed(sealingVault({ ...needs, masterKey }).seal(ada, 'email', 'x'))
    const vault = sealingVault({ ...needs, store: { ...gate.store, deleteKeyStream: needs.store.deleteKeyStream }, masterKey })
    const opening = vault.unseal('email', sealed)()
    await settled()
    await succeed(vault.shred(ada))
    gate.letGo()
    await settled()
    gate.letGo()
    expect(await opening).toEqual(shredded)
  })

  test('whose deletion failed is there still', async () => {
    const needs = newNeeds()
    const failing: EventStore = {
      ...needs.store,
      deleteKeyStream: () => async () => left({ type: 'unavailable', detail: 'gone for a while' }),
    }
    const vault = sealingVault({ ...needs, store: failing, masterKey })
    const sealed = await succeed(vault.seal(ada, 'email', 'x'))
    expect(await vault.shred(ada)()).toEqual(left({ type: 'unavailable', detail: 'gone for a while' }))
    expect(await vault.unseal('email', sealed)()).toEqual(right('x'))
  })
})
