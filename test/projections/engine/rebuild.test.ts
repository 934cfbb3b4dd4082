import type { Database } from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localLog } from '../../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { type Progress, rebuild } from '../../../projections/engine/rebuild.ts'
import { anyHistory, linesOf } from '../support/any-history.ts'
import { contents } from '../support/contents.ts'
import { embeddedLog } from '../support/embedded-log.ts'

const history = linesOf([
  { verb: 'grant', account: 1, session: 0, back: 0, wait: 0 },
  { verb: 'attempted', account: 2, session: 0, back: 0, wait: 1_000 },
])

/** The tables of version 1, which had no networks. */
const downgradeAudit = (db: Database) => {
  const names = ['audit', 'audit_names', 'audit_subjects', 'audit_days']
  for (const name of names) db.exec(`CREATE TABLE ${name}_v1 AS SELECT * FROM ${name}_v8; DROP TABLE ${name}_v8`)
  db.exec('DROP TABLE audit_links_v8')
  db.exec('ALTER TABLE audit_v1 DROP COLUMN network; CREATE INDEX audit_v1_1 ON audit_v1 (account)')
  db.prepare("UPDATE read_model SET version = 1, tables = ? WHERE name = 'audit'").run(JSON.stringify(names.map((name) => `${name}_v1`)))
}

/** With their indexes. */
const tables = (db: Database) => db.prepare("SELECT name, sql FROM sqlite_schema WHERE name <> 'event' ORDER BY name").all()

describe('a rebuild', () => {
  test('comes to the same rows as the projector did event by event', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 1, max: 7 }), (lines, group) => {
        const { db, commit } = embeddedLog()
        for (let i = 0; i < lines.length; i += group) commit(...lines.slice(i, i + group))
        const incremental = [contents(db), tables(db)]
        expect(rebuild(db, localLog(db), { force: true })).toEqual(['sessions', 'accounts', 'profiles', 'audit', 'summaries'])
        expect([contents(db), tables(db)]).toEqual(incremental)
        expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
        db.close()
      }),
      { numRuns: 60 },
    )
  })

  test('comes to the same rows also when groups were rolled back in between', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 1, max: 7 }), (lines, group) => {
        const { db, commit } = embeddedLog()
        for (let i = 0; i < lines.length; i += group) {
          const later = lines.slice(i, i + 2 * group)
          expect(() => commit(...later, { stream: 'account-x', event: { type: 'Unheard', version: 1, data: {} } })).toThrow(
            'cannot be read',
          )
          commit(...lines.slice(i, i + group))
        }
        const incremental = contents(db)
        rebuild(db, localLog(db), { force: true })
        expect(contents(db)).toEqual(incremental)
        db.close()
      }),
      { numRuns: 60 },
    )
  })

  test('comes to the same rows also when payloads were erased before, in between and after', () => {
    fc.assert(
      fc.property(anyHistory, fc.array(fc.nat(60)), fc.array(fc.nat(60)), fc.nat(60), (lines, early, late, cut) => {
        const { db, commit, erase } = embeddedLog()
        commit(...lines.slice(0, cut + 1))
        erase([...new Set(early)])
        commit(...lines.slice(cut + 1), ...history.slice(-1))
        erase([...new Set(late)].filter((position) => !early.includes(position)))
        const incremental = contents(db)
        rebuild(db, localLog(db), { force: true })
        expect(contents(db)).toEqual(incremental)
        db.close()
      }),
      { numRuns: 100 },
    )
  })

  test('brings a file with the first version of the audit trail to the same rows', () => {
    fc.assert(
      fc.property(anyHistory, (lines) => {
        const { db, commit } = embeddedLog()
        commit(...lines)
        const before = contents(db)
        downgradeAudit(db)
        expect(rebuild(db, localLog(db))).toEqual(['audit'])
        expect(contents(db)).toEqual(before)
        expect(db.prepare("SELECT name FROM sqlite_schema WHERE name GLOB 'audit*_v1*'").all()).toEqual([])
        db.close()
      }),
      { numRuns: 20 },
    )
  })

  test.each([
    ['audit trail', { type: 'LoginLocked', version: 1, data: { at: 'noon' } }],
    ['sessions', { type: 'SessionExtended', version: 1, data: { at: 'noon' } }],
  ])('stops at what the %s cannot read, says where, and leaves the old tables and the settings as they were', (_, event) => {
    const { db, commit, recordOnly } = embeddedLog()
    commit(...history)
    recordOnly({ stream: 'login-x', event })
    const settings = () => db.pragma('secure_delete')
    const before = [contents(db), tables(db), settings()]
    expect(() => rebuild(db, localLog(db), { force: true })).toThrow(`the projection stopped at login-x revision 0 (${event.type}`)
    expect([contents(db), tables(db), settings()]).toEqual(before)
    db.close()
  })

  test('does nothing for read models that are current', () => {
    const { db, commit } = embeddedLog()
    commit(...history)
    expect(rebuild(db, localLog(db))).toEqual([])
    db.close()
  })

  test('tells how far it is', () => {
    const { db, commit } = embeddedLog()
    commit(...history)
    const seen: Progress[] = []
    rebuild(db, localLog(db), { force: true, onProgress: (progress) => seen.push(progress) })
    const names = ['sessions', 'accounts', 'profiles', 'audit', 'summaries']
    expect(seen).toEqual([
      { names, done: 0, total: 5 },
      { names, done: 5, total: 5 },
    ])
    db.close()
  })
})
