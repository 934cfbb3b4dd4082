import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { categoryOf } from '../../domain/kernel/streams.ts'
import { person } from '../support/server/client.ts'
import { mustBe } from '../support/server/second-factor.ts'
import { setupToken, startTestServer } from '../support/server/start-test-server.ts'
import { observingReads } from '../support/test-app/stores.ts'

const hour = 3_600_000

/** Counts the events that are read from login streams. */
const watching = () => {
  const read = { events: 0, longest: 0 }
  const wrapStore = observingReads((events, stream) => {
    if (categoryOf(stream) !== 'login') return
    read.events += events.length
    read.longest = Math.max(read.longest, events.at(-1)?.revision ?? 0)
  })
  return { read, outside: { wrapStore } }
}

test('who is guessed at for weeks logs in as quickly as anybody after a restart', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-long-'))
  try {
    const first = await startTestServer({ dataDir })
    await first.register()
    for (let lock = 0; lock < 60; lock++) {
      for (let n = 0; n < 5; n++) await first.post('/login', { ...person, password: 'wrong', transport: 'bearer' })
      first.advance(2 * hour)
    }
    await first.stop()

    const { read, outside } = watching()
    const again = await startTestServer({ dataDir, hooks: { ...outside, wall: () => Date.now() + 1_000 * hour } })
    expect((await again.post('/login', { ...person, transport: 'bearer' })).status).toBe(200)
    await again.stop()
    expect(read.longest).toBeGreaterThan(600)
    expect(read.events).toBeLessThan(300)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})

test('an account with a long history is logged in to after its sessions were ended', async () => {
  const app = await startTestServer()
  const root = await app.setUp(setupToken)
  const admin = await app.elevated(root.token)
  const { accountId, token: ended } = await app.register()
  for (let n = 0; n < 300; n++) mustBe(204, await app.put(`/admin/accounts/${accountId}/claims/visits`, { value: n }, admin))
  mustBe(204, await app.post('/logout/everywhere', undefined, ended))
  expect((await app.get('/session', ended)).status).toBe(401)
  const { token } = await app.logIn()
  expect((await app.get('/session', token)).status).toBe(200)
  await app.stop()
})
