import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { left } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EventStore } from '../../application/ports/event-store.ts'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { blobsIn } from '../support/server/blobs.ts'
import { keysIn, newKey } from '../support/server/identity-key.ts'
import { overHttp } from '../support/server/over-http.ts'
import { byStream, recordedLog } from '../support/server/recorded-log.ts'
import { mustBe } from '../support/server/second-factor.ts'
import { setupToken, startTestServer } from '../support/server/start-test-server.ts'
import { canariesBelow } from './support/canaries.ts'

/** `KILL_ROUNDS=50` for the long run. */
const rounds = Number(process.env.KILL_ROUNDS ?? 3)

const canaries = { first: 'canary blob 51ce of the first version', second: 'canary blob 8d07 of the second version' }
const filesIn = (dataDir: string) => {
  const folder = join(dataDir, 'blobs')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile())
}

/** Publishing reaches the disk and not the log. */
const refusingBlobs = (store: EventStore): EventStore => ({
  ...store,
  append: (stream, expected, events) =>
    events.some(({ type }) => type === 'BlobPublished')
      ? async () => left({ type: 'unavailable', detail: 'a test' })
      : store.append(stream, expected, events),
})

describe('the bytes of a blob', () => {
  let dataDir: string
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'gatebook-blobs-'))
  })
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

  test('stand nowhere in the clear, and are gone when they are replaced and when the account is erased', async () => {
    const app = await startTestServer({ dataDir })
    const [keys, blobs] = [keysIn(app), blobsIn(app)]
    const owner = await keys.introduced()
    const { key, accountId } = owner
    mustBe(200, await blobs.publish(owner, canaries.first))
    const [first = ''] = filesIn(dataDir)
    const path = join(dataDir, 'blobs', first)
    expect([statSync(path).mode & 0o777, statSync(join(path, '..')).mode & 0o777]).toEqual([0o600, 0o700])
    const sealed = readFileSync(path)

    mustBe(200, await blobs.publish(owner, canaries.second, { replaces: 1 }))
    expect(filesIn(dataDir)).toHaveLength(1)
    expect(filesIn(dataDir)).not.toContain(first)
    expect(canariesBelow(dataDir, canaries)).toEqual([])

    const { token: admin } = await app.setUp(setupToken)
    mustBe(204, await app.del(`/admin/accounts/${accountId}`, await app.elevated(admin)))
    await app.gatebook.settled()
    expect(filesIn(dataDir)).toEqual([])
    expect((await blobs.read(key.fingerprint)).status).toBe(404)
    // Somebody who kept the file has nothing: its key is shredded.
    writeFileSync(path, sealed)
    expect(await app.gatebook.ports.crypto.vault.unseal('blob', sealed.toString() as never)()).toEqual(left({ type: 'key_shredded' }))
    await app.stop()
  })

  test('are gone when the key is unlinked, and hidden while the account is disabled', async () => {
    const app = await startTestServer({ dataDir })
    const [keys, blobs] = [keysIn(app), blobsIn(app)]
    const owner = await keys.introduced()
    const elevated = await keys.elevated(owner.key, owner.token, owner.session.id)
    const key = newKey()
    mustBe(201, await keys.link(key, owner.accountId, elevated))
    mustBe(200, await blobs.publish({ key, token: elevated }, canaries.first))
    mustBe(200, await blobs.publish({ key: owner.key, token: elevated }, canaries.second))
    mustBe(204, await app.del(`/me/identities/${key.fingerprint}`, elevated))
    expect((await blobs.read(key.fingerprint)).status).toBe(404)
    expect(blobs.files(dataDir, key.fingerprint)).toEqual([])
    expect(filesIn(dataDir)).toHaveLength(1)

    const { token: admin } = await app.setUp(setupToken)
    const administrator = await app.elevated(admin)
    mustBe(204, await app.post(`/admin/accounts/${owner.accountId}/disable`, {}, administrator))
    expect((await blobs.read(owner.key.fingerprint)).status).toBe(404)
    mustBe(204, await app.post(`/admin/accounts/${owner.accountId}/enable`, {}, administrator))
    expect((await blobs.read(owner.key.fingerprint)).text).toBe(canaries.second)
    await app.stop()
  })

  test('that the log does not name, drafts included, are gone after the next start, and no others', async () => {
    const failing = await startTestServer({ dataDir, hooks: { wrapStore: refusingBlobs } })
    const owner = await keysIn(failing).introduced()
    expect((await blobsIn(failing).publish(owner, canaries.first)).status).toBe(503)
    const [unnamed = ''] = filesIn(dataDir)
    expect(unnamed).toContain(owner.key.fingerprint)
    await failing.stop()

    const app = await startTestServer({ dataDir })
    await app.gatebook.settled()
    expect(filesIn(dataDir)).toEqual([])
    mustBe(200, await blobsIn(app).publish(owner, canaries.first))
    const [first = ''] = filesIn(dataDir)
    const kept = join(dataDir, 'kept')
    copyFileSync(join(dataDir, 'blobs', first), kept)
    mustBe(200, await blobsIn(app).publish(owner, canaries.second, { replaces: 1 }))
    await app.stop()
    copyFileSync(kept, join(dataDir, 'blobs', first))
    writeFileSync(join(dataDir, 'blobs', first.replace('/', '/.').concat('.part')), 'a draft')

    const again = await startTestServer({ dataDir })
    await again.gatebook.settled()
    expect(filesIn(dataDir)).toHaveLength(1)
    expect((await blobsIn(again).read(owner.key.fingerprint)).text).toBe(canaries.second)
    await again.stop()
  })

  test('that are not what the log names, or not there, are not handed out', async () => {
    const app = await startTestServer({ dataDir })
    const owner = await keysIn(app).introduced()
    mustBe(200, await blobsIn(app).publish(owner, canaries.first))
    const path = join(dataDir, 'blobs', filesIn(dataDir)[0] ?? '')
    const sealed = readFileSync(path, 'utf8')
    writeFileSync(path, `${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}`)
    expect((await blobsIn(app).read(owner.key.fingerprint)).status).toBe(503)
    rmSync(path)
    expect((await blobsIn(app).read(owner.key.fingerprint)).status).toBe(503)
    const elevated = await keysIn(app).elevated(owner.key, owner.token, owner.session.id)
    expect(mustBe(200, await app.get('/me/export', elevated)).blobs).toMatchObject([{ version: 1, bytes: null }])
    mustBe(200, await blobsIn(app).publish({ key: owner.key, token: elevated }, canaries.second, { replaces: 1 }))
    expect((await blobsIn(app).read(owner.key.fingerprint)).text).toBe(canaries.second)
    await app.stop()
  })
})

