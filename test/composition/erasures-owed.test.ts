import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { left } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EventStore } from '../../application/ports/event-store.ts'
import { blobsIn } from '../support/server/blobs.ts'
import { keysIn, newKey } from '../support/server/identity-key.ts'
import { recordedLog } from '../support/server/recorded-log.ts'
import { mustBe } from '../support/server/second-factor.ts'
import { setupToken, startTestServer } from '../support/server/start-test-server.ts'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'gatebook-owed-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const cannotDelete = (store: EventStore): EventStore => ({
  ...store,
  deleteKeyStream: () => async () => left({ type: 'unavailable', detail: 'gone away' }),
})

const restart = async (hooks: { readonly wrapStore?: typeof cannotDelete }) => {
  const owed: number[] = []
  const server = await startTestServer({ dataDir, hooks: { ...hooks, onErasuresOwed: (count) => owed.push(count) } })
  const { text } = await server.get('/metrics')
  await server.stop()
  return { owed, metric: text.split('\n').find((line) => line.startsWith('gatebook_erasures_owed ')) }
}

test('an interrupted erasure is reported and counted at each start, until it is completed', async () => {
  const server = await startTestServer({ dataDir, hooks: { wrapStore: cannotDelete } })
  const root = await server.elevated((await server.setUp(setupToken)).token)
  const { accountId } = await server.register()
  expect((await server.del(`/admin/accounts/${accountId}`, root)).status).toBe(503)
  await server.stop()
  expect(await restart({ wrapStore: cannotDelete })).toEqual({ owed: [1], metric: 'gatebook_erasures_owed 1' })
  expect(await restart({})).toEqual({ owed: [0], metric: 'gatebook_erasures_owed 0' })
})

/** The first key is retired, and the process ends before the second. */
const stopsAfterOneKey = (store: EventStore): EventStore => {
  let retired = 0
  return {
    ...store,
    append: (stream, expected, events) => async () => {
      if (!events.some(({ type }) => type === 'IdentityRetired')) return store.append(stream, expected, events)()
      retired += 1
      return retired === 1 ? store.append(stream, expected, events)() : left({ type: 'unavailable', detail: 'gone away' })
    },
  }
}

test('an erasure that stopped between two keys of an account without an address is completed at the next start', async () => {
  const server = await startTestServer({ dataDir, hooks: { wrapStore: stopsAfterOneKey } })
  const [keys, blobs] = [keysIn(server), blobsIn(server)]
  const owner = await keys.introduced()
  const elevated = await keys.elevated(owner.key, owner.token, owner.session.id)
  const second = newKey()
  mustBe(201, await keys.link(second, owner.accountId, elevated))
  for (const key of [owner.key, second]) mustBe(200, await blobs.publish({ key, token: elevated }, 'of an owner'))
  const root = await server.elevated((await server.setUp(setupToken)).token)
  expect((await server.del(`/admin/accounts/${owner.accountId}`, root)).status).toBe(503)
  await server.stop()
  expect((await restart({})).owed).toEqual([0])
  const retired = (await recordedLog(dataDir)).filter(({ type }) => type === 'IdentityRetired').map(({ stream }) => stream)
  expect(retired.toSorted()).toEqual([owner.key, second].map(({ fingerprint }) => `identity-${fingerprint}`).toSorted())
  for (const { fingerprint } of [owner.key, second]) expect(blobs.files(dataDir, fingerprint)).toEqual([])
  expect(await restart({})).toEqual({ owed: [0], metric: 'gatebook_erasures_owed 0' })
})
