import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sha256 } from '../../../domain/kernel/ids.ts'
import { blobsIn } from '../../support/server/blobs.ts'
import { type Key, keysIn, newKey } from '../../support/server/identity-key.ts'
import { problem } from '../../support/server/problem.ts'
import { mustBe } from '../../support/server/second-factor.ts'
import { type InProcess, startTestServer } from '../../support/server/start-test-server.ts'

const hours = 3_600_000
const stale = { status: 409, body: problem('STALE_VERSION') }
const refused = { status: 401, body: problem('INVALID_CREDENTIALS') }
const absent = { status: 404, body: problem('NOT_FOUND') }

describe('a signed blob', () => {
  let app: InProcess
  let keys: ReturnType<typeof keysIn>
  let blobs: ReturnType<typeof blobsIn>
  beforeAll(async () => {
    app = await startTestServer({ env: { BLOB_RATE_PER_MINUTE: '0' } })
    keys = keysIn(app)
    blobs = blobsIn(app)
  })
  afterAll(() => app.stop())

  const published = async (text = 'the first') => {
    const owner = await keys.introduced()
    mustBe(200, await blobs.publish(owner, text))
    return owner
  }

  test('is read by anybody, as a file and with what proves whose it is', async () => {
    const { key } = await published('<script>alert(1)</script>')
    const { fingerprint } = key
    const answer = await blobs.read(fingerprint)
    expect(answer).toMatchObject({
      status: 200,
      text: '<script>alert(1)</script>',
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment; filename="blob"',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-cache',
        etag: '"1"',
        'gatebook-public-key': key.publicKey,
        'gatebook-signed-origin': 'http://localhost:1984',
      },
    })
    const sha256 = createHash('sha256').update(answer.text).digest('hex') as Sha256
    expect(answer.headers['gatebook-signature']).toBe(key.signs({ purpose: 'blob', version: 1, sha256 }))
    expect(await blobs.read(fingerprint, { 'if-none-match': '"1"' })).toMatchObject({ status: 304, text: '', headers: { etag: '"1"' } })
    expect((await blobs.read(fingerprint, { 'if-none-match': '"2"' })).status).toBe(200)
  })

  test('keeps every byte', async () => {
    const owner = await keys.introduced()
    const bytes = Buffer.from(Array.from({ length: 65_536 }, (_, n) => (n * 7) % 256))
    expect(await blobs.publish(owner, bytes)).toMatchObject({ status: 200, body: { version: 1 }, headers: { etag: '"1"' } })
    const answer = await app.app.inject({ url: `/api/1/identities/${owner.key.fingerprint}/blob` })
    expect(answer.rawPayload.equals(bytes)).toBe(true)
  })

  test('of 65,537 bytes is refused, and one of none is not', async () => {
    const owner = await keys.introduced()
    expect(await blobs.publish(owner, Buffer.alloc(65_537))).toMatchObject({ status: 413, body: problem('PAYLOAD_TOO_LARGE') })
    expect(await blobs.read(owner.key.fingerprint)).toMatchObject(absent)
    expect((await blobs.publish(owner, '')).status).toBe(200)
    expect(await blobs.read(owner.key.fingerprint)).toMatchObject({ status: 200, text: '' })
  })

  test('is replaced at the version that was read, and at no other', async () => {
    const owner = await published()
    expect(await blobs.publish(owner, 'again')).toMatchObject(stale)
    expect(await blobs.publish(owner, 'early', { replaces: 2 })).toMatchObject(stale)
    expect(await blobs.publish(owner, 'the second', { replaces: 1 })).toMatchObject({ status: 200, body: { version: 2 } })
    expect(await blobs.publish(owner, 'late', { replaces: 1 })).toMatchObject(stale)
    expect(await blobs.read(owner.key.fingerprint)).toMatchObject({ status: 200, text: 'the second', headers: { etag: '"2"' } })
  })

  test('has one winner of twenty that replace one version', async () => {
    const owner = await published()
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => blobs.publish(owner, `racer ${n}`, { replaces: 1 })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19)
    const winner = answers.findIndex(({ status }) => status === 200)
    expect(await blobs.read(owner.key.fingerprint)).toMatchObject({ text: `racer ${winner}`, headers: { etag: '"2"' } })
    expect(blobs.files(app.dataDir, owner.key.fingerprint)).toHaveLength(1)
  })

  test('is refused with a signature of another version, blob, identity, key or service', async () => {
    const owner = await keys.introduced()
    const { key } = owner
    const other = newKey()
    const sha256 = blobs.digest('bytes')
    const signed = (by: Key, said: object = {}) =>
      blobs.publish(owner, 'bytes', { signature: by.signs({ purpose: 'blob', fingerprint: key.fingerprint, version: 1, sha256, ...said }) })
    expect(await signed(key, { version: 2 })).toMatchObject(refused)
    expect(await signed(key, { sha256: blobs.digest('other') })).toMatchObject(refused)
    expect(await signed(key, { fingerprint: other.fingerprint })).toMatchObject(refused)
    expect(await signed(other)).toMatchObject(refused)
    expect(await signed(key, { origin: 'https://elsewhere.example' })).toMatchObject(refused)
    expect((await signed(key)).status).toBe(200)
  })

  test('is published by the account of the key only', async () => {
    const [owner, stranger] = [await keys.introduced(), await keys.introduced()]
    expect(await blobs.publish({ key: owner.key, token: stranger.token }, 'bytes')).toMatchObject(absent)
    expect(await blobs.publish({ key: owner.key }, 'bytes')).toMatchObject({ status: 401, body: problem('SESSION_REQUIRED') })
    expect(await blobs.publish({ key: newKey(), token: stranger.token }, 'bytes')).toMatchObject(absent)
  })

  test('of another media type, of wrong headers or encoded is refused', async () => {
    const owner = await keys.introduced()
    const with_ = (headers: Readonly<Record<string, string>>) => blobs.publish(owner, 'bytes', { headers })
    for (const type of ['text/plain', 'application/json', 'application/octet-stream; charset=utf-8', 'multipart/form-data'])
      expect(await with_({ 'content-type': type })).toMatchObject({ status: 415 })
    expect(await with_({ 'content-encoding': 'gzip' })).toMatchObject({ status: 415 })
    for (const match of ['*', '1', 'W/"1"', '"0"', '"01"', '"1", "2"', ''])
      expect(await with_({ 'if-match': match })).toMatchObject({ status: 400, body: problem('VALIDATION_FAILED') })
    for (const none of ['"1"', 'W/"1"']) expect(await with_({ 'if-none-match': none })).toMatchObject({ status: 400 })
    expect(await with_({ 'gatebook-signature': 'AA' })).toMatchObject({ status: 400, body: problem('VALIDATION_FAILED') })
    expect(await with_({ 'if-none-match': '*' })).toMatchObject({ status: 200 })
  })

  test('is the only thing that comes as bytes', async () => {
    const headers = { 'content-type': 'application/octet-stream' }
    for (const path of ['/login', '/identities'])
      expect(await app.send({ method: 'POST', path, raw: '{}', headers })).toMatchObject({ status: 415 })
  })

  test('stays with the key that signed it when that is replaced', async () => {
    const { key, token } = await published()
    const next = newKey()
    mustBe(202, await keys.propose(key, next))
    app.advance(72 * hours)
    expect((await blobs.read(key.fingerprint)).headers['gatebook-public-key']).toBe(key.publicKey)
    expect((await blobs.publish({ key, token }, 'late', { replaces: 1 })).status).toBe(401)
    const later = mustBe(200, await keys.logIn(next, key.fingerprint))
    const { fingerprint } = key
    const sign = (by: Key) => by.signs({ purpose: 'blob', fingerprint, version: 2, sha256: blobs.digest('later') })
    expect(await blobs.publish({ key, token: later.token }, 'later', { replaces: 1, signature: sign(key) })).toMatchObject(refused)
    expect((await blobs.publish({ key, token: later.token }, 'later', { replaces: 1, signature: sign(next) })).status).toBe(200)
    expect(await blobs.read(fingerprint)).toMatchObject({ text: 'later', headers: { 'gatebook-public-key': next.publicKey } })
  })

  test('is in the export of its owner', async () => {
    const { key, token, session } = await published('mine')
    const { blobs: exported } = mustBe(200, await app.get('/me/export', await keys.elevated(key, token, session.id)))
    const bytes = Buffer.from('mine').toString('base64url')
    expect(exported).toMatchObject([{ fingerprint: key.fingerprint, version: 1, publicKey: key.publicKey, bytes }])
  })
})

test('blobs are read ten times a minute by an address, and other calls are not counted', async () => {
  const app = await startTestServer()
  const { key } = await keysIn(app).introduced()
  const read = (address: string) => app.send({ method: 'GET', path: `/identities/${key.fingerprint}/blob`, address })
  for (let n = 0; n < 10; n++) expect((await read('192.0.2.1')).status).toBe(404)
  expect(await read('192.0.2.1')).toMatchObject({ status: 429, body: problem('RATE_LIMITED') })
  expect((await read('192.0.2.2')).status).toBe(404)
  expect((await app.send({ method: 'GET', path: `/identities/${key.fingerprint}/chain`, address: '192.0.2.1' })).status).toBe(200)
  await app.stop()
})