test(`kill -9 while blobs are replaced, ${rounds} times, leaves one file for each blob, and each can be read`, async () => {
  const random = seededRandom()
  const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-kill-'))
  try {
    const owners = Array.from({ length: 6 }, () => ({ key: newKey(), version: 0, text: '', token: '' }))
    for (let round = 0; round < rounds; round++) {
      const server = await startGatebook({ dataDir, env: { BLOB_RATE_PER_MINUTE: '0', PUBLIC_ORIGIN: 'http://localhost:1984' } })
      const client = overHttp(server.baseUrl)
      const [keys, blobs] = [keysIn(client), blobsIn(client)]
      if (round === 0) for (const owner of owners) owner.token = (await keys.introduced(owner.key)).token
      let isKilled = false
      const publishing = owners.map(async (owner) => {
        while (!isKilled) {
          const current = await blobs.read(owner.key.fingerprint)
          const version = current.status === 404 ? 0 : Number(String(current.headers.etag).slice(1, -1))
          const text = `${owner.key.fingerprint} ${version + 1} ${'x'.repeat(random.below(30_000))}`
          mustBe(200, await blobs.publish(owner, text, { replaces: version }))
          owner.version = version + 1
        }
      })
      setTimeout(() => {
        isKilled = true
        void server.kill()
      }, 300 + random.below(700))
      await Promise.allSettled(publishing)
      await server.ended
      const after = await startTestServer({ dataDir, env: { BLOB_RATE_PER_MINUTE: '0' } })
      await after.gatebook.settled()
      expect(filesIn(dataDir)).toHaveLength(owners.length)
      for (const { key, version } of owners) {
        const { status, text, headers } = await blobsIn(after).read(key.fingerprint)
        expect(status).toBe(200)
        const stored = Number(String(headers.etag).slice(1, -1))
        expect(text.startsWith(`${key.fingerprint} ${stored} `)).toBe(true)
        expect(stored).toBeGreaterThanOrEqual(version)
      }
      await after.stop()
    }
    const published = [...byStream(await recordedLog(dataDir)).values()].flat().filter(({ type }) => type === 'BlobPublished')
    process.stderr.write(`kill -9, ${rounds} rounds: ${published.length} blobs published\n`)
    expect(published.length).toBeGreaterThan(owners.length)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}, 600_000)
