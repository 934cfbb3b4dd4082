import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { isKeyStream } from '../../domain/kernel/streams.ts'
import { localLog } from '../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { rebuild } from '../../projections/engine/rebuild.ts'
import { startGatebook } from '../../testing/start-gatebook.ts'
import { contents } from '../projections/support/contents.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { overHttp } from '../support/server/over-http.ts'
import { byStream, recordedLog } from '../support/server/recorded-log.ts'
import { type Ledger, newLedger, workUntilItEnds } from './support/ledger.ts'

const rounds = Number(process.env.KILL_ROUNDS ?? 5)
const workers = 8
const env = { LOGIN_LOCKOUT_SECONDS: '86400', LOGIN_LOCKOUT_MAX_SECONDS: '86400', HASH_QUEUE_LIMIT: '1000' }

/** Reads a copy, so that nothing is repaired or checkpointed before the next start. */
const readModelsEqualARebuild = (dataDir: string) => {
  const copy = mkdtempSync(join(tmpdir(), 'gatebook-copy-'))
  try {
    cpSync(dataDir, copy, { recursive: true })
    const db = new Database(join(copy, 'gatebook.db'))
    const kept = contents(db)
    rebuild(db, localLog(db), { force: true })
    expect(contents(db)).toEqual(kept)
    db.close()
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

const everythingAcknowledgedIsRecorded = async (dataDir: string, ledger: Ledger) => {
  const streams = byStream(await recordedLog(dataDir))
  for (const [stream, events] of streams) {
    if (isKeyStream(stream)) continue
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => index))
  }
  const typesOf = (stream: string) => (streams.get(stream) ?? []).map(({ type }) => type)
  for (const { accountId } of ledger.accounts) expect(typesOf(`account-${accountId}`)).toContain('AccountRegistered')
  for (const { id, refreshes, revoked } of ledger.sessions.values()) {
    const types = typesOf(`session-${id}`)
    expect(types[0]).toBe('SessionGranted')
    expect(types.filter((type) => type === 'RefreshTokenRotated').length).toBeGreaterThanOrEqual(refreshes)
    if (revoked) expect(types).toContain('SessionRevoked')
  }
}

/** Whatever was acknowledged before the kill holds. A call that was pending may have succeeded or not. */
const everythingHolds = async (baseUrl: string, ledger: Ledger) => {
  const app = overHttp(baseUrl)
  for (const { token, revoked, underWay } of ledger.sessions.values()) {
    const { status } = await app.get('/secure/user', token)
    if (revoked) expect(status).toBe(401)
    else if (!underWay) expect(status).toBe(200)
  }
  for (const email of ledger.locked) {
    expect((await app.post('/login', { email, password: 'whatever it is', transport: 'bearer' })).body.code).toBe('LOCKED_OUT')
  }
}

describe(`kill -9 at a random moment under load, ${rounds} times`, () => {
  test('loses nothing that was acknowledged, tears no append, revives nothing', async () => {
    const random = seededRandom()
    const dataDir = mkdtempSync(join(tmpdir(), 'gatebook-kill-'))
    const told = { accounts: 0, sessions: 0, refreshes: 0, revoked: 0, locked: 0 }
    let underWay = 0
    try {
      for (let round = 0; round < rounds; round += 1) {
        const ledger = newLedger()
        const server = await startGatebook({ env, dataDir })
        const work = Array.from({ length: workers }, (_, n) => workUntilItEnds(overHttp(server.baseUrl), ledger, `r${round}w${n}`))
        // The first round lasts until everything happened at least once.
        while (round === 0 ? ledger.locked.size === 0 : ledger.sessions.size < workers) await pause(5)
        await pause(random.below(400))
        expect((await server.kill()).signal).toBe('SIGKILL')
        await Promise.all(work)

        readModelsEqualARebuild(dataDir)
        await everythingAcknowledgedIsRecorded(dataDir, ledger)
        const again = await startGatebook({ env, dataDir })
        await everythingHolds(again.baseUrl, ledger)
        await again.stop()

        const sessions = [...ledger.sessions.values()]
        told.accounts += ledger.accounts.length
        told.sessions += sessions.length
        told.refreshes += sessions.reduce((sum, { refreshes }) => sum + refreshes, 0)
        told.revoked += sessions.filter(({ revoked }) => revoked).length
        told.locked += ledger.locked.size
        underWay += ledger.interrupted
      }
      process.stderr.write(`kill -9, ${rounds} rounds: acknowledged ${JSON.stringify(told)}; ${underWay} calls were under way\n`)
      for (const [what, count] of Object.entries(told)) expect(count, what).toBeGreaterThan(0)
      expect(underWay).toBeGreaterThan(0)
    } finally {
      rmSync(dataDir, { recursive: true, force: true })
    }
  }, 3_600_000)
})
