import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { localLog } from '../../../infrastructure/event-store/sqlite/reader/local-log.ts'
import { physicalTables } from '../../../projections/engine/read-model.ts'
import { readModels } from '../../../projections/read-models.ts'
import type { Difference } from '../../../projections/refold/difference.ts'
import { refoldAll } from '../../../projections/refold/refold-all.ts'
import { anyHistory, linesOf } from '../support/any-history.ts'
import { contents } from '../support/contents.ts'
import { embeddedLog } from '../support/embedded-log.ts'
import { restOfHistory } from './rest-of-history.ts'
import { corruptions, tamper } from './tamper.ts'

const refolded = (db: Database.Database) => {
  const scratch = new Database(':memory:')
  const differences: Difference[] = []
  const rows = refoldAll({ kept: db, log: localLog(db), scratch, onDifference: (difference) => differences.push(difference) })
  scratch.close()
  return { differences, rows }
}

const everyTable = readModels.flatMap((model) => Object.values(physicalTables(model)))

describe('a re-fold of everything', () => {
  test('finds nothing where nothing was changed, however the events came, were rolled back or lost their payloads', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 1, max: 7 }), fc.array(fc.nat(60)), (lines, group, erased) => {
        const { db, commit, erase } = embeddedLog()
        for (let i = 0; i < lines.length; i += group) commit(...lines.slice(i, i + group))
        erase([...new Set(erased)])
        const before = contents(db)
        expect(refolded(db).differences).toEqual([])
        expect(contents(db)).toEqual(before)
        db.close()
      }),
      { numRuns: 60 },
    )
  })

  const tampered = new Set<string>()
  test('finds each cell that was changed, and each row that was deleted or inserted', () => {
    fc.assert(
      fc.property(anyHistory, fc.constantFrom(...everyTable), fc.constantFrom(...corruptions), fc.nat(), (lines, table, how, seed) => {
        const { db, commit } = embeddedLog()
        commit(...lines, ...restOfHistory)
        const done = tamper(db, table, how, seed)
        if (done === undefined) return void db.close()
        tampered.add(`${table} ${how}`)
        const { differences } = refolded(db)
        const inTable = differences.filter((difference) => 'table' in difference && difference.table === table)
        expect(inTable.length).toBeGreaterThan(0)
        // Nothing else was touched, so nothing else is named.
        expect(differences).toEqual(inTable)
        if (how === 'flip') expect(inTable.every(({ what }) => what === 'different' || done.isKey)).toBe(true)
        if (how === 'delete') expect(inTable).toEqual([expect.objectContaining({ what: 'missing', table })])
        if (how === 'insert') expect(inTable).toEqual([expect.objectContaining({ what: 'unexpected', table })])
        return void db.close()
      }),
      { numRuns: 400, seed: 7 },
    )
  })
  afterAll(() => {
    // A table that no history fills would be tested by nobody.
    expect([...tampered].sort()).toEqual(everyTable.flatMap((table) => corruptions.map((how) => `${table} ${how}`)).sort())
  })

  test('names a read model of other handlers, and one that is behind, and compares the others', () => {
    const { db, commit } = embeddedLog()
    commit(...linesOf([{ verb: 'grant', account: 1, session: 0, back: 0, wait: 0 }]))
    db.exec("UPDATE read_model SET version = 5 WHERE name = 'sessions'; UPDATE read_model SET position = 2 WHERE name = 'audit'")
    db.exec('DELETE FROM accounts_v7 WHERE number = 1')
    expect(refolded(db).differences).toEqual([
      { what: 'version', model: 'sessions', expected: '6', found: '5' },
      { what: 'position', model: 'audit', expected: '4', found: '2' },
      expect.objectContaining({ what: 'missing', table: 'accounts_v7' }),
    ])
    db.close()
  })

  test('shows no text and no bytes, only their hashes', () => {
    const { db, commit } = embeddedLog()
    commit(...linesOf([{ verb: 'grant', account: 1, session: 0, back: 0, wait: 0 }]))
    db.exec(
      "UPDATE accounts_v7 SET email = 'ada@example.org', registered_at = 7 WHERE number = 1; UPDATE sessions_v6 SET token_hash = x'c0ffee'",
    )
    const said = JSON.stringify(refolded(db).differences)
    expect(said).not.toMatch(/ada|c0ffee/)
    expect(said).toContain('"column":"registered_at","expected":"1780315200000","found":"7"')
    db.close()
  })
})
