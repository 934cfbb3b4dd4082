import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import type { EventStore, StoreFailure } from '../../../application/ports/event-store.ts'
import { dataKeyStream } from '../../../domain/kernel/streams.ts'
import { openIndexKey } from '../../../infrastructure/sealing/keys/index-key.ts'
import { type RotationProgress, rotateMasterKey } from '../../../infrastructure/sealing/rotation/rotate-master-key.ts'
import { sealingVault } from '../../../infrastructure/sealing/vault.ts'
import { emailAddress } from '../../support/domain/email-address.ts'
import { ada, masterKey, newNeeds, otherMasterKey, succeed } from './support.ts'

const persons = ['a', 'b', 'c', 'd', 'e']
const gone = left<StoreFailure>({ type: 'unavailable', detail: 'gone in the middle' })

const sealedLog = async () => {
  const needs = newNeeds()
  const index = await succeed(openIndexKey({ ...needs, masterKey }))
  const vault = sealingVault({ ...needs, masterKey })
  const sealed = await Promise.all(persons.map((person) => succeed(vault.seal(person, 'email', person))))
  return { needs, sealed, name: index.indexEmail(emailAddress('ada@example.org')) }
}

/** Fails every append after the first `appends`. */
const failingAfter = (store: EventStore, appends: number): EventStore => {
  let left = appends
  return { ...store, append: (...append) => (left-- > 0 ? store.append(...append) : async () => gone) }
}

const expectUnder = async ({ needs, sealed, name }: Awaited<ReturnType<typeof sealedLog>>, key: Buffer) => {
  const vault = sealingVault({ ...needs, masterKey: key })
  for (const [at, value] of sealed.entries()) expect(await vault.unseal('email', value)()).toEqual(right(persons[at]))
  expect((await succeed(openIndexKey({ ...needs, masterKey: key }))).indexEmail(emailAddress('ada@example.org'))).toBe(name)
}

describe('the rotation of the master key', () => {
  test('leaves everything that is sealed, and every stream name, as it was', async () => {
    const log = await sealedLog()
    expect(await rotateMasterKey({ ...log.needs, from: masterKey, to: otherMasterKey })()).toEqual(right(5))
    await expectUnder(log, otherMasterKey)
  })

  test('leaves nothing under the old one', async () => {
    const { needs, sealed } = await sealedLog()
    await succeed(rotateMasterKey({ ...needs, from: masterKey, to: otherMasterKey }))
    expect(await openIndexKey({ ...needs, masterKey })()).toEqual(left({ type: 'wrong_master_key' }))
    const vault = sealingVault({ ...needs, masterKey })
    for (const value of sealed) expect(await vault.unseal('email', value)()).toMatchObject(left({ type: 'corrupt' }))
  })

  test.each([0, 1, 2, 3, 5, 6])('broken off after %i appends, is finished by running it again', async (appends) => {
    const log = await sealedLog()
    const broken = { ...log.needs, store: failingAfter(log.needs.store, appends) }
    expect(await rotateMasterKey({ ...broken, from: masterKey, to: otherMasterKey })()).toEqual(gone)
    await succeed(rotateMasterKey({ ...log.needs, from: masterKey, to: otherMasterKey }))
    await expectUnder(log, otherMasterKey)
  })

  test('broken off, lets no server start under either key', async () => {
    const { needs } = await sealedLog()
    await rotateMasterKey({ ...needs, store: failingAfter(needs.store, 3), from: masterKey, to: otherMasterKey })()
    expect(await openIndexKey({ ...needs, masterKey })()).toEqual(left({ type: 'rotation_unfinished' }))
    expect(await openIndexKey({ ...needs, masterKey: otherMasterKey })()).toEqual(left({ type: 'wrong_master_key' }))
  })

  test('broken off, does not go on to a third key', async () => {
    const { needs } = await sealedLog()
    await rotateMasterKey({ ...needs, store: failingAfter(needs.store, 3), from: masterKey, to: otherMasterKey })()
    expect(await rotateMasterKey({ ...needs, from: masterKey, to: Buffer.alloc(32, 3) })()).toEqual(left({ type: 'wrong_master_key' }))
  })

  test('moves nothing when the old key is not the log’s', async () => {
    const log = await sealedLog()
    const outcome = await rotateMasterKey({ ...log.needs, from: Buffer.alloc(32, 3), to: otherMasterKey })()
    expect(outcome).toEqual(left({ type: 'wrong_master_key' }))
    await expectUnder(log, masterKey)
  })

  test('passes over whoever was erased', async () => {
    const { needs } = await sealedLog()
    await succeed(needs.store.deleteKeyStream(dataKeyStream('c')))
    expect(await rotateMasterKey({ ...needs, from: masterKey, to: otherMasterKey })()).toEqual(right(4))
  })

  test('run twice, moves nothing the second time', async () => {
    const log = await sealedLog()
    await succeed(rotateMasterKey({ ...log.needs, from: masterKey, to: otherMasterKey }))
    const head = await succeed(log.needs.store.head())
    expect(await rotateMasterKey({ ...log.needs, from: masterKey, to: otherMasterKey })()).toEqual(right(0))
    expect(await succeed(log.needs.store.head())).toBe(head)
    await expectUnder(log, otherMasterKey)
  })

  test('says how far it is', async () => {
    const { needs } = await sealedLog()
    const seen: RotationProgress[] = []
    await succeed(rotateMasterKey({ ...needs, from: masterKey, to: otherMasterKey, progress: (step) => seen.push(step) }))
    expect(seen.at(-1)).toMatchObject({ rewrapped: 5 })
    expect(seen.at(-1)?.position).toBe(seen.at(-1)?.head)
  })

  test('of a log that was never opened is refused', async () => {
    const needs = newNeeds()
    await succeed(sealingVault({ ...needs, masterKey }).seal(ada, 'email', 'x'))
    expect(await rotateMasterKey({ ...needs, from: masterKey, to: otherMasterKey })()).toEqual(left({ type: 'index_key_missing' }))
  })
})
