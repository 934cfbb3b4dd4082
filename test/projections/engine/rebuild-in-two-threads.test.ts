import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rebuild } from '../../../projections/engine/rebuild.ts'
import { anyHistory, linesOf } from '../support/any-history.ts'
import { contents } from '../support/contents.ts'
import { embeddedLog } from '../support/embedded-log.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatebook-rebuild-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const logIn = (name: string) => {
  const log = embeddedLog({ file: join(folder, name) })
  log.db.pragma('journal_mode = WAL')
  return log
}
const steps = (['grant', 'attempted', 'rejected', 'rotated', 'revoked', 'grant', 'disabled'] as const).map((verb) => ({
  verb,
  account: 1,
  session: 0,
  back: 0,
  wait: 1_000,
}))
const schemas = (db: ReturnType<typeof embeddedLog>['db']) => (db.pragma('database_list') as { name: string }[]).map(({ name }) => name)

describe('a rebuild in two threads', () => {
  test('comes to the same rows as the projector did event by event, and to the same indexes', () => {
    let number = 0
    fc.assert(
      fc.property(anyHistory, (lines) => {
        const { db, commit } = logIn(`${number++}.db`)
        commit(...lines)
        const tables = () => db.prepare("SELECT name, sql FROM sqlite_schema WHERE name <> 'event' ORDER BY name").all()
        const before = [contents(db), tables()]
        db.exec('DELETE FROM audit_v2; DELETE FROM sessions_v2')
        rebuild(db, { force: true, threadFrom: 0 })
        expect([contents(db), tables()]).toEqual(before)
        expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
        db.close()
      }),
      { numRuns: Number(process.env.ROUNDS ?? 3) },
    )
  })

  test('tells how far the slower of the two is, and leaves nothing beside the log', () => {
    const { db, commit } = logIn('log.db')
    commit(...linesOf(steps))
    const seen: number[] = []
    rebuild(db, { force: true, threadFrom: 0, onProgress: ({ done }) => seen.push(done) })
    expect(seen[0]).toBe(0)
    expect(seen.at(-1)).toBe(10)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    db.close()
    expect(readdirSync(folder)).toEqual(['log.db'])
  })

  test('takes away what one that was killed has left', () => {
    const { db, commit } = logIn('log.db')
    commit(...linesOf(steps))
    writeFileSync(join(folder, 'log.db-rebuild'), 'half of a table')
    expect(rebuild(db)).toEqual([])
    db.close()
    expect(readdirSync(folder)).toEqual(['log.db'])
  })

  test.each([
    ['the other thread', { type: 'LoginLocked', version: 1, data: { at: 'noon' } }],
    ['this thread', { type: 'SessionExtended', version: 1, data: { at: 'noon' } }],
  ])('stops at what %s cannot read, says where, and leaves the old tables as they were', (_, event) => {
    const { db, commit, recordOnly } = logIn('log.db')
    commit(...linesOf(steps))
    recordOnly({ stream: 'login-x', event })
    const before = contents(db)
    expect(() => rebuild(db, { force: true, threadFrom: 0 })).toThrow(`the projection stopped at login-x revision 0 (${event.type}`)
    expect(contents(db)).toEqual(before)
    expect(schemas(db)).toEqual(['main'])
    db.close()
    expect(readdirSync(folder)).toEqual(['log.db'])
  })
})
