import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { left } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EventStore } from '../../application/ports/event-store.ts'
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
