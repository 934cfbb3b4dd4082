import type { Database } from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AdministratorAdded, AdministratorRemoved, SetupCompleted } from '../../../domain/administrators/events.ts'
import type { DomainEvent } from '../../../domain/catalogue.ts'
import { administratorsStream } from '../../../domain/kernel/streams.ts'
import { localLog } from '../../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { carryOutSamples } from '../../../library/refold/carry-out-samples.ts'
import { sampler } from '../../../library/refold/refold-samples.ts'
import type { Difference } from '../../../projections/refold/difference.ts'
import { keptRows } from '../../../projections/refold/kept-rows.ts'
import { restOfHistory } from '../../projections/refold/rest-of-history.ts'
import { corruptions, tamper } from '../../projections/refold/tamper.ts'
import { anyHistory } from '../../projections/support/any-history.ts'
import { contents } from '../../projections/support/contents.ts'
import { embeddedLog, type Line } from '../../projections/support/embedded-log.ts'
import { accountId, sessionId } from '../../support/domain/ids.ts'
import { later } from '../../support/domain/time.ts'
import { seededRandom } from '../../support/seeded-random.ts'

const subjects = [
  ...[1, 2, 3].map((n) => ({ kind: 'account' as const, id: accountId(n) })),
  ...Array.from({ length: 60 }, (_, n) => ({ kind: 'session' as const, id: sessionId(n) })),
]

/** The log of these histories is recorded at one moment, but its events tell of later ones. Sessions expire a minute after they began. */
const recordAt = (db: Database, time: number) => db.prepare('UPDATE event SET recorded_at = ?').run(new Date(time).toISOString())

const administrators = (event: DomainEvent): Line => ({ stream: administratorsStream, event })

/** Nothing changes an account that is erased. */
const untilErased = (lines: readonly Line[]) => {
  const erased = new Set<string>()
  return lines.filter(({ stream, event }) => {
    const isOver = erased.has(stream)
    if (event.type === 'AccountErased') erased.add(stream)
    return !isOver
  })
}

/** The deciders never appoint an erased account, or anybody before the setup. */
const withAdministrators = (lines: readonly Line[]): readonly Line[] => [
  administrators(SetupCompleted({ accountId: accountId(1), at: later(0) })),
  administrators(AdministratorAdded({ accountId: accountId(2), at: later(0) })),
  ...untilErased(lines).filter(({ stream }) => stream !== administratorsStream),
  administrators(AdministratorRemoved({ accountId: accountId(2), at: later(0) })),
  ...restOfHistory.slice(1),
]

const differencesOfAll = (db: Database) => {
  const { check } = sampler(keptRows(db), localLog(db))
  return subjects.flatMap(check)
}

const sampled = (db: Database, samples: number, random: () => number) => {
  const differences: Difference[] = []
  const onDifference = (difference: Difference) => void differences.push(difference)
  const checked = carryOutSamples({
    kept: keptRows(db),
    log: localLog(db),
    samples,
    rest: 0,
    within: 60_000,
    onProgress: () => {},
    onDifference,
    random,
  })
  return { differences, checked }
}

/** What the state of a decider does not say, or an order that does not matter. */
const notCompared = new Set(['number', 'last_login_at'])

describe('a re-fold of samples', () => {
  test('finds that the deciders and the read models agree after any history', () => {
    fc.assert(
      fc.property(anyHistory, fc.array(fc.nat(60)), (lines, erased) => {
        const { db, commit, erase } = embeddedLog()
        commit(...withAdministrators(lines))
        erase([...new Set(erased)])
        recordAt(db, later(1_000_000))
        const before = contents(db)
        expect(differencesOfAll(db)).toEqual([])
        expect(contents(db)).toEqual(before)
        db.close()
      }),
      { numRuns: 200 },
    )
  })

  test('finds each cell and row of a sampled account or session that was changed', () => {
    const tables = ['accounts_v7', 'administrators_v7', 'sessions_v6', 'session_holders_v6'] as const
    fc.assert(
      fc.property(anyHistory, fc.constantFrom(...tables), fc.constantFrom(...corruptions), fc.nat(), (lines, table, how, seed) => {
        const { db, commit } = embeddedLog()
        commit(...withAdministrators(lines))
        recordAt(db, later(-1_000_000))
        const done = tamper(db, table, how, seed)
        const isOutside = done === undefined || how === 'insert' || (done.column !== undefined && notCompared.has(done.column))
        if (!isOutside) expect(differencesOfAll(db).length).toBeGreaterThan(0)
        db.close()
      }),
      { numRuns: 300, seed: 11 },
    )
  })

  test('draws accounts and sessions of the tables, which shows inserted rows, and of the log, which shows deleted ones', () => {
    const random = seededRandom()
    const next = () => random.below(1_000_000) / 1_000_000
    const { db, commit } = embeddedLog()
    commit(...withAdministrators(fc.sample(anyHistory, { numRuns: 1, seed: 3 }).flat()))
    recordAt(db, later(1_000_000))
    expect(sampled(db, 300, next).differences).toEqual([])
    db.prepare('DELETE FROM accounts_v7 WHERE id = (SELECT id FROM accounts_v7 LIMIT 1)').run()
    db.prepare(
      'INSERT INTO sessions_v6 SELECT NULL, ?, token_hash, account, revision, granted_at, last_seen_at, idle_expires_at, expires_at, elevated_until, elevated_by, factors, address, user_agent, identity, key_sequence FROM sessions_v6 LIMIT 1',
    ).run(Buffer.alloc(16, 0xee))
    const { differences, checked } = sampled(db, 300, next)
    expect(differences).toEqual(
      expect.arrayContaining([
        { what: 'missing', table: 'accounts_v7', key: accountId(1) },
        { what: 'unexpected', table: 'sessions_v6', key: 'eeeeeeee-eeee-eeee-eeee-eeeeeeeeeeee' },
      ]),
    )
    expect(differences).toHaveLength(2)
    expect(checked).toBeGreaterThan(3)
    db.close()
  })

  test('of an empty log compares nothing, and of a read model of other handlers neither', () => {
    const { db, commit } = embeddedLog()
    expect(sampled(db, 10, Math.random)).toEqual({ differences: [], checked: 0 })
    commit(...restOfHistory)
    db.exec("UPDATE read_model SET version = 5 WHERE name = 'accounts'")
    expect(sampled(db, 10, Math.random)).toEqual({
      differences: [{ what: 'version', model: 'accounts', expected: '7', found: '5' }],
      checked: 0,
    })
    db.close()
  })
})
