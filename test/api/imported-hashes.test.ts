import { map } from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Caller, metadataOf } from '../../application/caller.ts'
import { type ImportMode, importAccount } from '../../application/importing/import-account.ts'
import { streams } from '../../application/journal/streams.ts'
import type { Ports } from '../../application/needs.ts'
import type { SystemActor } from '../../domain/kernel/ids.ts'
import type { HashFault } from '../../infrastructure/hashing/argon2-password-hasher.ts'
import { emailAddress } from '../support/domain/email-address.ts'
import { person } from '../support/server/client.ts'
import { problem } from '../support/server/problem.ts'
import { type InProcess, startTestServer } from '../support/server/start-test-server.ts'
import { succeed } from '../support/test-app/outcomes.ts'

/** Within all limits, and yet OpenSSL computes none with r=1 from N = 2^16 on. */
const kind = 'scrypt:16,1,1,32'
const passwordHash = '$scrypt$ln=16,r=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$A9lBa6RTbfBovWqamVIqXKovIl4Vk6OZyVojLJmYmSI'
const bcrypt = '$2b$04$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2'

const actor = 'system:import' as SystemActor
const caller: Caller = { address: '192.0.2.7', networks: ['192.0.2.7'], userAgent: null, device: null, correlationId: 'import' }
const recording: ImportMode = { actor, dryRun: null }

describe('a kind of hash that cannot be computed', () => {
  const faults: HashFault[] = []
  let app: InProcess
  beforeEach(async () => {
    faults.length = 0
    app = await startTestServer({ hooks: { onHashFault: (fault) => faults.push(fault) } })
    await app.register()
  })
  afterEach(() => app.stop())

  const imported = (email: string, hash: string, mode = recording, ports: Ports = app.gatebook.ports) => {
    const account = { email: emailAddress(email), emailVerified: true, passwordHash: hash, totpSecret: null }
    return succeed(importAccount(ports)({ ...account, roles: [], claims: {}, isDisabled: false }, mode, caller))
  }

  /** As if an earlier version had taken it. */
  const untried = (): Ports => {
    const { crypto, ...ports } = app.gatebook.ports
    const readImported: typeof crypto.hasher.readImported = (text) =>
      map((hash: object) => ({ ...hash, tryOut: () => TE.right(undefined) }) as never)(crypto.hasher.readImported(text))
    return { ...ports, crypto: { ...crypto, hasher: { ...crypto.hasher, readImported } } }
  }

  const kindsIn = async () => {
    const loaded = await succeed(app.gatebook.ports.journal.load(streams.importedHashes))
    return [...loaded.state.kinds]
  }

  const login = (email: string, password = person.password) => app.post('/login', { email, password, transport: 'bearer' })
  const everybodyElseLogsIn = async () => {
    expect((await login(person.email)).status).toBe(200)
    for (const email of [person.email, 'nobody@example.org']) {
      expect(await login(email, 'not the password')).toMatchObject({ status: 401, body: problem('INVALID_CREDENTIALS') })
    }
  }

  test.each(['import', 'dry run'])('is refused before anything is written, and again: %s', async (which) => {
    const mode: ImportMode = which === 'import' ? recording : { actor, dryRun: { kinds: new Set() } }
    const before = await succeed(app.gatebook.store.head())
    for (let n = 0; n < 2; n += 1) {
      expect(await imported('old@example.org', passwordHash, mode)).toEqual({ type: 'refused', reason: 'uncomputable_hash' })
    }
    expect(await succeed(app.gatebook.store.head())).toBe(before)
    expect(app.gatebook.ports.crypto.hasher.isCovered(kind)).toBe(false)
    await everybodyElseLogsIn()
    expect(faults).toEqual([])
  })

  test('that is in the log already decides no login, and is counted', async () => {
    await imported('old@example.org', passwordHash, recording, untried())
    await imported('new@example.org', bcrypt)
    expect([await kindsIn(), app.gatebook.ports.crypto.hasher.isCovered(kind)]).toEqual([[kind, 'bcrypt:4'], true])
    await everybodyElseLogsIn()
    expect(faults).toEqual(['cover_failed', 'cover_failed', 'cover_failed'])
    expect(await login('new@example.org')).toMatchObject({ status: 401, body: problem('INVALID_CREDENTIALS') })
    expect((await app.get('/metrics')).text).toContain('gatebook_hash_faults_total{fault="cover_failed"} 4')
  })

  test('lets nobody in who has one, and refuses others of the kind from then on', async () => {
    await imported('old@example.org', passwordHash, recording, untried())
    expect(await login('old@example.org')).toMatchObject({ status: 401, body: problem('INVALID_CREDENTIALS') })
    expect(faults).toEqual(['hash_failed'])
    expect(await imported('other@example.org', passwordHash)).toEqual({ type: 'refused', reason: 'uncomputable_hash' })
    await everybodyElseLogsIn()
  })
})

test('an account with an imported hash logs in although the kinds of others fail', async () => {
  const app = await startTestServer()
  const { hash } = await import('bcrypt')
  const { journal, crypto } = app.gatebook.ports
  await succeed(journal.decide(streams.importedHashes, { type: 'add', kind, at: journal.now() }, metadataOf(caller, actor)))
  expect(crypto.hasher.isCovered(kind)).toBe(true)
  const account = { email: emailAddress('eve@example.org'), emailVerified: true, passwordHash: await hash(person.password, 4) }
  const more = { totpSecret: null, roles: [], claims: {}, isDisabled: false }
  await succeed(importAccount(app.gatebook.ports)({ ...account, ...more }, recording, caller))
  for (let n = 0; n < 2; n += 1) {
    expect((await app.post('/login', { email: 'eve@example.org', password: person.password, transport: 'bearer' })).status).toBe(200)
  }
  expect(crypto.hasher.isCovered('bcrypt:4')).toBe(true)
  await app.stop()
})
