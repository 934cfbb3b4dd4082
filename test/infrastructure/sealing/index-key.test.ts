import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { BlindIndex } from '../../../domain/kernel/ids.ts'
import { dataKeyStream } from '../../../domain/kernel/streams.ts'
import { openIndexKey } from '../../../infrastructure/sealing/keys/index-key.ts'
import { sealingVault } from '../../../infrastructure/sealing/vault.ts'
import { emailAddress } from '../../support/domain/email-address.ts'
import { ada, masterKey, newNeeds, otherMasterKey, succeed } from './support.ts'

const address = emailAddress('ada@example.org')

describe('the blind index', () => {
  test('gives an address the same name after a restart', async () => {
    const needs = newNeeds()
    const before = (await succeed(openIndexKey({ ...needs, masterKey }))).indexEmail(address)
    const index = await succeed(openIndexKey({ ...needs, masterKey }))
    expect(BlindIndex.is(before)).toBe(true)
    expect(index.indexEmail(address)).toBe(before)
    expect(index.indexEmail(emailAddress('bob@example.org'))).not.toBe(before)
  })

  test('gives it another name in another log, even under the same master key', async () => {
    const [one, other] = await Promise.all([newNeeds(), newNeeds()].map((needs) => succeed(openIndexKey({ ...needs, masterKey }))))
    expect(one?.indexEmail(address)).not.toBe(other?.indexEmail(address))
  })

  test('of network addresses says nothing about that of e-mail addresses', async () => {
    const { indexEmail, indexNetwork } = await succeed(openIndexKey({ ...newNeeds(), masterKey }))
    expect(indexNetwork('192.0.2.7')).toBe(indexNetwork('192.0.2.7'))
    expect(indexNetwork('192.0.2.7')).not.toBe(indexNetwork('192.0.2.8'))
    expect(indexNetwork(address)).not.toBe(indexEmail(address))
  })

  test('is the same for two processes that open a new log at once', async () => {
    const needs = newNeeds()
    const [one, other] = await Promise.all([1, 2].map(() => succeed(openIndexKey({ ...needs, masterKey }))))
    expect(one?.indexEmail(address)).toBe(other?.indexEmail(address))
  })

  test('is the same for one that finds the log empty and then a key in it', async () => {
    const needs = newNeeds()
    let before: string | undefined
    const head = () => async () => {
      before ??= (await succeed(openIndexKey({ ...needs, masterKey }))).indexEmail(address)
      return needs.store.head()()
    }
    const late = await succeed(openIndexKey({ ...needs, store: { ...needs.store, head }, masterKey }))
    expect(late.indexEmail(address)).toBe(before)
  })

  test('does not open under another master key', async () => {
    const needs = newNeeds()
    await succeed(openIndexKey({ ...needs, masterKey }))
    expect(await openIndexKey({ ...needs, masterKey: otherMasterKey })()).toEqual(left({ type: 'wrong_master_key' }))
  })

  test('is not made anew in a log that has events', async () => {
    const needs = newNeeds()
    await succeed(sealingVault({ ...needs, masterKey }).seal(ada, 'email', 'x'))
    expect(await openIndexKey({ ...needs, masterKey })()).toEqual(left({ type: 'index_key_missing' }))
    await succeed(needs.store.deleteKeyStream(dataKeyStream('blind-index')))
    expect(await openIndexKey({ ...needs, masterKey })()).toEqual(left({ type: 'index_key_missing' }))
  })

  test('is the first event of a new log', async () => {
    const needs = newNeeds()
    await succeed(openIndexKey({ ...needs, masterKey }))
    expect(await needs.store.readAll(0, 10)()).toMatchObject(right([{ stream: 'dataKey-blind-index', type: 'DataKeyWrapped' }]))
  })
})
